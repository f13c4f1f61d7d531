package dev.comuta.provider.agent;

import dev.comuta.assistant.ToolSetup;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.assistant.turn.Turn.ToolResult;
import dev.comuta.assistant.turn.Turn.TurnMessage;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A turn as an agent reads it:
 *
 * <pre>{@code
 * {"turnId": 1, "clientId": 1, "sessionId": 1,
 *  "messages": [{"messageId": 1, "senderType": "Usuário-Cliente", "content": {"contentType": "Texto", "text": "…"}, "at": "…",
 *                "unanswered": true}],
 *  "results": [{"tool": "…", "arguments": {…}, "failed": false, "result": {…}}],
 *  "tools": [{"tool": "…", "description": "…", "parameters": {…}}]}
 * }</pre>
 */
final class AgentTurn {

    static final String EXAMPLE = """
            {"turnId": 9, "clientId": 1, "sessionId": 4,
             "messages": [{"messageId": 7, "senderType": "Usuário-Cliente",
               "content": {"contentType": "Texto", "text": "Há imóveis no centro?"}, "at": "2026-01-31T12:00:00Z", "unanswered": true}],
             "results": [],
             "tools": [{"tool": "buscar_imoveis", "description": "Imóveis de um bairro",
               "parameters": {"type": "object"}}]}""";

    private AgentTurn() {}

    static JsonObject of(Turn turn) {
        JsonArray messages = new JsonArray();
        turn.history().forEach(message -> messages.add(message(message, false)));
        turn.unanswered().forEach(message -> messages.add(message(message, true)));
        JsonArray results = new JsonArray();
        turn.results().forEach(result -> results.add(result(result)));
        JsonArray tools = new JsonArray();
        turn.assistant().tools().forEach(tool -> tools.add(tool(tool)));
        return new JsonObject()
                .put("turnId", turn.turnId())
                .put("clientId", turn.clientId())
                .put("sessionId", turn.sessionId())
                .put("messages", messages)
                .put("results", results)
                .put("tools", tools);
    }

    private static JsonObject message(TurnMessage message, boolean unanswered) {
        return new JsonObject()
                .put("messageId", message.messageId())
                .put("senderType", message.senderType())
                .put("content", JsonObject.mapFrom(message.content()))
                .put("at", message.at().toString())
                .put("unanswered", unanswered);
    }

    private static JsonObject result(ToolResult result) {
        return new JsonObject()
                .put("tool", result.toolName())
                .put("arguments", result.arguments())
                .put("failed", result.failed())
                .put("result", result.result());
    }

    private static JsonObject tool(ToolSetup tool) {
        return new JsonObject()
                .put("tool", tool.toolName())
                .put("description", tool.description())
                .put("parameters", tool.configuration().getJsonObject("parameters"));
    }
}
