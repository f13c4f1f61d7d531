package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.VoiceSimulation;
import dev.comuta.sandbox.voice.PhoneScript;
import dev.comuta.sandbox.voice.VoiceGateway;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scenario 3.2 of the design document: a call of the company through its gateway, on a channel made by its own request. */
class OutboundCallJourneyTest {

    /** Two real seconds, in which a busy machine answers the questions about the connection. */
    private static final Duration CONVERSATION = Duration.ofSeconds(100);

    private static Comuta comuta;
    private static VoiceSimulation voice;

    private final String company = Comuta.newNumber();
    private final String person = Comuta.newNumber();
    private final String broker = Comuta.newNumber();
    private String home;
    private long userId;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        voice = comuta.sandbox().providers().voice();
        voice.pace().secondLasts(Duration.ofMillis(20));
    }

    @AfterAll
    static void atTheUsualPace() {
        voice.pace().secondLasts(Duration.ofSeconds(1));
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
        userId = comuta.platform()
                .post(
                        home + "/users",
                        new JsonObject()
                                .put("userName", "João Correia")
                                .put("userRole", "Corretor")
                                .put("phoneNumber", broker))
                .expect(201)
                .json()
                .getLong("userId");
        JsonObject channel = comuta.platform()
                .post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "VoiceCall")
                                .put("channelIdentifier", company)
                                .put("status", "Ativo")
                                .put("sipTrunkId", "Trunk_X")
                                .put("defaultUserId", userId)
                                .put(
                                        "outboundUrl",
                                        comuta.sandbox()
                                                .providers()
                                                .url()
                                                .resolve(VoiceGateway.PATH)
                                                .toString()))
                .expect(201)
                .json();
        voice.registerGateway(
                company, channel.getString("webhookSecret"), comuta.server().baseUrl());
        voice.phones().script(person, PhoneScript.answers());
        voice.phones().script(broker, PhoneScript.answers().presses("1").hangsUpAfter(CONVERSATION));
    }

    @AfterEach
    void clear() {
        comuta.sandbox().providers().clearFaults();
        voice.phones().clear();
    }

    @Test
    void theSeedsRequestCallsAndItsRowsAndEventsFollow() {
        Answer created = comuta.platform().post(home + "/calls", seed()).expect(201);
        JsonObject call = created.json();

        assertEquals(home + "/calls/" + call.getLong("callId"), created.location());
        assertEquals("Initiated", call.getString("callStatus"));
        assertEquals("Outbound", call.getString("callDirection"));
        assertEquals("Trunk_X", call.getString("sipTrunkId"));
        awaitStatus(call, "Completed");
        assertEquals("Outbound Trunk_X Completed t", comuta.value("""
                select concat_ws(' ', CallDirection, SIPTrunkID, CallStatus, EndTime is not null) from Calls where CallID = ?""", call.getLong("callId")));
        assertEquals(
                List.of("SessãoIniciada", "ChamadaConectada", "ChamadaEncerrada", "SessãoEncerrada"),
                comuta.column(
                        "select EventType from Events where SessionID = ? and EventType not like 'Tarefa%' order by EventID",
                        call.getLong("sessionId")));
        for (String event : List.of("ChamadaConectada", "ChamadaEncerrada")) {
            assertEquals(
                    "{\"CallID\": \"" + call.getLong("callId") + "\"}",
                    comuta.value(
                            "select EventData::text from Events where SessionID = ? and EventType = ?",
                            call.getLong("sessionId"),
                            event));
        }
        assertEquals(1, voice.gateway().dialled(person).size());
        assertEquals(1, voice.gateway().dialled(broker).size(), "the broker is connected with the end user");
    }

    @Test
    void theSameRequestTenTimesWithOneKeyDialsOnce() {
        String key = UUID.randomUUID().toString();
        List<CompletableFuture<Answer>> answers =
                IntStream.range(0, 10).mapToObj(time -> post(key)).toList();
        Set<String> bodies = answers.stream()
                .map(CompletableFuture::join)
                .map(answer -> answer.expect(201).body())
                .collect(java.util.stream.Collectors.toSet());

        assertEquals(1, bodies.size());
        awaitStatus(new JsonObject(bodies.iterator().next()), "Completed");
        assertEquals(1, voice.gateway().dialled(person).size());
    }

    @Test
    void aResponseThatIsLostDialsOnce() {
        comuta.sandbox().providers().fault(Fault.of("voice-gateway", Mode.CUT).containing(person.substring(1)));
        JsonObject call =
                comuta.platform().post(home + "/calls", seed()).expect(201).json();

        awaitStatus(call, "Completed");
        assertEquals(1, voice.gateway().dialled(person).size());
    }

    @Test
    void clickToCallRingsTheBrokerFirst() {
        voice.phones().script(broker, PhoneScript.answers().presses("1"));
        voice.phones().script(person, PhoneScript.answers().hangsUpAfter(CONVERSATION));
        JsonObject call = comuta.platform()
                .post(home + "/calls", seed().put("userId", userId))
                .expect(201)
                .json();

        awaitStatus(call, "Completed");
        assertEquals(1, voice.gateway().dialled(broker).size());
        assertEquals(1, voice.gateway().dialled(person).size());
        assertEquals(1L, comuta.value("select count(*) from Calls where SessionID = ?", call.getLong("sessionId")));
        assertTrue(
                voice.phones().heard(broker).stream().anyMatch(heard -> heard.contains("Tecle 1 para ligar")),
                () -> voice.phones().heard(broker).toString());
    }

    @Test
    void numbersThatMustNotBeCalledAreRejectedWithASentence() {
        Answer emergency =
                comuta.platform().post(home + "/calls", seed().put("to", "190")).expectProblem(400, "invalid-request");

        assertTrue(emergency.body().contains("emergency"), emergency.body());
        comuta.platform().post(home + "/calls", seed().put("from", person)).expectProblem(400, "invalid-request");
        assertEquals(0L, comuta.value("""
                select count(*) from Calls c join Sessions s using (SessionID) join CommunicationChannels h
                    on h.ChannelID = s.ChannelID where h.ChannelIdentifier = ?""", company));
    }

    /** Posts the seed's body, and repeats it while the server asks for that. */
    private CompletableFuture<Answer> post(String key) {
        return comuta.platform()
                .sendAsync("POST", home + "/calls", seed().encode(), "Idempotency-Key", key)
                .thenCompose(answer -> answer.status() == 503 ? post(key) : CompletableFuture.completedFuture(answer));
    }

    private JsonObject seed() {
        return new JsonObject().put("to", person).put("from", company);
    }

    private static void awaitStatus(JsonObject call, String status) {
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        status, comuta.value("select CallStatus from Calls where CallID = ?", call.getLong("callId"))));
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        1L,
                        comuta.value(
                                "select count(*) from Events where SessionID = ? and EventType = 'SessãoEncerrada'",
                                call.getLong("sessionId"))));
    }
}
