package dev.comuta.channel;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Stops the start of the server when the default provider is not declared. */
@ApplicationScoped
class DefaultProviderCheck {

    private static final int BEFORE_THE_DATABASE = 1;

    private final ChannelRegistry registry;
    private final ChannelConfig config;

    DefaultProviderCheck(ChannelRegistry registry, ChannelConfig config) {
        this.registry = registry;
        this.config = config;
    }

    void check(@Observes @Priority(BEFORE_THE_DATABASE) StartupEvent start) {
        if (!registry.providers().contains(config.defaultProvider())) {
            throw new ConfigurationException(
                    "comuta.channels.default-provider: must be one of " + String.join(", ", registry.providers()));
        }
    }
}
