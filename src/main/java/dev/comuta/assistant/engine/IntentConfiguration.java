package dev.comuta.assistant.engine;

import dev.comuta.assistant.expression.BoundedPattern;
import dev.comuta.assistant.expression.BoundedTemplate;
import dev.comuta.assistant.expression.Expressions;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The configuration of the engine {@code builtin:atendente}. */
@Schema(
        name = "IntentConfiguration",
        additionalProperties = Schema.False.class,
        description =
                "Configuration of `builtin:atendente`. The first intent with a pattern that occurs in the end user's text applies. In a text `{name}` is replaced by the value of that name.")
public record IntentConfiguration(
        @Size(max = BoundedTemplate.MAX_LENGTH)
        @Schema(
                description =
                        "Text when no intent applies; at most 4096 characters; `Desculpe, não entendi.` when left out",
                examples = "Não entendi. Posso procurar imóveis: diga o bairro.")
        String fallback,

        @Size(max = 200)
        @Schema(description = "Intents, in the order in which they are tried; at most 200; none when left out")
        List<@NotNull @Valid Intent> intents,

        @Size(max = 30)
        @Schema(
                description =
                        "Outcomes of calls, in the order in which they are tried; at most 30; none when left out. The first with a pattern that occurs in what was said is the outcome of the call, if the client has it (`getCallOutcomes`).")
        List<@NotNull @Valid CallOutcome> outcomes,

        @Size(max = BoundedTemplate.MAX_LENGTH)
        @Schema(
                description =
                        "Text that the end user gets, once, when the assistant cannot answer; at most 4096 characters; `comuta.assistant.failure-answer` when left out",
                examples = "Desculpe, não consegui responder agora.")
        String failureAnswer,

        @Schema(
                description =
                        "Whether the session is handed over to a person when the assistant cannot answer; `comuta.assistant.hand-off-on-failure` when left out",
                examples = "true")
        Boolean handOffOnFailure)
        implements EngineConfiguration {

    /** Maximum number of instructions of all patterns together, which bounds the work for one character of a text. */
    static final int MAX_PATTERNS = 20_000;

    private static final int MAX_TEXT = 4_096;

    /** Most instructions times characters of the messages of one turn. */
    private static final long MAX_SEARCH = 8_000_000;

    public IntentConfiguration {
        intents = intents == null ? List.of() : intents;
        outcomes = outcomes == null ? List.of() : outcomes;
    }

    /** One outcome of calls. */
    @Schema(
            name = "IntentOutcome",
            additionalProperties = Schema.False.class,
            description = "An outcome of a call, recognized by patterns.")
    public record CallOutcome(
            @NotNull @Size(min = 1, max = 60) @Schema(description = "Name of the outcome", examples = "Visita marcada")
            String outcome,

            @NotEmpty
            @Size(max = 50)
            @Schema(
                    description = "RE2 expressions, 1 to 50 of at most 500 characters, without regard to case",
                    examples = "[\"visita (?:est[áa] )?(?:marcada|confirmada)\"]")
            List<@NotNull String> patterns) {}

    /** One intent. */
    @Schema(
            name = "Intent",
            additionalProperties = Schema.False.class,
            description = "An intent of an end user, recognized by patterns.")
    public record Intent(
            @Size(max = 100)
            @Schema(
                    description = "Name for its author; at most 100 characters; may be left out",
                    examples = "imoveis_por_bairro")
            String name,

            @NotEmpty
            @Size(max = 50)
            @Schema(
                    description =
                            "RE2 expressions, 1 to 50 of at most 500 characters, without regard to case. A named group `(?P<name>…)` is a value.",
                    examples = "[\"im[oó]veis no bairro (?P<bairro>[\\\\p{L} ]+)\"]")
            List<@NotNull String> patterns,

            @Size(max = 64)
            @Schema(
                    description = "Name of the tool that is called first; no tool when left out",
                    examples = "buscar_imoveis")
            String tool,

            @Size(max = 50)
            @Schema(
                    description =
                            "Arguments of the tool, at most 50; a text may contain `{group}`. When left out, the named groups are the arguments.",
                    examples = "{\"bairro\": \"{bairro}\"}")
            Map<String, Object> arguments,

            @Size(max = BoundedTemplate.MAX_LENGTH)
            @Schema(
                    description =
                            "Text of the answer; may contain `{group}` and, after a tool, `{value}` of its result; at most 4096 characters; the default fallback when left out",
                    examples = "Imóveis no bairro {bairro}: {propriedades}.")
            String answer,

            @Size(max = BoundedTemplate.MAX_LENGTH)
            @Schema(
                    description = "Text when the tool's result has only empty lists; `answer` when left out",
                    examples = "Não há imóveis no bairro {bairro}.")
            String emptyAnswer,

            @Size(max = BoundedTemplate.MAX_LENGTH)
            @Schema(
                    description = "Text when the tool failed; the default fallback when left out",
                    examples = "Não consegui consultar os imóveis agora.")
            String failureAnswer,

            @Schema(description = "Whether the session is then handed over to a person; false when left out")
            Boolean handOff) {}

    /** The characters at the start of each message of a turn in which the patterns are searched. */
    public int searched(int messages) {
        return searched(messages, intents.stream().map(Intent::patterns));
    }

    /** The characters at the start of each text of a call in which the patterns of outcomes are searched. */
    public int searchedForOutcomes(int texts) {
        return searched(texts, outcomes.stream().map(CallOutcome::patterns));
    }

    private static int searched(int texts, Stream<List<String>> patterns) {
        long size = patterns.flatMap(List::stream)
                .mapToLong(pattern -> BoundedPattern.of(pattern, true).size())
                .sum();
        return (int) Math.min(MAX_TEXT, MAX_SEARCH / Math.max(1, size * texts));
    }

    /** Fails with a problem that names the first pattern that is invalid, or one too many. */
    void requirePatterns() {
        int size = 0;
        for (int i = 0; i < intents.size(); i++) {
            size = requirePatterns("intents[" + i + "]", intents.get(i).patterns(), size);
        }
        for (int i = 0; i < outcomes.size(); i++) {
            size = requirePatterns("outcomes[" + i + "]", outcomes.get(i).patterns(), size);
        }
    }

    /** {@return the size of the earlier patterns and of these} */
    private static int requirePatterns(String owner, List<String> patterns, int earlier) {
        int size = earlier;
        for (int j = 0; j < patterns.size(); j++) {
            String field = owner + ".patterns[" + j + "]";
            String pattern = patterns.get(j);
            Expressions.require(field, () -> BoundedPattern.of(pattern, true));
            size += BoundedPattern.of(pattern, true).size();
            if (size > MAX_PATTERNS) {
                throw Problem.invalid(field, "exceeds the size of all patterns of a configuration");
            }
        }
        return size;
    }
}
