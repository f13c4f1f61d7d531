package dev.comuta.provider.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.assistant.turn.Answer;
import dev.comuta.assistant.turn.Answer.ToolCall;
import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentAnswerTest {

    @Test
    void readsEachKindOfAnswer() {
        assertEquals(new Answer.Reply("Oi"), read("{\"reply\": \"Oi\", \"mood\": \"good\", \"handOff\": null}"));
        assertEquals(new Answer.HandOff("Já chamo."), read("{\"handOff\": {\"text\": \"Já chamo.\"}}"));
        assertEquals(new Answer.HandOff(null), read("{\"handOff\": {}}"));
        assertEquals(
                new Answer.ToolCalls(List.of(
                        new ToolCall("buscar", new JsonObject().put("b", 1)),
                        new ToolCall("listar", new JsonObject()))),
                read("{\"toolCalls\": [{\"tool\": \"buscar\", \"arguments\": {\"b\": 1}}, {\"tool\": \"listar\"}]}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Oi",
                "[]",
                "{}",
                "{\"reply\": \"\"}",
                "{\"reply\": \" \"}",
                "{\"reply\": 7}",
                "{\"reply\": \"Oi\", \"handOff\": {}}",
                "{\"handOff\": \"text\"}",
                "{\"handOff\": {\"text\": 7}}",
                "{\"toolCalls\": []}",
                "{\"toolCalls\": {\"tool\": \"x\"}}",
                "{\"toolCalls\": [\"x\"]}",
                "{\"toolCalls\": [{\"arguments\": {}}]}",
                "{\"toolCalls\": [{\"tool\": \"x\", \"arguments\": \"{}\"}]}"
            })
    void rejectsInvalidAnswers(String body) {
        assertThrows(PermanentFailure.class, () -> read(body));
    }

    @Test
    void rejectsATextLongerThanAMessage() {
        String longest = "a".repeat(4096);
        assertEquals(
                new Answer.Reply(longest),
                read(new JsonObject().put("reply", longest).encode()));
        String tooLong = new JsonObject().put("reply", longest + "a").encode();
        assertThrows(PermanentFailure.class, () -> read(tooLong));
    }

    private static Answer read(String body) {
        return AgentAnswer.read(body);
    }
}
