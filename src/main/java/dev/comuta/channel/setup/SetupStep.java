package dev.comuta.channel.setup;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A step of the set-up of a channel. */
@Schema(name = "SetupStep", description = "A step of the set-up of a channel at its provider.")
public record SetupStep(
        @Schema(implementation = StepName.class, description = "The step")
        StepName step,

        @Schema(implementation = StepState.class, description = "Whether it is done")
        StepState state,

        @Schema(
                description = "What was found; when the step is missing, what to do",
                examples = "Subscribe the app to the account: POST /{business account}/subscribed_apps.")
        String detail) {

    /** A step that is done. */
    public static SetupStep done(StepName step, String found) {
        return new SetupStep(step, StepState.DONE, found);
    }

    /** A step that is missing. */
    public static SetupStep missing(StepName step, String whatToDo) {
        return new SetupStep(step, StepState.MISSING, whatToDo);
    }

    /** A step of which the provider said nothing. */
    public static SetupStep unknown(StepName step, String why) {
        return new SetupStep(step, StepState.UNKNOWN, why);
    }

    /** Whether a delivery for the number arrived. */
    public static SetupStep webhook(Instant lastWebhookAt) {
        return lastWebhookAt == null
                ? missing(
                        StepName.WEBHOOK,
                        "No delivery for this number has arrived. Write to the number from a telephone. If nothing arrives, correct the steps before this one.")
                : done(StepName.WEBHOOK, "A delivery arrived about " + lastWebhookAt + ".");
    }
}
