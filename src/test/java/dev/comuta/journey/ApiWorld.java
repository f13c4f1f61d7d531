package dev.comuta.journey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.ApiDescription.Operation;
import dev.comuta.sandbox.ModelScenario;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A separate client company for the test of one operation, with the resources that the operation's path and body name.
 * A resource is created by the documented POST on its collection, or by {@link #createBySql} when there is no such
 * POST.
 */
final class ApiWorld {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final String CLIENT = "/clients/{clientId}";

    /** Maps an operation to the operation that must succeed before it. */
    private static final Map<String, String> PREREQUISITES = Map.of(
            "releaseSession",
            "handOffSession",
            "getCallTransfer",
            "transferCall",
            "cancelCallTransfer",
            "transferCall");

    private static final String CALL_SCRIPT =
            "{\"refused\": false, \"opening\": [], \"steps\": [], \"recorded\": false, \"maxSeconds\": 3600}";

    private final Comuta comuta;
    private final ApiDescription description;
    private final Api platform;
    private final Operation tested;
    private final Map<String, String> ids = new HashMap<>();
    private Api caller;

    ApiWorld(Comuta comuta, ApiDescription description, Operation tested) {
        this.comuta = comuta;
        this.description = description;
        this.platform = comuta.platform();
        this.tested = tested;
        this.caller = platform;
    }

    /** Sends the operation that must succeed before the tested one. */
    ApiWorld prepare() {
        String first = PREREQUISITES.get(tested.id());
        description
                .operations()
                .filter(operation -> operation.id().equals(first))
                .forEach(this::send);
        switch (tested.id()) {
            case "requestTranscript" -> addVoiceNote();
            case "getCallPlan", "changeCallPlan" -> ids.put(CLIENT + "/channels/{channelId}", voiceChannelId());
            case "makeCall" -> allowCallsAtAnyHour();
            case "createRoomToken" -> addRoom();
            default -> {}
        }
        return this;
    }

    /** A message with an audio file, of a client that wants transcripts. The file never arrives. */
    private void addVoiceNote() {
        String message = CLIENT + "/sessions/{sessionId}/messages/{messageId}";
        String session = CLIENT + "/sessions/{sessionId}";
        ids.put(
                message,
                insert(
                        "insert into Messages (SessionID, SenderType, ContentType) values (?, 'Usuário-Cliente', 'Áudio') "
                                + "returning MessageID",
                        number(session, "sessionId")));
        insert(
                "insert into MediaObjects (ClientID, SessionID, MessageID, Kind) values (?, ?, ?, 'Áudio') returning MediaID",
                Long.parseLong(clientId()),
                number(session, "sessionId"),
                number(message, "messageId"));
        insert(
                "insert into TranscriptionSettings (ClientID, Enabled) values (?, true) returning ClientID",
                Long.parseLong(clientId()));
    }

    private void allowCallsAtAnyHour() {
        platform.send(
                        "PUT",
                        "/clients/" + clientId() + "/call-rules",
                        "{\"callingHours\":{\"from\":\"00:00\",\"until\":\"24:00\"}}")
                .expect(200);
    }

    /** A session with a room at LiveKit, which a user of the company may join. */
    private void addRoom() {
        long channel = voiceChannels().liveKit().channelId();
        ids.put(
                CLIENT + "/sessions/{sessionId}",
                insert(
                        "insert into Sessions (ClientID, ChannelID, LiveKitRoomID) values (?, ?, 'sala') returning SessionID",
                        Long.parseLong(clientId()),
                        channel));
        JsonObject key =
                new JsonObject().put("name", "sala").put("userId", number(CLIENT + "/users/{userId}", "userId"));
        caller = comuta.api(platform.post("/clients/" + clientId() + "/api-keys", key)
                .expect(201)
                .json()
                .getString("key"));
    }

    private VoiceChannels voiceChannels() {
        return new VoiceChannels(comuta, "/clients/" + clientId());
    }

    private String voiceChannelId() {
        return Long.toString(voiceChannels().twilio().channelId());
    }

    /** A call that was answered, at Twilio. */
    private String addCall() {
        long clientId = Long.parseLong(clientId());
        String session = insert(
                "insert into Sessions (ClientID, ChannelID) values (?, ?) returning SessionID",
                clientId,
                Long.parseLong(voiceChannelId()));
        return insert(
                "insert into Calls (SessionID, CallDirection, CallStatus, Connected, AnsweredAt, AttendedAt, ProviderCallID, "
                        + "FromNumber, ToNumber, Script) values (?, 'Inbound', 'In Progress', true, now(), now(), ?, "
                        + "'+5511998765432', '+5511999999999', ?::jsonb) returning CallID",
                Long.parseLong(session),
                "CA" + UUID.randomUUID().toString().replace("-", ""),
                CALL_SCRIPT);
    }

    /** Sends the documented request, with ids of existing resources. */
    Answer send(Operation operation) {
        if (Company.FILE_TYPE.equals(operation.bodyType())) {
            return Company.upload(platform, resolve(operation.path()));
        }
        ObjectNode body = body(operation);
        Api sender = operation.equals(tested) ? caller : platform;
        return sender.send(operation.method(), resolve(operation.path()), body == null ? null : body.toString());
    }

    /** The id of the company. */
    String clientId() {
        return id(CLIENT, "clientId");
    }

    /** The path with ids of existing resources. */
    String resolve(String path) {
        Matcher parameter = PARAMETER.matcher(path);
        StringBuilder resolved = new StringBuilder();
        while (parameter.find()) {
            parameter.appendReplacement(resolved, id(path.substring(0, parameter.end()), parameter.group(1)));
        }
        return parameter.appendTail(resolved).toString();
    }

    /**
     * The documented body, with new values for unique fields and ids of existing resources; null when the operation has
     * no body.
     */
    ObjectNode body(Operation operation) {
        ObjectNode body = operation.bodyExample();
        if (body != null) {
            List.copyOf(body.properties()).forEach(field -> {
                String value = replacement(operation, field.getKey());
                if (value != null && field.getValue().isNumber()) {
                    body.put(field.getKey(), Long.parseLong(value));
                } else if (value != null) {
                    body.put(field.getKey(), value);
                }
            });
            if (body.path("configuration") instanceof ObjectNode configuration && configuration.has("url")) {
                leadToTheSimulatedCrm(configuration);
            }
        }
        return body;
    }

    /** A tool that is tried needs a system that answers. */
    private void leadToTheSimulatedCrm(ObjectNode configuration) {
        JsonObject tool =
                new JsonObject(ModelScenario.tool(comuta.sandbox().providers().url()));
        JsonObject crm = tool.getJsonObject("configuration");
        configuration.put("url", crm.getString("url"));
        configuration
                .putObject("authentication")
                .put("type", "bearer")
                .put("token", crm.getJsonObject("authentication").getString("token"));
    }

    private String replacement(Operation operation, String field) {
        if ("makeCall".equals(operation.id())) {
            return "from".equals(field) ? voiceChannels().twilio().number() : Comuta.newNumber();
        }
        return switch (field) {
            case "phoneNumber", "channelIdentifier" -> Comuta.newNumber();
            case "email" -> UUID.randomUUID() + "@example.com";
            case "toolName" -> "t" + UUID.randomUUID().toString().replace('-', '_');
            case "outboundUrl" ->
                comuta.sandbox().providers().url().resolve("/gateway/messages").toString();
            case "userId", "defaultUserId" -> referencedId(operation, "users", "userId");
            case "assistantId" -> referencedId(operation, "assistants", "assistantId");
            case "endUserId" -> referencedId(operation, "end-users", "endUserId");
            case "mergedEndUserId" -> create(CLIENT + "/end-users/{endUserId}", "endUserId");
            case "channelId" -> referencedId(operation, "channels", "channelId");
            default -> null;
        };
    }

    /**
     * The id of a resource that a body names. An operation that adds to a client's collection names one of the
     * platform.
     */
    private String referencedId(Operation operation, String collection, String parameter) {
        String ofClient = CLIENT + "/" + collection;
        String path =
                operation.path().startsWith(CLIENT) && !operation.path().equals(ofClient) ? ofClient : "/" + collection;
        return id(path + "/{" + parameter + "}", parameter);
    }

    private String id(String path, String parameter) {
        String known = ids.get(path);
        if (known == null) {
            known = create(path, parameter);
            ids.put(path, known);
        }
        return known;
    }

    private String create(String path, String parameter) {
        String collection = path.substring(0, path.lastIndexOf('/'));
        if ("callId".equals(parameter)) {
            return addCall();
        }
        return description
                .operation("POST", collection)
                .map(create -> idIn(send(create).expect(201).json(), parameter))
                .orElseGet(() -> createBySql(path, parameter));
    }

    /** The id of what was created; a started conversation has the one of its session in {@code session}. */
    private static String idIn(JsonObject created, String parameter) {
        return created.getJsonObject("session", created).getValue(parameter).toString();
    }

    /** Creates a row that no operation creates, because it results from messages and tasks. */
    private String createBySql(String path, String parameter) {
        return switch (parameter) {
            case "taskId" ->
                insert(
                        "insert into BackgroundTasks (SessionID, TaskType, Status, NotBefore) "
                                + "values (?, 'ConsultaCRM', ?, now() + interval '1 day') returning TaskID",
                        number(CLIENT + "/sessions/{sessionId}", "sessionId"),
                        "retryTask".equals(tested.id()) ? "Falhou" : "Pendente");
            case "alertId" ->
                insert(
                        "insert into Alerts (ClientID, Cause, Detail) values (?, ?, 'x') returning AlertID",
                        path.startsWith(CLIENT) ? Long.parseLong(clientId()) : null,
                        UUID.randomUUID().toString());
            case "parkedItemId" -> addParkedItem();
            default ->
                throw new AssertionError("no POST creates a {" + parameter + "} for " + path
                        + ": add an insert to ApiWorld.createBySql");
        };
    }

    /** An item of a number that was proved to be the client's, and has no active channel now. */
    private String addParkedItem() {
        String providerId = UUID.randomUUID().toString();
        insert(
                "insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider, ProviderID, "
                        + "ProvedAt) values (?, 'WhatsApp', ?, 'Inativo', 'Meta', ?, now()) returning ChannelID",
                Long.parseLong(clientId()),
                Comuta.newNumber(),
                providerId);
        return insert(
                "insert into ParkedItems (Provider, ProviderID, ReceiptID, Reason, Payload) "
                        + "values ('Meta', ?, ?, 'Número desconhecido', '{\"contentType\": \"Texto\"}') returning ParkedID",
                providerId,
                providerId);
    }

    private String insert(String sql, Object... values) {
        return comuta.value(sql, values).toString();
    }

    private long number(String path, String parameter) {
        return Long.parseLong(id(path, parameter));
    }
}
