package dev.comuta.provider.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.comuta.call.Calls;
import dev.comuta.call.TestCalls;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.TestChannels;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.provider.livekit.api.LiveKitConfig;
import dev.comuta.provider.livekit.api.LiveKitEvent;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.Tasks;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What events of rooms do to the calls of a real database. */
class LiveKitEventsTest {

    private static final String ROOM = "c1-call-_+5511987654321_x";
    private static final String PERSON = "+5511987654321";
    private static final int ORDERS = 40;

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static LiveKitEvents events;

    @BeforeAll
    static void launch() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        TestCalls.seed(postgres, "LiveKit");
        LiveKitConfig config = TestTransactions.config(LiveKitConfig.class);
        Calls calls = TestCalls.calls(transactions.service());
        events = new LiveKitEvents(
                calls,
                TestCalls.rooms(transactions.service()),
                null,
                new LateTelephones(transactions.service(), new Tasks(), config),
                new LiveKitRecordings(calls, List.of()),
                new RoomWork(TestChannels.forSending(transactions.service(), List.of()), new Tasks()),
                config);
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void clear() {
        postgres.query("delete from Calls");
        postgres.query("delete from Events");
        postgres.query("delete from BackgroundTasks");
        postgres.query("update Sessions set LiveKitRoomID = null");
    }

    @Test
    void anIncomingCallRingsIsTakenInTheRoomAndEnds() {
        accept(telephone("participant_joined", "ringing"));
        assertEquals("Inbound Ringing SCL_1", call());
        assertEquals(ROOM, postgres.value("select LiveKitRoomID from Sessions s join Calls c using (SessionID)"));
        assertEquals(true, postgres.value("select CheckAt < clock_timestamp() + interval '3 seconds' from Calls"));

        accept(person("participant_joined", "user-1"));
        accept(telephone("track_published", "active"));
        accept(left("CLIENT_INITIATED"));
        accept(event("room_finished"));

        assertEquals("Inbound Completed SCL_1", call());
        assertEquals(1L, postgres.value("select AttendedBy from Calls"));
        assertEquals(PERSON, postgres.value("select FromNumber from Calls"));
        assertEquals(1L, events("ChamadaConectada"));
        assertEquals(1L, events("ChamadaEncerrada"));
    }

    /** An agent is nobody of the company by name, and the call is attended all the same. */
    @Test
    void anAgentTakesACallWithoutAUser() {
        accept(telephone("participant_joined", "active"));
        JsonObject agent = person("track_published", "agent-AJ_1");
        agent.getJsonObject("participant").put("kind", "AGENT");
        accept(agent);

        assertEquals(true, postgres.value("select AttendedAt is not null and AttendedBy is null from Calls"));
    }

    @Test
    void everyOrderOfTheEventsLeadsToOneCall() {
        List<JsonObject> all = List.of(
                telephone("participant_joined", "ringing"),
                telephone("track_published", "active"),
                person("participant_joined", "user-1"),
                left("CLIENT_INITIATED"),
                event("room_finished"));
        for (int seed = 0; seed < ORDERS; seed++) {
            clear();
            List<JsonObject> order = new ArrayList<>(all);
            order.addAll(all);
            Collections.shuffle(order, new Random(seed));
            order.forEach(LiveKitEventsTest::accept);

            assertEquals("Inbound Completed SCL_1", call(), "order " + seed);
            assertEquals(1L, postgres.value("select count(*) from Calls"), "order " + seed);
            assertEquals(1L, events("ChamadaRecebida"), "order " + seed);
            assertEquals(1L, events("ChamadaConectada"), "order " + seed);
            assertEquals(1L, events("ChamadaEncerrada"), "order " + seed);
        }
    }

    @Test
    void aTelephoneWithoutAttributesIsAskedAbout() {
        JsonObject early = telephone("participant_joined", "ringing");
        early.getJsonObject("participant").remove("attributes");
        accept(early);
        accept(early);

        assertEquals(0L, postgres.value("select count(*) from Calls"));
        assertEquals(
                "TelefoneLiveKit sip_1",
                postgres.value(
                        "select string_agg(TaskType || ' ' || (RequestData ->> 'identity'), ', ') from BackgroundTasks"));
    }

