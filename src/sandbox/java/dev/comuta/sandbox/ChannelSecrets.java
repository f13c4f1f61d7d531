package dev.comuta.sandbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Webhook secrets of the registered channels, by number and channel type. */
final class ChannelSecrets {

    static final String WHATSAPP = "WhatsApp";

    private final Map<String, Map<String, String>> secrets = new ConcurrentSkipListMap<>();

    void register(String channelType, String identifier, String secret) {
        secrets.computeIfAbsent(identifier, number -> new ConcurrentSkipListMap<>())
                .put(channelType, secret);
    }

    /** All secrets of a number: one number may have channels of several types. */
    List<String> of(String identifier) {
        return List.copyOf(secrets.getOrDefault(identifier, Map.of()).values());
    }
}
