package dev.comuta.message.start;

import dev.comuta.message.content.Content;
import dev.comuta.platform.rest.OneLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A message that tests a channel. */
@Schema(description = "The recipient and the content of a test message.")
record TestMessageFields(
        @NotNull
        @OneLine
        @Size(max = 40)
        @Schema(description = "Phone number of the recipient with its country code", examples = "+5511999999999")
        String phoneNumber,

        @NotNull
        @Valid
        @Schema(
                description =
                        "A template, or inside of the window after a message of the recipient any content that the provider supports")
        Content content) {

    StartSessionFields from(long channelId) {
        return new StartSessionFields(channelId, null, phoneNumber, null, content);
    }
}