    /** A rule of ours names the channel, also where the trunk hides the numbers. */
    @Test
    void hiddenNumbersAreACallWithoutAPerson() {
        JsonObject hidden = telephone("participant_joined", "active");
        JsonObject attributes = hidden.getJsonObject("participant").getJsonObject("attributes");
        attributes.remove("sip.phoneNumber");
        attributes.remove("sip.trunkPhoneNumber");
        attributes.put("comuta.channel", "1");
        accept(hidden);

        assertEquals("Inbound In Progress SCL_1", call());
        assertNull(postgres.value("select FromNumber from Calls"));
    }

    @Test
    void othersOfTheProjectAndParticipantsThatAreMovedAreIgnored() {
        JsonObject other = telephone("participant_joined", "active");
        other.getJsonObject("participant").getJsonObject("attributes").put("sip.trunkPhoneNumber", "+5511900000000");
        accept(other);
        accept(person("participant_joined", "user-1"));
        accept(event("room_finished"));
        accept(new JsonObject().put("event", "egress_updated"));
        JsonObject foreign = telephone("participant_joined", "active");
        foreign.getJsonObject("room").put("name", "comuta-c2-call-7");
        foreign.getJsonObject("participant").put("identity", "7");
        accept(foreign);
        foreign.getJsonObject("room").put("name", "comuta-c1-call-987654");
        foreign.getJsonObject("participant").put("identity", "987654");
        accept(foreign);
        assertEquals(0L, postgres.value("select count(*) from Calls"));

        accept(telephone("participant_joined", "active"));
        accept(left("MIGRATION"));
        assertEquals("Inbound In Progress SCL_1", call());
    }

    @Test
    void aCallOfTheCompanyIsKnownByItsRoomAndIdentity() {
        long id = (long) postgres.value("""
                insert into Calls (SessionID, ClientID, ChannelID, CallDirection, CallStatus)
                select SessionID, 1, 1, 'Outbound', 'Initiated' from comuta_open_call_session(1, 1, null, 1, null) SessionID
                returning CallID""");
        JsonObject joined = telephone("participant_joined", "dialing");
        joined.getJsonObject("room").put("name", "comuta-c1-call-" + id);
        joined.getJsonObject("participant").put("identity", Long.toString(id));
        accept(joined);
        assertEquals("Outbound Queued SCL_1", call());

        JsonObject busy = joined.copy().put("event", "participant_left");
        busy.getJsonObject("participant").put("disconnectReason", "USER_REJECTED");
        accept(busy);
        accept(joined);
        assertEquals("Outbound Busy SCL_1", call());
        assertEquals(1L, events("ChamadaEncerrada"));
        assertEquals(0L, events("ChamadaConectada"));
    }

    private static JsonObject event(String name) {
        return new JsonObject().put("event", name).put("id", "EV_1").put("room", new JsonObject().put("name", ROOM));
    }

    private static JsonObject telephone(String name, String status) {
        Map<String, Object> attributes = Map.of(
                "sip.callID",
                "SCL_1",
                "sip.callStatus",
                status,
                "sip.phoneNumber",
                PERSON,
                "sip.trunkPhoneNumber",
                TestCalls.NUMBER);
        return event(name)
                .put(
                        "participant",
                        new JsonObject()
                                .put("identity", "sip_1")
                                .put("kind", "SIP")
                                .put("attributes", new JsonObject(new java.util.HashMap<>(attributes))));
    }

    private static JsonObject left(String reason) {
        JsonObject left = telephone("participant_left", "hangup");
        left.getJsonObject("participant").put("disconnectReason", reason);
        return left;
    }

    private static JsonObject person(String name, String identity) {
        return event(name).put("participant", new JsonObject().put("identity", identity));
    }

    private static void accept(JsonObject event) {
        ChannelRoute route = new ChannelRoute(
                new ChannelRef(1, 1),
                ChannelTypes.VOICE_CALL,
                TestCalls.NUMBER,
                LiveKitProvider.LIVEKIT,
                List.of(),
                new JsonObject());
        events.accept(List.of(route), LiveKitEvent.of(event.encode().getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(Duration.ofSeconds(20));
    }

    private static Object call() {
        return postgres.value("select CallDirection || ' ' || CallStatus || ' ' || ProviderCallID from Calls");
    }

    private static Object events(String type) {
        return postgres.value("select count(*) from Events where EventType = ?", type);
    }
}
