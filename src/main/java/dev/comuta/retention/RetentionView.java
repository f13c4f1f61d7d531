package dev.comuta.retention;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How many days a client's data are kept. */
@Schema(name = "Retention", description = "How long the data of a client are kept.")
record RetentionView(
        @Schema(
                description = "Days for which the content of messages is kept, counted from the end of the session",
                examples = "365")
        int contentDays,

        @Schema(
                description = "Days for which references to media are kept, counted from the end of the session",
                examples = "90")
        int mediaDays,

        @Schema(description = "Days for which events are kept", examples = "365")
        int eventDays,

        @Schema(nullable = true, description = "When the client last changed its retention; null when it never did")
        Instant updatedAt) {}
