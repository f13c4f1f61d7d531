package dev.comuta.assistant.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.engine.EngineConfigurations;
import dev.comuta.assistant.turn.Conversation.Choice;
import dev.comuta.assistant.turn.Conversation.Line;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.message.SenderType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.validation.Validation;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
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

    @Test
    void summarizesWhatWasAskedAndAnswered() {
        Summary summary = summarize(
                "[]",
                said(SenderType.ASSISTANT, "Bom dia!"),
                said(SenderType.END_USER, "Há casas  no\nCentro?"),
                said(SenderType.ASSISTANT, "Sim, duas."),
                said(SenderType.USER, "Aqui é o João."),
                said(SenderType.END_USER, "Obrigada."));

        assertEquals("Cliente: “Há casas no Centro?” Resposta: “Sim, duas.”\nCliente: “Obrigada.”", summary.text());
        assertNull(summary.outcome());
        assertEquals(0, summary.tokens());
    }

    @Test
    void quotesTheEndOfALongConversation() {
        List<Line> lines = IntStream.range(0, 40)
                .mapToObj(i -> said(SenderType.END_USER, i + "x".repeat(400)))
                .toList();
        String text = summarize("[]", lines.toArray(Line[]::new)).text();

        assertEquals(6, text.lines().count());
        assertTrue(text.startsWith("Cliente: “34x") && text.length() < 1_100, text);
    }

    @Test
    void findsTheFirstOutcomeOfTheClientByItsPatterns() {
        String outcomes = """
                [{"outcome": "Locação", "patterns": ["visita"]},
                 {"outcome": "Visita marcada", "patterns": ["visita .*marcad[ao]", "até sábado"]},
                 {"outcome": "Retorno", "patterns": ["ligo depois"]}]""";

        assertEquals("Visita marcada", outcome(outcomes, "Pode ser.", "Então a VISITA está marcada."));
        assertEquals("Visita marcada", outcome(outcomes, "Ligo depois", "Até sábado!"));
        assertEquals("Retorno", outcome(outcomes, "Ligo depois."));
        assertNull(outcome(outcomes, "Sobre a visita, não quero."));
    }

    private String outcome(String outcomes, String... said) {
        return summarize(
                        outcomes,
                        Arrays.stream(said)
                                .map(text -> said(SenderType.END_USER, text))
                                .toArray(Line[]::new))
                .outcome();
    }

    private static Line said(SenderType by, String text) {
        return new Line(by, text);
    }

    private Summary summarize(String outcomes, Line... lines) {
        JsonObject configuration = new JsonObject("{\"outcomes\": " + outcomes + "}");
        AssistantSetup setup = new AssistantSetup(1, "builtin:atendente", configuration, null, List.of());
        List<Choice> choices = List.of(new Choice("Visita marcada", null), new Choice("Retorno", null));
        return engine.summarize(new Conversation(1, setup, List.of(lines), choices))
                .await()
                .indefinitely();
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
