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
 * What an error of the API means. The status tells a failure that passes from one that does not; the error's code knows
 * better where it speaks: 429 {@code insufficient_quota} does not pass, {@code tool_use_failed} (Groq: the model wrote a
 * malformed call) does. The API's own sentence is left out, because it can hold the key or the conversation.
 */
final class OpenAiErrors {

    private static final ObjectMapper JSON = UntrustedJson.mapper();
    private static final Set<String> LASTING =
            Set.of("insufficient_quota", "invalid_api_key", "model_not_found", "billing_hard_limit_reached");
    private static final Set<String> PASSING = Set.of("tool_use_failed");
    private static final int FIRST_ERROR_STATUS = 400;
    private static final int LAST_STATUS = 599;

    private OpenAiErrors() {}

    /** Of an answer whose status is not 2xx. */
    static RuntimeException of(HttpAnswer answer) {
        JsonNode error = error(answer.body());
        return named(error, answer.status(), answer.retryAfter());
    }

    /** Of an error that came with a 2xx status; without a status of its own it may pass. */
    static RuntimeException inBody(JsonNode error) {
        int code = error.path("code").asInt(0);
        boolean status = code >= FIRST_ERROR_STATUS && code <= LAST_STATUS;
        return named(error, status ? code : LAST_STATUS, null);
    }

    private static RuntimeException named(JsonNode error, int status, Duration retryAfter) {
        String code = error.path("code").asText("");
        String type = error.path("type").asText("");
        String said = "the model's API answered " + status + mention(code.isEmpty() ? type : code);
        if (LASTING.contains(code) || LASTING.contains(type)) {
            return new PermanentFailure(said);
        }
        boolean passes = PASSING.contains(code)
                || new HttpAnswer(status, retryAfter, Buffer.buffer()).refusal() instanceof TransientFailure;
        return passes ? new TransientFailure(said, retryAfter, null) : new PermanentFailure(said);
    }

    private static String mention(String code) {
        return code.matches("[a-z][a-z0-9_.-]{0,60}") ? " (" + code + ")" : "";
    }

    private static JsonNode error(Buffer body) {
        try {
            return JSON.readTree(body.getBytes()).path("error");
        } catch (JsonProcessingException noJson) {
            return MissingNode.getInstance();
        } catch (java.io.IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }
}
