package dev.comuta.provider.openai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** The platform's API for models, for assistants whose client has no API of its own. */
@ConfigMapping(prefix = "comuta.openai")
public interface OpenAiConfig {

    /** URL of the platform's API for models, with or without {@code /v1} at its end. */
    @WithDefault("https://api.openai.com")
    String baseUrl();

    /** Key of the platform's API, when it needs one. It is sent to {@code comuta.openai.base-url} only. */
    Optional<String> apiKey();

    /** Sentence at the end of an answer that the model could not complete, because it reached its greatest length. */
    @WithDefault("(A resposta ficou longa demais e foi interrompida.)")
    String cutNotice();

    /** Time limit of one request; a turn sends at most two. */
    @WithDefault("45s")
    Duration timeLimit();
}
