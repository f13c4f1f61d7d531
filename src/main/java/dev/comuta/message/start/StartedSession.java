package dev.comuta.message.start;

import dev.comuta.message.MessageView;
import dev.comuta.session.SessionView;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A session and the message with which the company started it. */
@Schema(name = "StartedSession", description = "The session, and the message that will be sent.")
record StartedSession(
        @Schema(description = "The open session of the end user on the channel")
        SessionView session,

        @Schema(
                description =
                        "The message. Its `status` reports its delivery; a number that does not exist makes it `Falhou`, with the cause in `delivery`.")
        MessageView message) {}
