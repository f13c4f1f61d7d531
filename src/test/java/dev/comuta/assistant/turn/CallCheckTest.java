package dev.comuta.assistant.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallCheckTest {

    private static final String SCHEMA = """
            {"$schema": "http://json-schema.org/draft-07/schema#", "type": "object", "required": ["bairro"],
             "additionalProperties": false, "properties": {
               "bairro": {"type": "string", "pattern": "^[A-Z]"}, "quartos": {"$ref": "#/$defs/n"}},
             "$defs": {"n": {"type": "integer", "maximum": 9}}}""";

    private final CallCheck check = new CallCheck();

    @ParameterizedTest
    @ValueSource(strings = {"{\"bairro\": \"X\"}", "{\"bairro\": \"X\", \"quartos\": 3}"})
    void acceptsArgumentsThatMatchTheSchema(String arguments) {
        assertEquals(Optional.empty(), objection(SCHEMA, "buscar", arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"bairro\": 7}",
                "{\"bairro\": null}",
                "{\"bairro\": \"x\"}",
                "{\"bairro\": \"X\", \"quartos\": \"3\"}",
                "{\"bairro\": \"X\", \"quartos\": 10}",
                "{\"bairro\": \"X\", \"outra\": 1}"
            })
    void rejectsArgumentsThatViolateTheSchema(String arguments) {
        assertTrue(objection(SCHEMA, "buscar", arguments).isPresent());
    }

    @Test
    void namesTheMissingArgument() {
        assertTrue(objection(SCHEMA, "buscar", "{}").orElseThrow().contains("bairro"));
    }

    @Test
    void rejectsAToolThatTheAssistantDoesNotHave() {
        assertTrue(objection(SCHEMA, "apagar", "{\"bairro\": \"X\"}").isPresent());
    }

    @Test
    void acceptsAnyArgumentsWithoutASchema() {
        assertEquals(Optional.empty(), objection(null, "buscar", "{\"x\": [1]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"http://127.0.0.1:1/schema.json\"}",
                "{\"$ref\": \"classpath:application.properties\"}",
                "{\"properties\": {\"bairro\": {\"pattern\": \"(\"}}}"
            })
    void failsPermanentlyOnAnInvalidSchema(String schema) {
        assertThrows(PermanentFailure.class, () -> objection(schema, "buscar", "{\"bairro\": \"X\"}"));
    }

    @Test
    void isNotBlockedByAPatternThatBacktracks() {
        String schema = "{\"properties\": {\"bairro\": {\"pattern\": \"^(a+)+$\"}}}";
        String arguments = "{\"bairro\": \"" + "a".repeat(5000) + "!\"}";

        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertTrue(objection(schema, "buscar", arguments).isPresent()));
    }

    private Optional<String> objection(String schema, String tool, String arguments) {
        JsonObject configuration = new JsonObject();
        if (schema != null) {
            configuration.put("parameters", new JsonObject(schema));
        }
        ToolSetup setup = new ToolSetup(1, "buscar", "ConsultaCRM", null, configuration, null);
        AssistantSetup assistant = new AssistantSetup(1, "openai:m", new JsonObject(), null, List.of(setup));
        ToolCall call = new ToolCall(tool, new JsonObject(arguments));
        return check.objections(1, assistant, List.of(call))
                .await()
                .indefinitely()
                .getFirst();
    }
}
