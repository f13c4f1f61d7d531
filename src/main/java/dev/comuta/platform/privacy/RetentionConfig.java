package dev.comuta.platform.privacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Retention periods. Those of content, media and events are defaults, for clients without their own. */
@ConfigMapping(prefix = "comuta.retention")
public interface RetentionConfig {

    /**
     * Days that messages are kept after the end of their session, or in an open session: five years, the limitation
     * period of consumer claims.
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

    /** Days that events are kept. Events that belong to no client are always kept for this long. */
    @WithDefault("730")
    @Min(1)
    @Max(3650)
    int eventDays();

    /**
     * Days that a closed session is kept after its content was removed: its participants and times. It is kept at least
     * as long as the client's events.
     */
    @WithDefault("365")
    @Min(1)
    @Max(3650)
    int sessionDays();

    /** Days that the audit keeps reads of conversations. Changes are kept for ever. */
    @WithDefault("365")
    @Min(1)
    @Max(3650)
    int auditedReadDays();

    /** Days that an alert is kept after it was resolved. */
    @WithDefault("365")
    @Min(1)
    @Max(3650)
    int alertDays();

    /** Days that an API key is kept after it expired. */
    @WithDefault("30")
    @Min(1)
    @Max(3650)
    int expiredKeyDays();
}
