package dev.comuta.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vertx.core.json.JsonObject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Settings of one channel, which replace those of the server. An absent field has the server's value. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ChannelSettings",
        description = "Behavior of a channel. An absent field has the value of the server's configuration.")
record ChannelSettings(
        @Min(1)
        @Max(MINUTES_OF_A_DAY)
        @Schema(
                description =
                        "Age in minutes from which on the assistant does not answer a message, for example after an outage of the provider; the session is handed to people",
                examples = "360")
        Integer answerAgeMinutes,

        @Schema(description = "Whether the assistant answers messages that are written in a group")
        Boolean answersGroups,

        @Schema(
                description =
                        "Whether end users see that the assistant has read their messages and is writing an answer, where the provider shows it, as `Meta` does. By default they do not.")
        Boolean showsReading,

        @Min(1)
        @Max(MAX_PER_SECOND)
        @Schema(
                description =
                        "Maximum number of messages that the channel sends in a second, over all servers. By default WhatsApp's limit of a number; a channel of `Gateway` has none.",
                examples = "80")
        Integer messagesPerSecond,

        @Schema(
                description =
                        "Whether messages to one person are limited as WhatsApp does: 45 at once, then one in six seconds. By default only where the provider does so; a channel of `Gateway` does not.")
        Boolean limitsPairs,

        @Schema(
                description =
                        "Whether free content is accepted only in the window after a message of the end user (`windowEndsAt` of the session), as WhatsApp does. By default only where the provider does so; a channel of `Gateway` does not.")
        Boolean enforcesWindow,

        @Valid @Schema(description = "The hours in which people answer; null when they always do")
        BusinessHours businessHours) {

    static final ChannelSettings NONE = new ChannelSettings(null, null, null, null, null, null, null);

    private static final int MINUTES_OF_A_DAY = 1440;
    private static final int MAX_PER_SECOND = 1000;

    static ChannelSettings of(Map<String, Object> stored) {
        return new JsonObject(stored).mapTo(ChannelSettings.class);
    }

    /** Limits of sending. */
    ChannelPace pace() {
        return new ChannelPace(messagesPerSecond, limitsPairs, enforcesWindow);
    }

    /** Fails with a problem when a value does not exist. */
    void requireValid() {
        if (businessHours != null) {
            businessHours.requireValid();
        }
    }

    /** The value of the column Settings. */
    Map<String, Object> stored() {
        return JsonObject.mapFrom(this).getMap();
    }
}
