package dev.comuta.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.assistant.AssistantSetup;
import dev.comuta.assistant.EngineCredentials;
import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Spending;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import dev.comuta.message.content.ContentColumns;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenAiPromptTest {

    private static final JsonObject SCHEMA = new JsonObject().put("required", JsonArray.of("bairro"));
    private static final JsonObject ARGUMENTS = new JsonObject().put("bairro", "X");
    private static final JsonObject FOUND = new JsonObject().put("propriedades", JsonArray.of("A"));

    @Test
    void writesTheConversationInOrder() {
        List<TurnMessage> history = List.of(
                message("Usuário-Cliente", "Texto", "Oi"),
                message("Assistente", "Texto", "Olá!"),
                message("Usuário", "Texto", "Aqui é o João."));
        List<TurnMessage> unanswered =
                List.of(message("Usuário-Cliente", "Figurinha", null), message("Usuário-Cliente", "Texto", "E X?"));

        JsonArray messages = request(turn(history, unanswered, List.of())).getJsonArray("messages");

        assertEquals(
                List.of(
                        "system Seja breve.",
                        "user Oi",
                        "assistant Olá!",
                        "assistant Aqui é o João.",
                        "user [Figurinha]",
                        "user E X?"),
                messages.stream()
                        .map(JsonObject.class::cast)
                        .map(each -> each.getString("role") + " " + each.getString("content"))
                        .toList());
    }

    @Test
    void pairsEveryCallWithItsResult() {
        List<ToolResult> results = List.of(
                new ToolResult(7, "buscar", ARGUMENTS, FOUND, "call_a", false),
                new ToolResult(7, "buscar", ARGUMENTS, null, "call_a", false),
                new ToolResult(7, "buscar", ARGUMENTS, FOUND, null, false));

        JsonArray messages = request(turn(List.of(), List.of(message("Usuário-Cliente", "Texto", "?")), results))
                .getJsonArray("messages");

        assertEquals(8, messages.size());
        for (int i = 2; i < 8; i += 2) {
            JsonObject call =
                    messages.getJsonObject(i).getJsonArray("tool_calls").getJsonObject(0);
            assertEquals(call.getString("id"), messages.getJsonObject(i + 1).getString("tool_call_id"));
            assertEquals(ARGUMENTS.encode(), call.getJsonObject("function").getString("arguments"));
            assertTrue(messages.getJsonObject(i).containsKey("content"));
        }
        assertEquals("call_a", messages.getJsonObject(3).getString("tool_call_id"));
        assertNotEquals("call_a", messages.getJsonObject(5).getString("tool_call_id"));
        assertEquals(FOUND.encode(), messages.getJsonObject(3).getString("content"));
        assertTrue(messages.getJsonObject(5).getString("content").contains("error"));
    }

    @Test
    void describesToolsAndTheHandOff() {
        JsonArray tools = request(turn(List.of(), List.of(message("Usuário-Cliente", "Texto", "?")), List.of()))
                .getJsonArray("tools");

        JsonObject tool = tools.getJsonObject(0).getJsonObject("function");
        assertEquals("Busca imóveis", tool.getString("description"));
        assertEquals(
                new JsonObject()
                        .put("type", "object")
                        .put("properties", new JsonObject())
                        .put("required", JsonArray.of("bairro")),
                tool.getJsonObject("parameters"));
        assertEquals(
                OpenAiPrompt.HAND_OFF,
                tools.getJsonObject(1).getJsonObject("function").getString("name"));
        assertFalse(tools.encode().contains("crm.example.com"));
    }

    @Test
    void sanitizesAnInventedToolName() {
        OpenAiPrompt prompt = OpenAiPrompt.of(turn(List.of(), List.of(), List.of()));
        prompt.add(null, "apagar tudo!", new JsonObject(), OpenAiPrompt.error("there is no such tool"));

        JsonObject call = prompt.body("m").getJsonArray("messages").getJsonObject(1);
        assertEquals(
                "apagar_tudo_",
                call.getJsonArray("tool_calls")
                        .getJsonObject(0)
                        .getJsonObject("function")
                        .getString("name"));
    }

    @Test
    void sendsThePlatformKeyToThePlatformUrlOnly() {
        OpenAiConfig platform = config("https://api.openai.com/v1/", "platform-key");

        OpenAiAccount usual = OpenAiAccount.of(assistant(new JsonObject(), null), platform);
        assertEquals("https://api.openai.com/v1/chat/completions", usual.url());
        assertEquals("platform-key", usual.apiKey());
        assertEquals("test-model:8b", usual.model());
        assertEquals("Bearer platform-key", usual.headers("application/json").get("Authorization"));

        JsonObject elsewhere =
                new JsonObject().put("baseUrl", "https://evil.example.com").put("model", "llama");
        OpenAiAccount own = OpenAiAccount.of(assistant(elsewhere, null), platform);
        assertEquals("https://evil.example.com/v1/chat/completions", own.url());
        assertEquals("llama", own.model());
        assertNull(own.apiKey());
        assertFalse(own.headers("application/json").containsKey("Authorization"));

        EngineCredentials credentials = new EngineCredentials("client-key", null);
        assertEquals(
                "client-key",
                OpenAiAccount.of(assistant(elsewhere, credentials), platform).apiKey());
        assertEquals(
                "client-key",
                OpenAiAccount.of(assistant(new JsonObject(), credentials), platform)
                        .apiKey());
    }

    @Test
    void keepsTheKeyOutOfToString() {
        EngineCredentials credentials = new EngineCredentials("client-key", "whsec_x");
        assertFalse(assistant(new JsonObject(), credentials).toString().contains("client-key"));
        assertFalse(new OpenAiAccount("https://h", "client-key", "m", false)
                .toString()
                .contains("client-key"));
    }

    private static JsonObject request(Turn turn) {
        return OpenAiPrompt.of(turn).body("m");
    }

    private static Turn turn(List<TurnMessage> history, List<TurnMessage> unanswered, List<ToolResult> results) {
        return new Turn(
                1,
                2,
                3,
                assistant(new JsonObject().put("instructions", "Seja breve."), null),
                history,
                unanswered,
                results,
                Spending.NONE,
                Spending.NONE,
                null);
    }

    private static AssistantSetup assistant(JsonObject configuration, EngineCredentials credentials) {
        JsonObject tool =
                new JsonObject().put("url", "https://crm.example.com/").put("parameters", SCHEMA);
        return new AssistantSetup(
                1,
                "openai:test-model:8b",
                configuration,
                credentials,
                List.of(new ToolSetup(1, "buscar", "ConsultaCRM", "Busca imóveis", tool, null)));
    }

    private static TurnMessage message(String sender, String type, String text) {
        return new TurnMessage(1, sender, ContentColumns.read(type, text, null), Instant.EPOCH);
    }

    private static OpenAiConfig config(String url, String key) {
        return new OpenAiConfig() {
            @Override
            public String cutNotice() {
                return "(interrompida)";
            }

            @Override
            public String baseUrl() {
                return url;
            }

            @Override
            public Optional<String> apiKey() {
                return Optional.of(key);
            }

            @Override
            public Duration timeLimit() {
                return Duration.ofSeconds(1);
            }
        };
    }
}
