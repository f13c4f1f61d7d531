package dev.comuta.assistant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.assistant.engine.AgentConfiguration;
import dev.comuta.assistant.engine.EngineConfigurations;
import dev.comuta.assistant.engine.IntentConfiguration;
import dev.comuta.assistant.engine.ModelConfiguration;
import dev.comuta.platform.json.StrictJson;
import dev.comuta.platform.problem.Problem;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Walks over every field that a client or the platform writes for an assistant or a tool. A field is plain text, or
 * its hostile values are rejected when it is written.
 */
class ExpressionFieldsTest {

    private static final Validator VALIDATOR = Validation.byDefaultProvider()
            .configure()
            .messageInterpolator(new ParameterMessageInterpolator())
            .buildValidatorFactory()
            .getValidator();

    private static final List<Class<? extends Record>> RECORDS = List.of(
            AssistantFields.class,
            ClientAssistantFields.class,
            ClientAssistantConfiguration.class,
            AssistantUseFields.class,
            ToolFields.class,
            ToolConfiguration.class,
            IntentConfiguration.class,
            IntentConfiguration.Intent.class,
            IntentConfiguration.CallOutcome.class,
            ModelConfiguration.class,
            AgentConfiguration.class);

    /** Fields that nothing evaluates, or whose own record is walked over. */
    private static final Set<String> PLAIN = Set.of(
            "AssistantFields.assistantName",
            "AssistantFields.specialization",
            "AssistantFields.implementationReference",
            "AssistantFields.configuration",
            "ClientAssistantFields.assistantId",
            "ClientAssistantFields.configuration",
            "ClientAssistantFields.credentials",
            "ClientAssistantConfiguration.configuration",
            "AssistantUseFields.configuration",
            "AssistantUseFields.credentials",
            "ToolConfiguration.repeatable",
            "ToolFields.toolName",
            "ToolFields.taskType",
            "ToolFields.description",
            "ToolFields.configuration",
            "ToolConfiguration.method",
            "ToolConfiguration.authentication",
            "ToolConfiguration.headers",
            "IntentConfiguration.intents",
            "IntentConfiguration.outcomes",
            "CallOutcome.outcome",
            "IntentConfiguration.failureAnswer",
            "IntentConfiguration.handOffOnFailure",
            "Intent.name",
            "Intent.tool",
            "Intent.handOff",
            "ModelConfiguration.instructions",
            "ModelConfiguration.model",
            "ModelConfiguration.baseUrl",
            "ModelConfiguration.failureAnswer",
            "ModelConfiguration.handOffOnFailure",
            "AgentConfiguration.failureAnswer",
            "AgentConfiguration.handOffOnFailure");

    private static final String LONG = "{a}".repeat(2_000);
    private static final String BOMB = "(((a{1000}){1000}){1000})";

    /** For each expression the values that must be rejected. */
    private static final Map<String, List<Runnable>> HOSTILE = Map.of(
            "Intent.patterns",
                    List.of(
                            () -> intent("patterns", List.of(BOMB)),
                            () -> intent("patterns", List.of("(")),
                            () -> intent("patterns", List.of("a".repeat(501))),
                            () -> intent("patterns", "a"),
                            () -> intent("patterns", List.of()),
                            ExpressionFieldsTest::tooManyPatterns),
            "CallOutcome.patterns",
                    List.of(
                            () -> outcome(List.of(BOMB)),
                            () -> outcome(List.of("(")),
                            () -> outcome(List.of()),
                            () -> outcome(Collections.nCopies(50, "a{900}"))),
            "Intent.answer", List.of(() -> intent("answer", LONG)),
            "Intent.emptyAnswer", List.of(() -> intent("emptyAnswer", LONG)),
            "Intent.failureAnswer", List.of(() -> intent("failureAnswer", LONG)),
            "Intent.arguments", List.of(() -> intent("arguments", numbered(51)), () -> intent("arguments", "{a}")),
            "IntentConfiguration.fallback", List.of(() -> builtin(Map.of("fallback", LONG))),
            "ToolConfiguration.url",
                    List.of(
                            () -> tool("https://h/" + LONG, null, null),
                            () -> tool("https://h/{", null, null),
                            () -> tool("https://h/?a={a}", Map.of("type", "object"), null)),
            "ToolConfiguration.parameters",
                    List.of(
                            () -> tool("https://h/", Map.of("properties", Map.of("a", Map.of("pattern", BOMB))), null),
                            () -> tool("https://h/", Map.of("$ref", "#"), null),
                            () -> tool("https://h/", Map.of("$ref", "https://h/schema"), null)),
            "ToolConfiguration.result",
                    List.of(
                            () -> tool("https://h/", null, Map.of("a", "$..[?(@.a =~ /(.*a){20}b/)]")),
                            () -> tool("https://h/", null, Map.of("a", "$..*..*"))));

