package dev.comuta.media;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** Files of messages: fetching, uploads, links and the virus scanner. */
@ConfigMapping(prefix = "comuta.media")
public interface MediaConfig {

    /** Time limit of one attempt to fetch a file from its provider. */
    @WithDefault("5m")
    Duration fetchTimeLimit();

    /** Time without any byte after which an attempt to fetch a file ends. */
    @WithDefault("20s")
    Duration idleTimeLimit();

    /** Attempts to fetch a file. Providers keep files for days; their back-off makes eight attempts take two minutes. */
    @WithDefault("8")
    @Min(1)
    int fetchAttempts();

    /** Most bytes of the recording of a conversation. Two hours in two channels of a telephone have 230 MB. */
    @WithDefault("314572800")
    @Min(1)
    long recordingLimit();

    /** Time limit of an upload through the API. */
    @WithDefault("5m")
    Duration uploadTimeLimit();

    /** Time during which a link to a file is valid; at most ten minutes. */
    @WithDefault("10m")
    Duration linkTimeLimit();

    /** Most files that one process sends by links at the same time; more requests get 503. */
    @WithDefault("200")
    @Min(1)
    int maxDownloads();

    /** The virus scanner. */
    Scanner scanner();

    /** A clamd that listens on TCP. */
    interface Scanner {

        /** Host and port of clamd, for example {@code clamd:3310}. Default: files are not scanned. */
        Optional<String> address();

        /** Time limit of one scan. */
        @WithDefault("60s")
        Duration timeLimit();

        /**
         * State of a file while the scanner does not answer. {@code hold}: 'Retida', which nobody can read before a scan.
         * {@code pass}: 'Não Verificado', which can be read.
         */
        @WithDefault("hold")
        WhenAway whenAway();
    }

    /** What happens to a file when the scanner does not answer. */
    enum WhenAway {
        HOLD,
        PASS
    }
}
