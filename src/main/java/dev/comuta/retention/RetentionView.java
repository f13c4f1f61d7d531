package dev.comuta.retention;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The effective retention periods of a client: its own, or else the platform's defaults. */
@Schema(name = "Retention", description = "Retention periods of a client.")
record RetentionView(
        @Schema(
                description =
                        "Days that the content of messages is kept after the end of the session; in an open session, after the message",
                examples = "365")
        int contentDays,

        @Schema(
                description =
                        "Days that references to media are kept after the end of the session; in an open session, after the message",
                examples = "90")
        int mediaDays,

        @Schema(description = "Number of days for which events are kept", examples = "365")
        int eventDays,

        @Schema(nullable = true, description = "Time of the last change; null if never changed")
        Instant updatedAt) {}
