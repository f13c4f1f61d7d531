package dev.comuta.channel.template;

import dev.comuta.channel.Provider;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalogues of templates by provider. */
@ApplicationScoped
class Catalogues {

    private final Map<Provider, TemplateCatalogue> byProvider;

    Catalogues(@All List<TemplateCatalogue> catalogues) {
        byProvider = catalogues.stream()
                .collect(Collectors.toUnmodifiableMap(TemplateCatalogue::provider, Function.identity()));
    }

    /** Empty when the provider keeps no templates. */
    Optional<TemplateCatalogue> of(Provider provider) {
        return Optional.ofNullable(byProvider.get(provider));
    }
}
