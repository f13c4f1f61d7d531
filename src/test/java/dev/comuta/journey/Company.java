package dev.comuta.journey;

import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A client company with one row of each kind, for tests of access. Its texts contain a unique mark. */
final class Company {

    static final String FILE_TYPE = "application/octet-stream";

    /** The name under which {@link #ids} have the company's channel for calls. */
    static final String VOICE_CHANNEL_ID = "voiceChannelId";

    private final Comuta comuta;
    private final Api platform;
    private final String mark;
    private final Map<String, Object> ids = new HashMap<>();
    private String voiceNumber;

    private Company(Comuta comuta, String mark) {
        this.comuta = comuta;
        this.platform = comuta.platform();
        this.mark = mark;
    }

    static Company create(Comuta comuta, String mark) {
        Company company = new Company(comuta, mark);
        company.register();
        return company;
    }

    String mark() {
        return mark;
    }

    /**
     * Maps each path parameter to the id of this company's row. Rows that can have an owner belong to the first broker.
     */
    Map<String, Object> ids() {
        return Map.copyOf(ids);
    }

    /** The number from which the company calls. */
    String voiceNumber() {
        return voiceNumber;
    }

    long id(String name) {
        return ((Number) ids.get(name)).longValue();
    }

    /** Adds a broker without rows, and returns its id. */
    long addBroker(String name) {
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

    /** Creates a key and returns the response, which contains the secret. */
    JsonObject createKey(JsonObject fields) {
        if (!fields.containsKey("userId") && !fields.containsKey("role")) {
            fields.put("role", "Administrador");
        }
        return platform.post(home() + "/api-keys", fields.put("name", "chave " + mark))
                .expect(201)
                .json();
    }

    Api administrator() {
        return as(createKey(new JsonObject()));
    }

    Api user(long userId) {
        return as(createKey(new JsonObject().put("userId", userId)));
    }

    Api role(String role) {
        return as(createKey(new JsonObject().put("role", role)));
    }

    Api withScopes(String... scopes) {
        JsonArray words = new JsonArray();
        for (String scope : scopes) {
            words.add(scope);
        }
        return as(createKey(new JsonObject().put("scopes", words)));
    }

    Api as(JsonObject key) {
        return comuta.api(key.getString("key"));
    }

    private void register() {
        ids.put("clientId", post("/clients", "clientId", new JsonObject().put("clientName", mark)));
        ids.put("userId", addBroker(mark));
        ids.put("apiKeyId", createKey(new JsonObject()).getLong("apiKeyId"));
        JsonObject assistant =
                new JsonObject().put("assistantName", "Atendente").put("implementationReference", "builtin:atendente");
        ids.put("assistantId", post("/assistants", "assistantId", assistant));
        post(home() + "/assistants", "clientAssistantId", new JsonObject().put("assistantId", ids.get("assistantId")));
        ids.put("toolId", insert("""
                insert into AssistantTools (ClientID, AssistantID, ToolName, TaskType, Configuration)
                values (?, ?, ?, 'ConsultaCRM', '{"method": "GET", "url": "https://crm.example.com/"}')
                returning ToolID""", id("clientId"), id("assistantId"), mark));
        ids.put("channelId", insert("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, DefaultUserID, Status)
                values (?, 'WhatsApp', ?, ?, 'Ativo') returning ChannelID""", id("clientId"), Comuta.newNumber(), id("userId")));
        ids.put("templateId", insert("""
                insert into Templates (ClientID, ChannelID, Name, Language, Category, Status, Components)
                values (?, ?, ?, 'pt_BR', 'Utilidade', 'Aprovado', '{"parts": []}')
                returning TemplateID""", id("clientId"), id("channelId"), mark));
        JsonObject person = new JsonObject().put("name", mark).put("userId", ids.get("userId"));
        ids.put("endUserId", post(home() + "/end-users", "endUserId", person));
        ids.put("consentId", insert("""
                insert into Consents (ClientID, EndUserID, Purpose, Status, Source)
                values (?, ?, ?, 'Concedido', 'Contrato')
                returning ConsentID""", id("clientId"), id("endUserId"), mark));
        addConversation();
        insert("""
                insert into CommunicationChannels
                    (ClientID, ChannelType, ChannelIdentifier, Status, Provider, ProviderID, ProvedAt)
                values (?, 'WhatsApp', ?, 'Inativo', 'Meta', ?, now())
                returning ChannelID""", id("clientId"), Comuta.newNumber(), mark);
        ids.put("parkedItemId", insert("""
                insert into ParkedItems (Provider, ProviderID, ReceiptID, Reason, Payload)
                values ('Meta', ?, ?, 'Ilegível', jsonb_build_object('raw', ?::text))
                returning ParkedID""", mark, UUID.randomUUID().toString(), mark));
        ids.put("alertId", insert("""
                insert into Alerts (ClientID, Cause, Detail) values (?, 'tarefa/ConsultaCRM', ?) returning AlertID""", id("clientId"), mark));
    }

    private void addConversation() {
        ids.put("sessionId", insert("""
                insert into Sessions (ClientID, ChannelID, UserID, EndUserID, LiveKitRoomID)
                values (?, ?, ?, ?, ?) returning SessionID""", id("clientId"), id("channelId"), id("userId"), id("endUserId"), mark));
        addCall();
        ids.put("messageId", insert("""
                insert into Messages (SessionID, SenderType, ContentType, Content)
                values (?, 'Usuário-Cliente', 'Texto', ?) returning MessageID""", id("sessionId"), mark));
        ids.put("mediaId", insert("""
                insert into MediaObjects (ClientID, SessionID, MessageID, Kind) values (?, ?, ?, 'Imagem')
                returning MediaID""", id("clientId"), id("sessionId"), id("messageId")));
        ids.put("taskId", insert("""
                insert into BackgroundTasks (SessionID, TaskType, Status, ResultData)
                values (?, 'ConsultaCRM', 'Falhou', jsonb_build_object('imovel', ?::text)) returning TaskID""", id("sessionId"), mark));
        ids.put("eventId", insert("""
                insert into Events (SessionID, EventType, EventData)
                values (?, 'NotificaçãoProativa', jsonb_build_object('mensagem', ?::text)) returning EventID""", id("sessionId"), mark));
    }

    /** A call that goes on, in a session of its own, with a transfer. */
    private void addCall() {
        voiceNumber = Comuta.newNumber();
        ids.put(VOICE_CHANNEL_ID, insert("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, DefaultUserID, Status)
                values (?, 'VoiceCall', ?, ?, 'Ativo') returning ChannelID""", id("clientId"), voiceNumber, id("userId")));
        Object session = insert("""
                insert into Sessions (ClientID, ChannelID, UserID, EndUserID)
                values (?, ?, ?, ?) returning SessionID""", id("clientId"), id(VOICE_CHANNEL_ID), id("userId"), id("endUserId"));
        ids.put("callId", insert("""
                insert into Calls (SessionID, CallDirection, CallStatus, AnsweredAt, FromNumber)
                values (?, 'Inbound', 'In Progress', now(), ?) returning CallID""", session, mark));
        insert("""
                insert into CallTransfers (ClientID, CallID, SessionID, Kind, Status, ToNumber, Summary, RingSeconds)
                values (?, ?, ?, 'Assistida', 'Falhou', ?, ?, 30)
                returning TransferID""", id("clientId"), id("callId"), session, mark, mark);
    }

    /** Sends a file to the operation that stores it. */
    static Answer upload(Api caller, String path) {
        return caller.send("POST", path + "?kind=Documento", "%PDF-1.7", "content-type", FILE_TYPE);
    }

    private Object post(String path, String id, JsonObject body) {
        return platform.post(path, body).expect(201).json().getLong(id);
    }

    private Object insert(String sql, Object... parameters) {
        return comuta.value(sql, parameters);
    }
}
