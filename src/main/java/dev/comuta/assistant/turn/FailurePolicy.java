package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.platform.http.StorableText;
import io.vertx.core.json.JsonObject;

/**
 * The policy for a turn that fails for good.
 *
 * @param answer the text for the end user
 * @param handsOff whether the session is handed over to a person
 */
record FailurePolicy(String answer, boolean handsOff) {

    private static final int LONGEST_TEXT = 4096;

    /** The policy in the configuration of an assistant, which may be invalid, else the platform's. */
    static FailurePolicy of(JsonObject configuration, AssistantConfig config) {
        Object answer = configuration.getValue("failureAnswer");
        Object handsOff = configuration.getValue("handOffOnFailure");
        return new FailurePolicy(
                answer instanceof String text && !text.isBlank()
                        ? StorableText.cut(text, LONGEST_TEXT)
                        : config.failureAnswer(),
                handsOff instanceof Boolean own ? own : config.handOffOnFailure());
    }
}