    @Test
    void everyFieldIsPlainOrHasHostileValues() {
        Set<String> fields = RECORDS.stream()
                .flatMap(type -> Stream.of(type.getRecordComponents()).map(ExpressionFieldsTest::name))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>(PLAIN);
        known.addAll(HOSTILE.keySet());
        assertEquals(known, fields);
    }

    @TestFactory
    Stream<DynamicTest> rejectsHostileValues() {
        return HOSTILE.entrySet().stream().flatMap(field -> field.getValue().stream()
                .map(write -> dynamicTest(field.getKey(), () -> assertThrows(Problem.class, write::run))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "builtin:atendente; {'intents': 'nope'}; configuration.intents",
                "builtin:atendente; {'intents': [{'patterns': ['(']}]}; configuration.intents[0].patterns[0]",
                "builtin:atendente; {'intents': [{'patterns': [7]}]}; configuration.intents[0].patterns[0]",
                "builtin:atendente; {'intents': [{'patterns': ['a'], 'awnser': 'x'}]}; configuration.intents[0].awnser",
                "builtin:atendente; {'intents': [null]}; configuration.intents[0]",
                "builtin:atendente; {'instructions': 'x'}; configuration.instructions",
                "openai:m; {'intents': []}; configuration.intents",
                "openai:m; {'baseUrl': 'llm'}; configuration.baseUrl",
                "http:https://h/; {'instructions': 'x'}; configuration.instructions"
            })
    void namesTheWrongPart(String reference, String configuration, String path) throws Exception {
        Map<?, ?> fields = strict().readValue(configuration.replace('\'', '"'), Map.class);
        Problem problem = assertThrows(Problem.class, () -> require(reference, cast(fields)));
        assertEquals(path, problem.violations().getFirst().field());
    }

    @Test
    void acceptsWhatEachEngineReads() {
        intent("answer", "Olá {a}");
        require("openai:m", Map.of("instructions", "x", "model", "y", "baseUrl", "https://h/v1"));
        require("http:https://h/", Map.of());
        tool("https://h/{a}", null, Map.of("a", "$..b"));
        tool("https://h/?a={a}", Map.of("type", "object", "properties", Map.of("a", Map.of())), null);
    }

    private static String name(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    private static void intent(String field, Object value) {
        Map<String, Object> intent = new HashMap<>(Map.of("patterns", List.of("a")));
        intent.put(field, value);
        builtin(Map.of("intents", List.of(intent)));
    }

    private static void outcome(List<String> patterns) {
        builtin(Map.of("outcomes", List.of(Map.of("outcome", "Retorno", "patterns", patterns))));
    }

    private static void tooManyPatterns() {
        Map<String, Object> intent = Map.of("patterns", Collections.nCopies(50, "a{900}"));
        builtin(Map.of("intents", List.of(intent)));
    }

    private static Map<String, Object> numbered(int count) {
        return Stream.iterate(0, i -> i + 1).limit(count).collect(Collectors.toMap(i -> "a" + i, i -> i));
    }

    private static void builtin(Map<String, Object> configuration) {
        require("builtin:atendente", configuration);
    }

    private static void require(String reference, Map<String, Object> configuration) {
        new EngineConfigurations(strict(), VALIDATOR)
                .require(1, reference, configuration)
                .await()
                .indefinitely();
    }

    private static void tool(String url, Map<String, Object> parameters, Map<String, String> result) {
        ToolConfiguration tool = new ToolConfiguration("GET", url, null, null, parameters, result, null);
        VALIDATOR.validate(tool).forEach(broken -> {
            throw Problem.invalid(broken.getPropertyPath().toString(), broken.getMessage());
        });
        tool.requireValidExpressions();
    }

    private static ObjectMapper strict() {
        ObjectMapper json = new ObjectMapper();
        new StrictJson().customize(json);
        return json;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> cast(Map<?, ?> map) {
        return (Map<String, Object>) map;
    }
}
