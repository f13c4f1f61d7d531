package dev.comuta.journey;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** A client company with one of everything, for tests of who may see it. Its texts hold a mark that no other has. */
final class Company {

    private final Comuta comuta;
    private final Api platform;
    private final String mark;
    private final Map<String, Object> ids = new HashMap<>();

    private Company(Comuta comuta, String mark) {
        this.comuta = comuta;
        this.platform = comuta.platform();
        this.mark = mark;
    }

    static Company found(Comuta comuta, String mark) {
        Company company = new Company(comuta, mark);
        company.register();
        return company;
    }

    String mark() {
        return mark;
    }

    /** Path parameter -> id of what this company has; all that can be anybody's own is its first broker's. */
    Map<String, Object> ids() {
        return Map.copyOf(ids);
    }

    long id(String name) {
        return ((Number) ids.get(name)).longValue();
    }

    /** Another broker, who has nothing yet. */
    long hire(String name) {
        return platform.post(
                        home() + "/users",
                        new JsonObject().put("userName", name).put("userRole", "Corretor"))
                .expect(201)
                .json()
                .getLong("userId");
    }

    String home() {
        return "/clients/" + ids.get("clientId");
    }

    /** Issues a key and tells it. */
    JsonObject key(JsonObject fields) {
        return platform.post(home() + "/api-keys", fields.put("name", "chave " + mark))
                .expect(201)
                .json();
    }

    Api administrator() {
        return as(key(new JsonObject()));
    }

    Api user(long userId) {
        return as(key(new JsonObject().put("userId", userId)));
    }

    Api role(String role) {
        return as(key(new JsonObject().put("role", role)));
    }

    Api narrowed(String... scopes) {
        JsonArray words = new JsonArray();
        for (String scope : scopes) {
            words.add(scope);
        }
        return as(key(new JsonObject().put("scopes", words)));
    }

    Api as(JsonObject key) {
        return comuta.api(key.getString("key"));
    }

    private void register() {
        ids.put("clientId", post("/clients", "clientId", new JsonObject().put("clientName", mark)));
        ids.put("userId", hire(mark));
        ids.put("apiKeyId", key(new JsonObject()).getLong("apiKeyId"));
        JsonObject assistant =
                new JsonObject().put("assistantName", "Atendente").put("implementationReference", "builtin:atendente");
        ids.put("assistantId", post("/assistants", "assistantId", assistant));
        post(home() + "/assistants", "clientAssistantId", new JsonObject().put("assistantId", ids.get("assistantId")));
        ids.put("toolId", insert("""
                insert into AssistantTools (ClientID, AssistantID, ToolName, TaskType, Configuration)
                values (?, ?, ?, 'ConsultaCRM', '{"method": "GET", "url": "https://crm.example.com/"}')
                returning ToolID""", id("clientId"), id("assistantId"), mark));
        ids.put("channelId", insert("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, DefaultUserID)
                values (?, 'WhatsApp', ?, ?) returning ChannelID""", id("clientId"), Comuta.newNumber(), id("userId")));
        JsonObject person = new JsonObject().put("name", mark).put("userId", ids.get("userId"));
        ids.put("endUserId", post(home() + "/end-users", "endUserId", person));
        ids.put("consentId", insert("""
                insert into Consents (ClientID, EndUserID, Purpose, Status, Source)
                values (?, ?, ?, 'Concedido', 'Contrato')
                returning ConsentID""", id("clientId"), id("endUserId"), mark));
        converse();
        ids.put("alertId", insert("""
                insert into Alerts (ClientID, Cause, Detail) values (?, 'tarefa/ConsultaCRM', ?) returning AlertID""", id("clientId"), mark));
    }

    private void converse() {
        ids.put("sessionId", insert("""
                insert into Sessions (ClientID, ChannelID, UserID, EndUserID, LiveKitRoomID)
                values (?, ?, ?, ?, ?) returning SessionID""", id("clientId"), id("channelId"), id("userId"), id("endUserId"), mark));
        ids.put("messageId", insert("""
                insert into Messages (SessionID, SenderType, ContentType, Content)
                values (?, 'Usuário-Cliente', 'Texto', ?) returning MessageID""", id("sessionId"), mark));
        ids.put("taskId", insert("""
                insert into BackgroundTasks (SessionID, TaskType, Status, ResultData)
                values (?, 'ConsultaCRM', 'Falhou', jsonb_build_object('imovel', ?::text)) returning TaskID""", id("sessionId"), mark));
        ids.put("eventId", insert("""
                insert into Events (SessionID, EventType, EventData)
                values (?, 'NotificaçãoProativa', jsonb_build_object('mensagem', ?::text)) returning EventID""", id("sessionId"), mark));
    }

    private Object post(String path, String id, JsonObject body) {
        return platform.post(path, body).expect(201).json().getLong(id);
    }

    private Object insert(String sql, Object... parameters) {
        return comuta.value(sql, parameters);
    }
}
