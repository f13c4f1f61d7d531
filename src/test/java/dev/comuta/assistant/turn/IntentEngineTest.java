package dev.comuta.assistant.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.engine.EngineConfigurations;
import dev.comuta.assistant.turn.Turn.ToolResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.validation.Validation;
import java.time.Instant;
import java.util.List;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import org.junit.jupiter.api.Test;

class IntentEngineTest {

    private static final String CONFIGURATION = """
            {"fallback": "Não entendi.", "intents": [
              {"patterns": ["bairro (?P<bairro>[^?]+?)(?: até (?P<max>[0-9]+))?[?]"], "tool": "buscar",
               "arguments": {"bairro": "{bairro}", "max": "{max}", "fixo": 1},
               "answer": "No bairro {bairro}: {propriedades}{preco}."},
              {"patterns": ["quanto custa"], "tool": "buscar", "answer": "{preco}"}]}""";

    private final IntentEngine engine = new IntentEngine(new EngineConfigurations(
            new ObjectMapper(),
            Validation.byDefaultProvider()
                    .configure()
                    .messageInterpolator(new ParameterMessageInterpolator())
                    .buildValidatorFactory()
                    .getValidator()));

    @Test
    void neverReadsAResultByATextOfTheEndUser() {
        JsonObject arguments = JsonObject.of("bairro", "{comissao} {{comissao}} {bairro}", "fixo", 1);
        JsonObject result = JsonObject.of("propriedades", JsonArray.of("{comissao}", "B"), "comissao", "7 por cento");

        assertEquals(
                new Answer.Reply("No bairro {comissao} {{comissao}} {bairro}: {comissao}, B{preco}."),
                answer("bairro {comissao} {{comissao}} {bairro}?", arguments, result));
    }

    @Test
    void leavesOutAnArgumentWhoseGroupDidNotMatch() {
        Answer.ToolCalls needed = (Answer.ToolCalls) answer("bairro Centro?", new JsonObject(), null);
        assertEquals(
                JsonObject.of("bairro", "Centro", "fixo", 1),
                needed.calls().getFirst().arguments());

        Answer.ToolCalls limited = (Answer.ToolCalls) answer("bairro Centro até 900?", new JsonObject(), null);
        assertEquals("900", limited.calls().getFirst().arguments().getString("max"));
    }

    @Test
    void writesNothingForNullAndNeverAnEmptyAnswer() {
        JsonObject result =
                new JsonObject().put("propriedades", JsonArray.of("A", null)).putNull("preco");

        assertEquals(
                new Answer.Reply("No bairro Centro: A."),
                answer("bairro Centro?", JsonObject.of("bairro", "Centro", "fixo", 1), result));
        assertEquals(
                new Answer.Reply("Não entendi."),
                answer("quanto custa", new JsonObject(), new JsonObject().putNull("preco")));
    }

    private Answer answer(String text, JsonObject arguments, JsonObject result) {
        AssistantSetup setup =
                new AssistantSetup(1, "builtin:atendente", new JsonObject(CONFIGURATION), null, List.of());
        List<ToolResult> results =
                result == null ? List.of() : List.of(new ToolResult(1, "buscar", arguments, result, null, false));
        return engine.answer(Turn.tried(1, setup, Instant.EPOCH, text, results))
                .await()
                .indefinitely();
    }
}
