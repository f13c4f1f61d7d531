package dev.comuta.platform.privacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Default retention periods, for clients without their own. */
@ConfigMapping(prefix = "comuta.retention")
public interface RetentionConfig {

    /**
     * Days that messages are kept after the end of their session, or in an open session: five years, the limitation period of consumer claims.
     */
    @WithDefault("1825")
    @Min(1)
    @Max(3650)
    int contentDays();

    /** Days that references to media are kept after the end of their session, or in an open session. */
    @WithDefault("365")
    @Min(1)
    @Max(3650)
    int mediaDays();

    /** Days that events are kept. */
    @WithDefault("730")
    @Min(1)
    @Max(3650)
    int eventDays();
}
