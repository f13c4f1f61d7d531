package dev.comuta.channel;

import dev.comuta.platform.problem.Problem;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The declared types of channel and providers. A request can name only these; a row may contain others. */
@ApplicationScoped
public class ChannelRegistry {

    private final SortedMap<String, ChannelType> types;
    private final SortedMap<String, Provider> providers;

    public ChannelRegistry(@All List<ChannelType> types, @All List<Provider> providers) {
        this.types = byName(types, ChannelType::stored);
        this.providers = byName(providers, Provider::stored);
        providers.stream()
                .filter(provider -> !types.containsAll(provider.channelTypes()))
                .forEach(provider -> {
                    throw new IllegalStateException(provider + " carries a channel type that is not declared");
                });
    }

    private static <T> SortedMap<String, T> byName(List<T> declared, Function<T, String> name) {
        Map<String, T> unique = declared.stream().collect(Collectors.toMap(name, Function.identity()));
        return Collections.unmodifiableSortedMap(new TreeMap<>(unique));
    }

    /** The names of the declared providers. */
    public SortedSet<String> providers() {
        return new TreeSet<>(providers.keySet());
    }

    /** The provider with this stored name. A name that is not declared becomes a provider that carries no type. */
    public Provider providerOf(String stored) {
        Provider declared = providers.get(stored);
        return declared == null ? Provider.of(stored) : declared;
    }

    /** The names of the credentials, of all declared providers, that are URLs. */
    List<String> urlCredentials() {
        return providers.values().stream()
                .flatMap(provider -> provider.urls().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The declared type with this name. Fails with a problem that lists the declared types when there is none. */
    public ChannelType requireType(String channelType) {
        return require("channelType", types, channelType);
    }

    /** Fails with a problem that lists the possible values, unless the provider and the type are declared and fit. */
    public void requireCarried(String channelType, String provider) {
        ChannelType type = requireType(channelType);
        if (!require("provider", providers, provider).channelTypes().contains(type)) {
            throw Problem.invalid(
                    "provider", provider + " does not carry " + channelType + ", " + oneOf(carriersOf(type)));
        }
    }

    private SortedSet<String> carriersOf(ChannelType type) {
        return providers.values().stream()
                .filter(provider -> provider.channelTypes().contains(type))
                .map(Provider::stored)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> T require(String field, Map<String, T> declared, String name) {
        if (!declared.containsKey(name)) {
            throw Problem.invalid(field, oneOf(declared.keySet()));
        }
        return declared.get(name);
    }

    private static String oneOf(Set<String> names) {
        return "must be one of " + String.join(", ", names);
    }
}
