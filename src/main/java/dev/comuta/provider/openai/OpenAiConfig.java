package dev.comuta.provider.openai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The model's API for assistants whose client has none of its own. */
@ConfigMapping(prefix = "comuta.openai")
public interface OpenAiConfig {

    /** Where it is, with or without {@code /v1} at its end. */
    @WithDefault("https://api.openai.com")
    String baseUrl();

    /** Its key; none for a server that asks for none. Never sent to an address that a client configured. */
    Optional<String> apiKey();

    /** How long one answer may take; a turn asks at most twice. */
    @WithDefault("45s")
    Duration timeLimit();
}
