package dev.comuta.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.TransientFailure;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The answer of a model. Servers deviate from the specification, so it is read leniently: only {@code tool_calls}
 * decides whether tools are called; {@code finish_reason}, {@code index} and unknown fields are ignored.
 *
 * @param text null when there is none
 * @param calls in the model's order, possibly none
 * @param tokens {@code usage.total_tokens}; 0 when the server does not count
 */
record OpenAiCompletion(String text, List<Call> calls, long tokens) {

    private static final ObjectMapper JSON = UntrustedJson.mapper();
    private static final int LONGEST_TEXT = 4096;

    /**
     * A tool call.
     *
     * @param id null when the server gave none
     * @param tool the name of the tool, possibly empty
     * @param arguments null when they are not a JSON object
     */
    record Call(String id, String tool, JsonObject arguments) {

        private static Call of(JsonNode call) {
            JsonNode function = call.path("function");
            return new Call(
                    call.path("id").textValue(),
                    function.path("name").asText(""),
                    arguments(function.path("arguments")));
        }

        /** Servers send an object or its text. For no arguments, some send nothing, null or an empty text. */
        private static JsonObject arguments(JsonNode arguments) {
            if (arguments.isMissingNode() || arguments.isNull()) {
                return new JsonObject();
            }
            if (!arguments.isTextual()) {
                return arguments.isObject() ? new JsonObject(arguments.toString()) : null;
            }
            return arguments.textValue().isBlank() ? new JsonObject() : parsed(arguments.textValue());
        }

        private static JsonObject parsed(String text) {
            try {
                JsonNode tree = JSON.readTree(text);
                return tree.isObject() ? new JsonObject(tree.toString()) : null;
            } catch (JsonProcessingException notJson) {
                return null;
            }
        }
    }

    /**
     * Reads the body of a 2xx response.
     *
     * @return fails with a {@link TransientFailure} when the body is not JSON, or has neither a text nor a call; fails
     *     as {@link OpenAiErrors} describes when it contains an error
     */
    static OpenAiCompletion of(String body) {
        JsonNode answer = tree(body);
        if (answer.hasNonNull("error")) {
            throw OpenAiErrors.inBody(answer.path("error"));
        }
        JsonNode message = answer.path("choices").path(0).path("message");
        List<Call> calls = StreamSupport.stream(message.path("tool_calls").spliterator(), false)
                .map(Call::of)
                .toList();
        String text = text(message);
        if (text == null && calls.isEmpty()) {
            throw new TransientFailure("the model's API answered without a text and without a tool call");
        }
        return new OpenAiCompletion(
                text, calls, Math.max(answer.path("usage").path("total_tokens").asLong(0), 0));
    }

    /** The call that hands the session over to a person, if there is one. */
    Optional<Call> handOff() {
        return calls.stream()
                .filter(call -> OpenAiPrompt.HAND_OFF.equals(call.tool()))
                .findFirst();
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException notJson) {
            throw new TransientFailure("the model's API answered something that is not JSON", notJson);
        }
    }

    /** The content, which is a text or an array of its parts; else the reason of a refusal. */
    private static String text(JsonNode message) {
        JsonNode content = message.path("content");
        String text = content.isArray()
                ? StreamSupport.stream(content.spliterator(), false)
                        .map(part -> part.path("text").asText(""))
                        .collect(Collectors.joining())
                : content.asText("");
        String storable = storable(text);
        return storable == null ? storable(message.path("refusal").asText("")) : storable;
    }

    /** {@return the text, cut to the length of a message, or null when nothing is left} */
    static String storable(String text) {
        String clean = text.strip();
        if (clean.isEmpty()) {
            return null;
        }
        boolean fits = clean.length() <= LONGEST_TEXT;
        return fits ? clean : StorableText.cut(clean, LONGEST_TEXT - 1) + "…";
    }
}
