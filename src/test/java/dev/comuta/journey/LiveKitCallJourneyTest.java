package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.sandbox.LiveKitCallee;
import dev.comuta.sandbox.LiveKitDelivery;
import dev.comuta.sandbox.LiveKitProvider;
import dev.comuta.sandbox.LiveKitRecorder;
import dev.comuta.sandbox.StandardWebhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls in rooms of LiveKit, from the telephone to the rows and events. */
class LiveKitCallJourneyTest {

    private static final int INBOUND = 25;
    private static final int ANSWERED = 15;
    private static final int BUSY = 10;
    private static final int GOING_ON = 3;

    private static Comuta comuta;
    private static LiveKitProvider liveKit;

    private final String apiKey = "API" + UUID.randomUUID();
    private final String company = Comuta.newNumber();
    private final String person = Comuta.newNumber();
    private String home;
    private long userId;
    private Api broker;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        liveKit = comuta.sandbox().providers().liveKit();
    }

    @BeforeEach
    void register() {
        home = comuta.platform()
                .post("/clients", new JsonObject().put("clientName", "Imobiliária XPTO"))
                .expect(201)
                .location();
        comuta.platform()
                .send("PUT", home + "/call-rules", "{\"callingHours\":{\"from\":\"00:00\",\"until\":\"24:00\"}}")
                .expect(200);
        userId = user("João Correia");
        broker = comuta.api(brokerKey(userId));
        liveKit.register(apiKey, "secret", "ST_out1", company);
        liveKit.rule(apiKey, company, "comuta-in");
        comuta.platform()
                .post(home + "/channels", channel(company).put("sipTrunkId", "ST_out1"))
                .expect(201);
        plan(new JsonObject().put("followUp", new JsonObject().put("returnMinutes", 0)))
                .expect(200);
    }

    private JsonObject channel(String number) {
        return new JsonObject()
                .put("channelType", "VoiceCall")
                .put("provider", "LiveKit")
                .put("channelIdentifier", number)
                .put("status", "Ativo")
                .put("defaultUserId", userId)
                .put(
                        "credentials",
                        new JsonObject()
                                .put("url", comuta.sandbox().providers().url().toString())
                                .put("apiKey", apiKey)
                                .put("apiSecret", "secret"));
    }

    private long user(String name) {
        return comuta.platform()
                .post(home + "/users", new JsonObject().put("userName", name).put("userRole", "Corretor"))
                .expect(201)
                .json()
                .getLong("userId");
    }

    private String brokerKey(long owner) {
        return comuta.platform()
                .post(
                        home + "/api-keys",
                        new JsonObject().put("name", "celular").put("userId", owner))
                .expect(201)
                .json()
                .getString("key");
    }

    @AfterEach
    void finish() {
        liveKit.webhooks().delivery(LiveKitDelivery.NORMAL);
        makeDue();
    }

    /** Other tests wait until no task is open. */
    private void makeDue() {
        comuta.column("""
                update BackgroundTasks set NotBefore = now(), DueAt = now() where ClientID = ? and Status = 'Pendente'
                returning TaskID""", clientId());
    }

    @Test
    void anIncomingCallIsTakenInItsRoomByTheBroker() {
        String room = liveKit.callIn(apiKey, person, company, Map.of()).orElseThrow();
        awaitStatus("In Progress");
        String path = home + "/sessions/" + sessionId() + "/room-token";

        JsonObject token = broker.send("POST", path, null).expect(200).json();
        assertEquals(room, token.getString("room"));
        assertEquals("user-" + userId, token.getString("identity"));
        comuta.platform().send("POST", path, null).expectProblem(403, "forbidden");
        Api other = comuta.api(brokerKey(user("Outra Corretora")));
        other.send("POST", path, null).expectProblem(404, "not-found");

        liveKit.join(apiKey, room, token.getString("identity"));
        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(userId, value("AttendedBy")));
        liveKit.hangUp(apiKey, room, "sip_" + person);
        awaitStatus("Completed");

        assertEquals(
                List.of("SessãoIniciada", "ChamadaRecebida", "ChamadaConectada", "ChamadaEncerrada", "SessãoEncerrada"),
                events());
        assertEquals(room, comuta.value("select LiveKitRoomID from Sessions where SessionID = ?", sessionId()));
        broker.send("POST", path, null).expectProblem(409, "conflict");
    }

    /** No webhook reports the answer: the server is asked while the telephone rings. */
    @Test
    void anOutgoingCallRingsIsAnsweredAndEnds() {
        liveKit.callee(apiKey, person, LiveKitCallee.RINGS);
        call();
        awaitStatus("Ringing");
        liveKit.answer(apiKey, room(), callId());
        awaitStatus("In Progress");
        liveKit.hangUp(apiKey, room(), callId());
        awaitStatus("Completed");

        assertEquals(List.of("SessãoIniciada", "ChamadaConectada", "ChamadaEncerrada", "SessãoEncerrada"), events());
        assertEquals(1, liveKit.dialed(apiKey));
    }

    @Test
    void aBusyTelephoneIsDialledOnce() {
        liveKit.callee(apiKey, person, LiveKitCallee.BUSY);
        call();
        awaitStatus("Busy");

        comuta.awaitNoOpenTask();
        assertEquals(List.of("SessãoIniciada", "ChamadaEncerrada", "SessãoEncerrada"), events());
        assertEquals(1, liveKit.dialed(apiKey));
    }

    @Test
    void eventsThatComeTwiceAndInAnotherOrderLeadToOneCall() {
        liveKit.webhooks().delivery(new LiveKitDelivery(true, 0, true));
        String room = liveKit.callIn(apiKey, person, company, Map.of()).orElseThrow();
        liveKit.join(apiKey, room, "user-" + userId);
        liveKit.hangUp(apiKey, room, "sip_" + person);
        assertEquals(200, liveKit.webhooks().release(46).join());
        awaitStatus("Completed");

        assertEquals(1L, comuta.value("select count(*) from Calls where ClientID = ?", clientId()));
        assertEquals(1L, count("ChamadaRecebida"));
        assertEquals(1L, count("ChamadaConectada"));
        assertEquals(1L, count("ChamadaEncerrada"));
    }

    /** All events are lost; the row is set back instead of the clock forward. */
    @Test
    void aCallWithoutAnyEventReachesItsEnd() {
        liveKit.webhooks().delivery(new LiveKitDelivery(false, 10, false));
        call();
        awaitStatus("In Progress");
        liveKit.hangUp(apiKey, room(), callId());
        comuta.column("update Calls set CheckAt = now() where ClientID = ? returning CallID", clientId());
        awaitStatus("Completed");

        assertEquals(1, liveKit.dialed(apiKey));
    }

    /** A call that its own provider reports is also in a room: the carrier's id says that it is the same. */
    @Test
    void aCallThatTwilioLeadsIntoARoomIsNoSecondCall() {
        String number = Comuta.newNumber();
        String sid = "CA" + UUID.randomUUID();
        JsonObject channel = comuta.platform()
                .post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "VoiceCall")
                                .put("channelIdentifier", number)
                                .put("status", "Ativo")
                                .put("defaultUserId", userId))
                .expect(201)
                .json();
        JsonObject ringing = new JsonObject()
                .put("callSid", sid)
                .put("from", person)
                .put("to", number)
                .put("status", "ringing");
        Map<String, String> headers =
                StandardWebhook.headers(channel.getString("webhookSecret"), "msg_" + sid, ringing.encode());
        new SignedDelivery("/webhooks/voice", ringing.encode(), headers)
                .send(comuta)
                .expect(200);

        String room = liveKit.callIn(
                        apiKey, person, company, Map.of("sip.trunkPhoneNumber", number, "sip.twilio.callSid", sid))
                .orElseThrow();
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        room, comuta.value("select LiveKitRoomID from Sessions where SessionID = ?", sessionId())));
        assertEquals(1L, comuta.value("select count(*) from Calls where ClientID = ?", clientId()));
    }

    @Test
    void aRecordingIsFetchedAndAnnouncedOnce() {
        liveKit.webhooks().delivery(new LiveKitDelivery(true, 0, false));
        String room = liveKit.callIn(apiKey, person, company, Map.of()).orElseThrow();
        awaitStatus("In Progress");
        record("Iniciar").expect(202);
        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals("Gravando", recording("Status")));
        assertEquals(
                "LiveKit cannot pause a recording: stop it, and start another one",
                record("Pausar").expectProblem(409, "conflict").json().getString("detail"));
        liveKit.hangUp(apiKey, room, "sip_" + person);
        awaitStatus("Completed");

        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(1L, count("GravaçãoDisponível")));
        makeDue();
        comuta.awaitNoOpenTask();
        assertEquals(1L, count("GravaçãoDisponível"));
        JsonObject recording = comuta.platform()
                .get(home + "/calls/" + callId() + "/recordings")
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
        assertEquals("Gravada", recording.getString("status"));
        assertEquals(
                "audio/ogg",
                comuta.value("select MimeType from MediaObjects where MediaID = ?", recording.getLong("mediaId")));
        assertEquals(true, recording("OriginalDeletedAt is not null"));
        assertEquals(List.of(), liveKit.rooms(apiKey));
    }

    @Test
    void aRecordingThatFailedIsKnown() {
        liveKit.recorder(apiKey, LiveKitRecorder.FAILS);
        String room = liveKit.callIn(apiKey, person, company, Map.of()).orElseThrow();
        awaitStatus("In Progress");
        record("Iniciar").expect(202);
        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals("Gravando", recording("Status")));
        liveKit.hangUp(apiKey, room, "sip_" + person);

        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals("Falhou", recording("Status")));
        assertEquals(0L, count("GravaçãoDisponível"));
    }

    /** The plan says so, and the recording begins when the end user answers. */
    @Test
    void aCallThatIsRecordedFromItsBeginNeedsNoCommand() {
        plan(new JsonObject().put("recorded", true)).expect(200);
        call();
        awaitStatus("In Progress");

        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals("Gravando", recording("Status")));
        liveKit.hangUp(apiKey, room(), callId());
        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(1L, count("GravaçãoDisponível")));
    }

    @Test
    void anAgentThatDoesNotJoinIsFollowedByTheNextStep() {
        JsonObject nobody = new JsonObject().put("kind", "Agente").put("agent", "ninguem");
        JsonObject agent = new JsonObject().put("kind", "Agente").put("agent", "recepcao");
        plan(new JsonObject()
                        .put(
                                "steps",
                                new JsonArray().add(nobody.put("seconds", 5)).add(agent)))
                .expect(200);
        liveKit.agent(apiKey, "recepcao");
        var _ = liveKit.callIn(apiKey, person, company, Map.of()).orElseThrow();

        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(true, value("AttendedAt is not null")));
        assertEquals("In Progress", value("CallStatus"));
    }

    @Test
    void whatLiveKitCannotDoIsSaidWhenItIsRequested() {
        JsonObject voicemail = new JsonObject().put("kind", "Correio de voz");
        Api.Answer refused = plan(new JsonObject().put("steps", new JsonArray().add(voicemail)))
                .expectProblem(400, "invalid-request");
        assertEquals(
                "steps[0].kind",
                refused.json().getJsonArray("violations").getJsonObject(0).getString("field"));
        var _ = liveKit.callIn(apiKey, person, company, Map.of()).orElseThrow();
        awaitStatus("In Progress");
        String calls = home + "/calls/" + callId();

        assertEquals(
                "LiveKit cannot hold a call: mute the company's side instead",
                comuta.platform()
                        .send("POST", calls + "/hold", null)
                        .expectProblem(409, "conflict")
                        .json()
                        .getString("detail"));
        assertEquals(
                "LiveKit's API sends no digits: whoever is in the room sends them with LiveKit's client",
                comuta.platform()
                        .post(calls + "/digits", new JsonObject().put("digits", "1"))
                        .expectProblem(409, "conflict")
                        .json()
                        .getString("detail"));
    }

    /**
     * One in five events is lost, the others come twice and in another order. The rows are set back instead of the clock
     * forward; a call that goes on for hours goes on.
     */
    @Test
    void callsReachTheirTrueEndsWithoutEveryFifthEvent() {
        JsonObject broker = new JsonObject().put("kind", "Corretor").put("seconds", 300);
        plan(new JsonObject().put("steps", new JsonArray().add(broker))).expect(200);
        liveKit.webhooks().delivery(new LiveKitDelivery(true, 2, true));
        Map<String, String> rooms = new LinkedHashMap<>();
        IntStream.range(0, INBOUND)
                .mapToObj(i -> Comuta.newNumber())
                .forEach(number -> rooms.put(
                        number,
                        liveKit.callIn(apiKey, number, company, Map.of()).orElseThrow()));
        List<String> answering =
                IntStream.range(0, ANSWERED).mapToObj(i -> Comuta.newNumber()).toList();
        List<String> busy =
                IntStream.range(0, BUSY).mapToObj(i -> Comuta.newNumber()).toList();
        busy.forEach(number -> liveKit.callee(apiKey, number, LiveKitCallee.BUSY));
        Stream.concat(answering.stream(), busy.stream()).forEach(this::call);
        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(ANSWERED + BUSY, liveKit.dialed(apiKey)));
        assertEquals(200, liveKit.webhooks().release(5).join());
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals((long) INBOUND + ANSWERED, calls("CallStatus = 'In Progress'")));

        rooms.forEach((number, room) -> liveKit.hangUp(apiKey, room, "sip_" + number));
        answering.stream().skip(GOING_ON).forEach(number -> {
            String id = comuta.value("select CallID from Calls where ClientID = ? and ToNumber = ?", clientId(), number)
                    .toString();
            liveKit.hangUp(apiKey, "comuta-c" + clientId() + "-call-" + id, id);
        });
        assertEquals(200, liveKit.webhooks().release(6).join());
        comuta.column("""
                update Calls set StartTime = StartTime - interval '5 hours', CheckAt = now() where ClientID = ?
                returning CallID""", clientId());

        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(
                        () -> assertEquals((long) INBOUND + ANSWERED - GOING_ON, calls("CallStatus = 'Completed'")));
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals((long) BUSY, calls("CallStatus in ('Busy', 'No Answer')")));
        assertEquals((long) GOING_ON, calls("CallStatus = 'In Progress'"));
        assertEquals((long) INBOUND + ANSWERED, count("ChamadaConectada"));
        assertEquals((long) INBOUND + ANSWERED + BUSY - GOING_ON, count("ChamadaEncerrada"));
        assertEquals(ANSWERED + BUSY, liveKit.dialed(apiKey));
    }

    private Object calls(String condition) {
        return comuta.value("select count(*) from Calls where ClientID = ? and " + condition, clientId());
    }

    private Api.Answer record(String action) {
        return comuta.platform()
                .post(home + "/calls/" + callId() + "/recording", new JsonObject().put("action", action));
    }

    private Object recording(String column) {
        return comuta.value("select " + column + " from CallRecordings where ClientID = ?", clientId());
    }

    private Api.Answer plan(JsonObject plan) {
        Object channel = comuta.value("select ChannelID from CommunicationChannels where ClientID = ?", clientId());
        return comuta.platform().send("PATCH", home + "/channels/" + channel + "/call-plan", plan.encode());
    }

    private void call(String number) {
        comuta.platform()
                .post(home + "/calls", new JsonObject().put("to", number).put("from", company))
                .expect(201);
    }

    @Test
    void anEventWithoutItsSignatureIsRejected() {
        Api.Answer answer = comuta.anonymous()
                .withInvalidRequest()
                .post("/webhooks/livekit", new JsonObject().put("event", "room_started"));

        answer.expectProblem(401, "unauthenticated");
    }

    private void call() {
        call(person);
    }

    private void awaitStatus(String status) {
        await().atMost(Comuta.TIMEOUT).untilAsserted(() -> assertEquals(status, value("CallStatus")));
    }

    private Object value(String column) {
        return comuta.value("select " + column + " from Calls where ClientID = ?", clientId());
    }

    private String callId() {
        return value("CallID").toString();
    }

    private long sessionId() {
        return (long) value("SessionID");
    }

    private String room() {
        return "comuta-c" + clientId() + "-call-" + callId();
    }

    private long clientId() {
        return Long.parseLong(home.substring(home.lastIndexOf('/') + 1));
    }

    private List<Object> events() {
        return comuta.column(
                "select EventType from Events where ClientID = ? and SessionID is not null and EventType not like 'Tarefa%' order by EventID",
                clientId());
    }

    private Object count(String type) {
        return comuta.value("select count(*) from Events where ClientID = ? and EventType = ?", clientId(), type);
    }
}
