package dev.comuta.call;

import dev.comuta.channel.Provider;
import dev.comuta.platform.problem.PermanentFailure;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The providers of calls. */
@ApplicationScoped
public class CallProviders {

    private final Map<Provider, CallProvider> providers;

    CallProviders(@All List<CallProvider> all) {
        providers = all.stream().collect(Collectors.toMap(CallProvider::provider, Function.identity()));
    }

    /** The calls of a provider; empty when it makes none. */
    public Optional<CallProvider> of(Provider provider) {
        return Optional.ofNullable(providers.get(provider));
    }

    /** The calls of a provider. Fails permanently when it makes none. */
    CallProvider require(Provider provider) {
        return of(provider)
                .orElseThrow(() -> new PermanentFailure("the provider " + provider.stored() + " makes no calls"));
    }

    /** The longest time of one request of any provider. */
    Duration longestRequest() {
        return providers.values().stream()
                .map(CallProvider::requestLimit)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
