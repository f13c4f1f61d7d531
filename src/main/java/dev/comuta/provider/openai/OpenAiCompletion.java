package dev.comuta.provider.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The answer of a model. Servers deviate from the specification, so it is read leniently: {@code tool_calls} decides
 * whether tools are called, and without them the calls in the text ({@link ModelText}). {@code index} and unknown fields
 * are ignored; {@code finish_reason} says only why a text is missing or incomplete.
 *
 * @param text null when there is none
 * @param calls in the model's order, possibly none
 * @param tokens {@code usage.total_tokens}; 0 when the server does not count
 * @param cut whether the model reached its greatest length, so that the text has no end
 */
record OpenAiCompletion(String text, List<Call> calls, long tokens, boolean cut) {

    private static final ObjectMapper JSON = UntrustedJson.mapper();
    private static final int LONGEST_TEXT = 4096;

    /** Most times that a text of arguments is a text again. */
    private static final int MAX_QUOTED = 3;

    /** Reasons of a server that withholds an answer because of its content. */
    private static final Pattern WITHHELD = Pattern.compile(
            "(?:content_filter|safety|recitation|blocklist|prohibited_content|spii|sensitive|refusal|guardrail).*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern TOO_LONG =
            Pattern.compile("length|max_tokens|max_output_tokens|model_length", Pattern.CASE_INSENSITIVE);

    /** A text or calls that are complete. */
    OpenAiCompletion(String text, List<Call> calls, long tokens) {
        this(text, calls, tokens, false);
    }

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
            return of(call.path("id").textValue(), function.path("name").asText(""), function.path("arguments"));
        }

        /**
         * A call with its arguments. Servers send an object, its text, or the text of its text. For no arguments, some
         * send nothing, null or an empty text.
         */
        static Call of(String id, String tool, JsonNode arguments) {
            JsonNode given = arguments;
            for (int i = 0; i < MAX_QUOTED && given.isTextual(); i++) {
                given = given.textValue().isBlank() ? MissingNode.getInstance() : parsed(given.textValue());
            }
            if (given.isMissingNode() || (given.isNull() && arguments.isNull())) {
                return new Call(id, tool, new JsonObject());
            }
            return new Call(id, tool, given.isObject() ? new JsonObject(given.toString()) : null);
        }

        private static JsonNode parsed(String text) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException notJson) {
                return NullNode.getInstance();
            }
        }
    }

    /**
     * Reads the body of a 2xx response.
     *
     * @return fails with a {@link TransientFailure} when the body is not JSON, or has neither a text nor a call, and with a
     *     {@link PermanentFailure} when the answer was withheld or its length was used up; fails as {@link OpenAiErrors}
     *     describes when it contains an error
     */
    static OpenAiCompletion of(String body) {
        JsonNode answer = tree(body);
        if (answer.hasNonNull("error")) {
            throw OpenAiErrors.inBody(answer.path("error"));
        }
        JsonNode choice = answer.path("choices").path(0);
        if (choice.hasNonNull("error")) {
            throw OpenAiErrors.inBody(choice.path("error"));
        }
        JsonNode message = choice.path("message");
        ModelText said = ModelText.of(content(message.path("content")));
        List<Call> calls = calls(message).isEmpty() ? said.calls() : calls(message);
        String text = storable(said.text().isEmpty() ? message.path("refusal").asText("") : said.text());
        String reason = choice.path("finish_reason").asText("");
        if (calls.isEmpty()) {
            requireText(text, reason);
        }
        long tokens = Math.max(answer.path("usage").path("total_tokens").asLong(0), 0);
        return new OpenAiCompletion(
                text, calls, tokens, TOO_LONG.matcher(reason).matches());
    }

    private static void requireText(String text, String reason) {
        if (WITHHELD.matcher(reason).matches()) {
            throw new PermanentFailure("the model's API withheld the answer because of its content");
        }
        if (text == null && TOO_LONG.matcher(reason).matches()) {
            throw new PermanentFailure("the model reached its greatest length before it answered");
        }
        if (text == null || reason.equals("error")) {
            throw new TransientFailure("the model's API answered without a text and without a tool call");
        }
    }

    /** The calls of the message; older servers send a single {@code function_call}. */
    private static List<Call> calls(JsonNode message) {
        JsonNode single = message.path("function_call");
        return message.path("tool_calls").isEmpty() && single.hasNonNull("name")
                ? List.of(Call.of(null, single.path("name").asText(), single.path("arguments")))
                : StreamSupport.stream(message.path("tool_calls").spliterator(), false)
                        .map(Call::of)
                        .toList();
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

    /** The content, which is a text or an array of its parts. A part may be a thought. */
    private static String content(JsonNode content) {
        return content.isArray()
                ? StreamSupport.stream(content.spliterator(), false)
                        .filter(part -> part.path("type").asText("text").endsWith("text"))
                        .map(part -> part.path("text").asText(""))
                        .collect(Collectors.joining())
                : content.asText("");
    }

    /** {@return the text, cut to the length of a message, or null when nothing is left} */
    static String storable(String text) {
        String clean = text.strip();
        if (clean.isEmpty()) {
            return null;
        }
        return clean.length() <= LONGEST_TEXT ? clean : shortened(clean, 0) + "…";
    }

    /** The text, cut so that one more character and these fit into a message. */
    static String shortened(String text, int others) {
        return StorableText.cut(text, Math.max(0, LONGEST_TEXT - 1 - others));
    }
}
