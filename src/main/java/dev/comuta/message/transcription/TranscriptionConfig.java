package dev.comuta.message.transcription;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Transcription of voice notes. */
@ConfigMapping(prefix = "comuta.transcription")
public interface TranscriptionConfig {

    /** Model for clients that name none. */
    @WithDefault("whisper-1")
    String model();

    /** Language (ISO 639-1) for clients that name none. */
    @WithDefault("pt")
    String language();

    /** Time limit of one request to the API. An attempt sends at most two. */
    @WithDefault("60s")
    Duration timeLimit();

    /** Attempts to transcribe a voice note. */
    @WithDefault("4")
    @Min(1)
    int attempts();

    /** Most bytes of audio that a process has in memory at the same time; more tasks wait. */
    @WithDefault("48M")
    MemorySize memory();
}
