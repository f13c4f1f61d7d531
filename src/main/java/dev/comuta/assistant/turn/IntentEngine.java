package dev.comuta.assistant.turn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.re2j.Matcher;
import dev.comuta.assistant.engine.EngineConfigurations;
import dev.comuta.assistant.engine.IntentConfiguration;
import dev.comuta.assistant.engine.IntentConfiguration.Intent;
import dev.comuta.assistant.expression.BoundedPattern;
import dev.comuta.assistant.expression.BoundedTemplate;
import dev.comuta.assistant.expression.Evaluation;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/**
 * The engine {@code builtin:atendente}: recognizes intents by patterns, without a model, as its {@link
 * IntentConfiguration} describes them. The first intent with a pattern that occurs in the text applies (RE2 syntax,
 * case-insensitive, linear time). Arguments default to the named groups.
 */
@ApplicationScoped
class IntentEngine implements AssistantEngine {

    private static final String DEFAULT_FALLBACK = "Desculpe, não entendi.";

    /** Most characters of one text of an answer. */
    private static final int MAX_ANSWER = 16_384;

    private final EngineConfigurations configurations;

    /** By the identity of a stored configuration, which the directory of assistants caches. */
    private final Cache<JsonObject, IntentConfiguration> read =
            Caffeine.newBuilder().weakKeys().build();

    IntentEngine(EngineConfigurations configurations) {
        this.configurations = configurations;
    }

    @Override
    public String scheme() {
        return "builtin";
    }

    @Override
    public Uni<Answer> answer(Turn turn) {
        return Evaluation.of(turn.clientId(), () -> evaluate(turn));
    }

    @Override
    public Uni<Summary> summarize(Conversation conversation) {
        return Evaluation.of(
                conversation.clientId(),
                () -> PlainSummary.of(
                        conversation, read.get(conversation.assistant().configuration(), configurations::intents)));
    }

    private Answer evaluate(Turn turn) {
        IntentConfiguration configuration = read.get(turn.assistant().configuration(), configurations::intents);
        int searched = configuration.searched(turn.unanswered().size());
        List<Part> parts = turn.unanswered().stream()
                .map(message -> part(turn, configuration, start(message, searched)))
                .toList();
        List<ToolCall> missing = parts.stream()
                .flatMap(part -> part.missing().stream())
                .distinct()
                .toList();
        return missing.isEmpty() ? answerOf(parts) : new Answer.ToolCalls(missing);
    }

    /** The answer to one message: a text, or a look-up whose result is missing. */
    private record Part(String text, Optional<ToolCall> missing, boolean handOff) {

        static Part of(String text, boolean handOff) {
            return new Part(text, Optional.empty(), handOff);
        }

        /** The same with another text in place of an empty one. */
        Part orElse(String other) {
            return text != null && text.isBlank() ? new Part(other, missing, handOff) : this;
        }
    }

    private static Answer answerOf(List<Part> parts) {
        SequencedSet<String> texts =
                parts.stream().map(Part::text).collect(Collectors.toCollection(LinkedHashSet::new));
        String text = String.join("\n\n", texts);
        return parts.stream().anyMatch(Part::handOff) ? new Answer.HandOff(text) : new Answer.Reply(text);
    }

    private static String start(TurnMessage message, int length) {
        String text = message.words();
        return text == null ? "" : text.substring(0, Math.min(text.length(), length));
    }

    private static Part part(Turn turn, IntentConfiguration configuration, String start) {
        for (Intent intent : configuration.intents()) {
            Optional<JsonObject> groups = match(intent, start);
            if (groups.isPresent()) {
                return part(turn, intent, groups.get()).orElse(fallback(configuration));
            }
        }
        return Part.of(fallback(configuration), false);
    }

    private static String fallback(IntentConfiguration configuration) {
        String own = configuration.fallback();
        return own == null || own.isBlank() ? DEFAULT_FALLBACK : own;
    }

    private static Part part(Turn turn, Intent intent, JsonObject groups) {
        boolean handOff = Boolean.TRUE.equals(intent.handOff());
        if (intent.tool() == null) {
            return Part.of(fill(or(intent.answer(), DEFAULT_FALLBACK), groups), handOff);
        }
        ToolCall call = new ToolCall(intent.tool(), arguments(intent, groups));
        return turn.results().stream()
                .filter(result -> call.toolName().equals(result.toolName()))
                .filter(result -> call.arguments().equals(result.arguments()))
                .reduce((earlier, later) -> later)
                .map(result -> Part.of(resultText(intent, groups, result), handOff))
                .orElse(new Part(null, Optional.of(call), handOff));
    }

    private static String resultText(Intent intent, JsonObject groups, ToolResult result) {
        if (result.failed()) {
            return fill(or(intent.failureAnswer(), DEFAULT_FALLBACK), groups);
        }
        String answer = or(intent.answer(), DEFAULT_FALLBACK);
        String template = isEmpty(result.result()) ? or(intent.emptyAnswer(), answer) : answer;
        return fill(template, groups.copy().mergeIn(result.result()));
    }

    private static boolean isEmpty(JsonObject result) {
        return result.stream().allMatch(field -> field.getValue() instanceof JsonArray list && list.isEmpty());
    }

    /** An argument whose text names a group that did not match is left out. */
    private static JsonObject arguments(Intent intent, JsonObject groups) {
        if (intent.arguments() == null) {
            return groups;
        }
        JsonObject arguments = new JsonObject();
        new JsonObject(intent.arguments()).forEach(argument -> {
            if (!(argument.getValue() instanceof String template)) {
                arguments.put(argument.getKey(), argument.getValue());
            } else if (groups.fieldNames().containsAll(BoundedTemplate.names(template))) {
                arguments.put(argument.getKey(), fill(template, groups));
            }
        });
        return arguments;
    }

    /** The groups of the first pattern that matches. */
    private static Optional<JsonObject> match(Intent intent, String text) {
        for (String expression : intent.patterns()) {
            Matcher matcher = BoundedPattern.of(expression, true).matcher(text);
            if (matcher.find()) {
                return Optional.of(groups(matcher));
            }
        }
        return Optional.empty();
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

    private static String or(String text, String other) {
        return text == null ? other : text;
    }

    /**
     * Replaces each {@code {name}} by its value, in one pass: a value is never read as a template. A list is joined with
     * commas, null is empty, and an unknown name remains.
     */
    private static String fill(String template, JsonObject values) {
        return BoundedTemplate.fill(
                template, name -> values.containsKey(name) ? textOf(values.getValue(name)) : null, MAX_ANSWER);
    }

    private static String textOf(Object value) {
        return switch (value) {
            case null -> "";
            case JsonArray list ->
                list.stream().filter(Objects::nonNull).map(String::valueOf).collect(Collectors.joining(", "));
            default -> String.valueOf(value);
        };
    }
}
