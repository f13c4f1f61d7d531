package dev.comuta.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Set;

/**
 * Translates an error of the API into a failure. The status decides whether it is transient, unless the error has a
 * known code: 429 {@code insufficient_quota} is permanent, {@code tool_use_failed} (Groq: the model wrote a malformed
 * call) is transient. The API's own message is left out, because it can contain the key or the conversation.
 */
final class OpenAiErrors {

    private static final ObjectMapper JSON = UntrustedJson.mapper();
    private static final Set<String> PERMANENT =
            Set.of("insufficient_quota", "invalid_api_key", "model_not_found", "billing_hard_limit_reached");
    private static final Set<String> TRANSIENT = Set.of("tool_use_failed");
    private static final int FIRST_ERROR_STATUS = 400;
    private static final int LAST_STATUS = 599;

    private OpenAiErrors() {}

    /** The failure of a response whose status is not 2xx. */
    static RuntimeException of(HttpAnswer answer) {
        JsonNode error = error(answer.text());
        return failure(error, answer.status(), answer.retryAfter());
    }

    /** The failure of an error in a 2xx response. It is transient when its code is neither known nor a status. */
    static RuntimeException inBody(JsonNode error) {
        int code = error.path("code").asInt(0);
        boolean isStatus = code >= FIRST_ERROR_STATUS && code <= LAST_STATUS;
        return failure(error, isStatus ? code : LAST_STATUS, null);
    }

    private static RuntimeException failure(JsonNode error, int status, Duration retryAfter) {
        String code = error.path("code").asText("");
        String type = error.path("type").asText("");
        String message = "the model's API answered " + status + inParentheses(code.isEmpty() ? type : code);
        if (PERMANENT.contains(code) || PERMANENT.contains(type)) {
            return new PermanentFailure(message);
        }
        boolean isTransient = TRANSIENT.contains(code)
                || new HttpAnswer(status, retryAfter, Buffer.buffer()).refusal() instanceof TransientFailure;
        return isTransient ? new TransientFailure(message, retryAfter, null) : new PermanentFailure(message);
    }

    private static String inParentheses(String code) {
        return code.matches("[a-z][a-z0-9_.-]{0,60}") ? " (" + code + ")" : "";
    }

    private static JsonNode error(String body) {
        try {
            return JSON.readTree(body).path("error");
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }
}
