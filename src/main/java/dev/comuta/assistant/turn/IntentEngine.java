package dev.comuta.assistant.turn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import dev.comuta.platform.problem.PermanentFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * The engine {@code builtin:atendente}: recognizes intents by patterns, without a model. The assistant's configuration
 * contains the intents, their texts and their tool calls:
 *
 * <pre>{@code
 * {"fallback": "…", "intents": [
 *    {"name": "…", "patterns": ["RE2 expression with (?P<named>groups)"], "tool": "…", "arguments": {"x": "{group}"},
 *     "answer": "… {group} {resultField} …", "emptyAnswer": "…", "failureAnswer": "…", "handOff": false}]}
 * }</pre>
 *
 * The first intent with a pattern that occurs in the text applies (RE2 syntax, case-insensitive, linear time).
 * Arguments default to the named groups.
 */
@ApplicationScoped
class IntentEngine implements AssistantEngine {

    private static final String DEFAULT_FALLBACK = "Desculpe, não entendi.";

    private static final int MAX_CACHED_PATTERNS = 10_000;

    private static final Cache<String, Pattern> PATTERNS =
            Caffeine.newBuilder().maximumSize(MAX_CACHED_PATTERNS).build();

    @Override
    public String scheme() {
        return "builtin";
    }

    @Override
    public Uni<Answer> answer(Turn turn) {
        List<Part> parts =
                turn.unanswered().stream().map(message -> part(turn, message)).toList();
        List<ToolCall> missing = parts.stream()
                .flatMap(part -> part.missing().stream())
                .distinct()
                .toList();
        return Uni.createFrom().item(missing.isEmpty() ? answerOf(parts) : new Answer.ToolCalls(missing));
    }

    /** The answer to one message: a text, or a look-up whose result is missing. */
    private record Part(String text, Optional<ToolCall> missing, boolean handOff) {

        static Part of(String text, boolean handOff) {
            return new Part(text, Optional.empty(), handOff);
        }
    }

    private static Answer answerOf(List<Part> parts) {
        SequencedSet<String> texts =
                parts.stream().map(Part::text).collect(Collectors.toCollection(LinkedHashSet::new));
        String text = String.join("\n\n", texts);
        return parts.stream().anyMatch(Part::handOff) ? new Answer.HandOff(text) : new Answer.Reply(text);
    }

    private static Part part(Turn turn, TurnMessage message) {
        JsonObject configuration = turn.assistant().configuration();
        for (Object each : configuration.getJsonArray("intents", new JsonArray())) {
            JsonObject intent = (JsonObject) each;
            Optional<JsonObject> groups = match(
                    intent,
                    message.content().readableText() == null
                            ? ""
                            : message.content().readableText());
            if (groups.isPresent()) {
                return part(turn, intent, groups.get());
            }
        }
        return Part.of(configuration.getString("fallback", DEFAULT_FALLBACK), false);
    }

    private static Part part(Turn turn, JsonObject intent, JsonObject groups) {
        boolean handOff = intent.getBoolean("handOff", false);
        if (!intent.containsKey("tool")) {
            return Part.of(fill(intent.getString("answer", DEFAULT_FALLBACK), groups), handOff);
        }
        ToolCall call = new ToolCall(intent.getString("tool"), arguments(intent, groups));
        return turn.results().stream()
                .filter(result -> call.toolName().equals(result.toolName()))
                .filter(result -> call.arguments().equals(result.arguments()))
                .reduce((earlier, later) -> later)
                .map(result -> Part.of(resultText(intent, groups, result), handOff))
                .orElse(new Part(null, Optional.of(call), handOff));
    }

    private static String resultText(JsonObject intent, JsonObject groups, ToolResult result) {
        if (result.failed()) {
            return fill(intent.getString("failureAnswer", DEFAULT_FALLBACK), groups);
        }
        String template = isEmpty(result.result()) ? "emptyAnswer" : "answer";
        JsonObject values = groups.copy().mergeIn(result.result());
        return fill(intent.getString(template, intent.getString("answer", DEFAULT_FALLBACK)), values);
    }

    private static boolean isEmpty(JsonObject result) {
        return result.stream().allMatch(field -> field.getValue() instanceof JsonArray list && list.isEmpty());
    }

    private static JsonObject arguments(JsonObject intent, JsonObject groups) {
        JsonObject arguments = new JsonObject();
        intent.getJsonObject("arguments", groups)
                .forEach(argument -> arguments.put(
                        argument.getKey(),
                        argument.getValue() instanceof String template ? fill(template, groups) : argument.getValue()));
        return arguments;
    }

    private static Optional<JsonObject> match(JsonObject intent, String text) {
        for (Object expression : intent.getJsonArray("patterns", new JsonArray())) {
            Matcher matcher = compile(expression.toString()).matcher(text);
            if (matcher.find()) {
                return Optional.of(groups(matcher));
            }
        }
        return Optional.empty();
    }

    private static Pattern compile(String expression) {
        return PATTERNS.get(expression, IntentEngine::compiled);
    }

    private static Pattern compiled(String expression) {
        try {
            return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
        } catch (PatternSyntaxException e) {
            throw new PermanentFailure("a pattern of the assistant's configuration is not an RE2 expression", e);
        }
    }

    private static JsonObject groups(Matcher matcher) {
        JsonObject groups = new JsonObject();
        matcher.pattern().namedGroups().forEach((name, number) -> {
            if (matcher.group(number) != null) {
                groups.put(name, matcher.group(number).strip());
            }
        });
        return groups;
    }

    /** Replaces each {@code {name}} by its value; a list is joined with commas. A name without a value remains. */
    private static String fill(String template, JsonObject values) {
        String text = template;
        for (String name : new ArrayList<>(values.fieldNames())) {
            text = text.replace("{" + name + "}", textOf(values.getValue(name)));
        }
        return text;
    }

    private static String textOf(Object value) {
        return value instanceof JsonArray list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : String.valueOf(value);
    }
}
