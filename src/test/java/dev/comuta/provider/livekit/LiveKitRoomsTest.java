package dev.comuta.provider.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallCommand.RecordingChange;
import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.CallsAtProvider;
import dev.comuta.call.TestCalls;
import dev.comuta.call.recording.TestRecordings;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.TestChannels;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.http.TestOutbound;
import dev.comuta.platform.secret.TestSecrets;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitConfig;
import dev.comuta.provider.livekit.api.LiveKitEvent;
import dev.comuta.provider.livekit.api.TestLiveKit;
import dev.comuta.sandbox.LiveKitDelivery;
import dev.comuta.sandbox.LiveKitRecorder;
import dev.comuta.sandbox.RecordedRequest;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.SimulatedProviders;
import dev.comuta.session.TestSessions;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestEngine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps, recordings and ends of calls in rooms of the simulated server, whose events arrive over HTTP. */
class LiveKitRoomsTest {

    private static final String KEY = "APIrooms";
    private static final String PERSON = "+5511987654321";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static SimulatedProviders providers;
    private static HttpServer server;
    private static Transactions transactions;
    private static LiveKitApi api;
    private static LiveKitEvents events;
    private static CallsAtProvider atProvider;
    private static TestEngine steps;
    private static TestEngine ends;
    private static StepHandler stepHandler;

    @BeforeAll
    static void launch() throws Exception {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres).service();
        providers = SimulatedProviders.launch(vertx);
        TestCalls.seed(postgres, "LiveKit");
        providers.liveKit().register(KEY, "secret", "ST_out1", TestCalls.NUMBER);
        providers.liveKit().rule(KEY, TestCalls.NUMBER, "in");
        postgres.query(
                "update CommunicationChannels set Credentials = ?",
                TestSecrets.secrets().seal(credentials().encode()));
        server = vertx.createHttpServer()
                .requestHandler(LiveKitRoomsTest::receive)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        providers.server(URI.create("http://127.0.0.1:" + server.actualPort()));
    }

    private static void wire() {
        LiveKitConfig config = TestTransactions.config(LiveKitConfig.class);
        ChannelDirectory channels = TestChannels.forSending(transactions, List.of(LiveKitProvider.LIVEKIT));
        api = TestLiveKit.api(vertx, config);
        LiveKitControl control = new LiveKitControl(api);
        LiveKitCalls provider = new LiveKitCalls(
                api,
                control,
                TestLiveKit.files(TestOutbound.onThisMachine(vertx), config),
                TestSessions.rooms(transactions),
                config);
        RoomWork work = new RoomWork(channels, new Tasks());
        Calls calls = TestCalls.calls(transactions, work);
        LiveKitRecordings recordings = new LiveKitRecordings(
                calls, List.of(TestRecordings.recordings(transactions, channels, TestCalls.providers(provider))));
        events = new LiveKitEvents(
                calls,
                TestCalls.rooms(transactions),
                channels,
                new LateTelephones(transactions, new Tasks(), config),
                recordings,
                work,
                config);
        atProvider = TestCalls.atProvider(transactions, provider);
        CallPlaces places = new CallPlaces(transactions, atProvider, TestSessions.rooms(transactions));
        stepHandler = new StepHandler(places, api, new RoomAgents(api), control, calls, new Tasks());
        steps = engine(stepHandler);
        ends = engine(new RoomEndHandler(places, api, recordings));
    }

    private static TestEngine engine(TaskHandler handler) {
        return new TestEngine(transactions, vertx, handler, List.of());
    }

    private static JsonObject credentials() {
        return new JsonObject()
                .put("url", providers.url().toString())
                .put("apiKey", KEY)
                .put("apiSecret", "secret");
    }

    private static void receive(HttpServerRequest request) {
        ChannelRoute route = new ChannelRoute(
                new ChannelRef(1, 1),
                ChannelTypes.VOICE_CALL,
                TestCalls.NUMBER,
                LiveKitProvider.LIVEKIT,
                List.of(),
                credentials());
        request.body().onSuccess(body -> events.accept(List.of(route), LiveKitEvent.of(body.getBytes()))
                .subscribe()
                .with(
                        stored -> request.response().end(),
                        failure -> request.response().setStatusCode(500).end(failure.toString())));
    }

    @AfterAll
    static void stop() {
        providers.close();
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void clear() {
        wire();
        providers.clearRequests();
        List.of("CallRecordings", "Calls", "CallPlans", "BackgroundTasks", "MediaObjects", "Events")
                .forEach(table -> postgres.query("delete from " + table));
        postgres.query("update Sessions set LiveKitRoomID = null");
    }

    @AfterEach
    void repair() {
        providers.liveKit().recorder(KEY, LiveKitRecorder.WORKS);
        providers.liveKit().webhooks().delivery(LiveKitDelivery.NORMAL);
    }

    @Test
    void anAgentThatJoinsTakesTheCall() {
        providers.liveKit().agent(KEY, "recepcao");
        plan(agent("recepcao"), agent("reserva"));
        String room = callIn();
        run(steps, "PassoLiveKit");
        run(steps, "PassoLiveKit");

        assertEquals(true, postgres.value("select AttendedAt is not null and AttendedBy is null from Calls"));
        assertEquals(List.of("recepcao"), dispatched(room));
        assertEquals(0L, open("PassoLiveKit"), "no step follows");
        assertEquals("In Progress", status());
    }

    /** That it was requested does not mean that it joins: the next step follows, and the first one joins no more. */
    @Test
    void anAgentThatDoesNotJoinIsFollowedByTheNextStep() {
        plan(agent("ninguem").put("seconds", 7), agent("reserva"));
        String room = callIn();
        run(steps, "PassoLiveKit");
        assertEquals(List.of("ninguem"), dispatched(room));
        assertEquals(7L, postgres.value("""
                select round(extract(epoch from NotBefore - CreatedAt))::bigint from BackgroundTasks
                where TaskType = 'PassoLiveKit' and Status = 'Pendente'"""));

        run(steps, "PassoLiveKit");
        assertEquals(List.of("reserva"), dispatched(room));
        run(steps, "PassoLiveKit");
        awaitDelivered();
        assertEquals("Completed", status(), "after the last step the caller is hung up on");
        assertEquals(2, requests("AgentDispatchService/CreateDispatch"));
        assertEquals(true, postgres.value("select AttendedAt is null from Calls"));
    }

    @Test
    void anAgentIsRequestedOnceWhenTheAttemptIsRepeated() {
        plan(agent("ninguem"));
        String room = callIn();
        long task = task("PassoLiveKit");
        await(stepHandler.run(steps.claim(task).getFirst()));
        postgres.query("update BackgroundTasks set NotBefore = now(), DueAt = now()");
        steps.run(task);

        assertEquals(List.of("ninguem"), dispatched(room));
        assertEquals(1, requests("AgentDispatchService/CreateDispatch"));
    }

    /** The event that the broker joined was lost. */
    @Test
    void aBrokerWhoJoinsIsSeenByTheNextStep() {
        plan(new JsonObject().put("kind", "Corretor"), agent("reserva"));
        String room = callIn();
        run(steps, "PassoLiveKit");
        providers.liveKit().webhooks().delivery(new LiveKitDelivery(false, 10, false));
        providers.liveKit().join(KEY, room, "user-1");
        assertEquals(true, postgres.value("select AttendedAt is null from Calls"));
        run(steps, "PassoLiveKit");

        assertEquals(1L, postgres.value("select AttendedBy from Calls"));
        assertEquals(List.of(), dispatched(room));
    }

    /** Steps that a channel without a plan has, and that rooms cannot do, are passed over. */
    @Test
    void withoutAPlanTheCallerWaitsForTheBrokerAndIsHungUpOn() {
        callIn();
        run(steps, "PassoLiveKit");
        assertEquals("In Progress", status());
        run(steps, "PassoLiveKit");
        awaitDelivered();

        assertEquals("Completed", status());
    }

    @Test
    void noStepWaitsAfterTheEndOfTheCall() {
        String room = callIn();
        run(steps, "PassoLiveKit");
        assertEquals(1L, waiting("PassoLiveKit"));
        providers.liveKit().hangUp(KEY, room, "sip_" + PERSON);
        awaitDelivered();

        assertEquals(0L, waiting("PassoLiveKit"));
        assertEquals(1L, waiting("FimSalaLiveKit"));
    }

    @Test
    void aBlockedCallerIsHungUpOn() {
        postgres.query(
                "insert into CallPlans (ClientID, ChannelID, Plan) values (1, 1, ?::jsonb)",
                new JsonObject()
                        .put("blockedNumbers", new JsonArray(List.of(PERSON)))
                        .encode());
        callIn();
        run(steps, "PassoLiveKit");
        awaitDelivered();

        assertEquals("Completed", status());
    }

    @Test
    void aRecordingIsStoredWhateverItsEventsDo() {
        providers.liveKit().webhooks().delivery(new LiveKitDelivery(true, 0, true));
        String room = callInHeld();
        record(RecordingChange.START);
        record(RecordingChange.STOP);
        assertEquals(200, providers.liveKit().webhooks().release(7).join());

        assertEquals("Gravada conversa [\"todos\"]", recording());
        assertEquals(1L, open("BuscaMídia"));
        assertEquals(
                "comuta/c1/call-" + callId() + "-1.ogg",
                postgres.value("select ProviderRecordingID from CallRecordings"));
        assertTrue(providers.liveKit().rooms(KEY).contains(room));
    }

    @Test
    void aRecordingThatFailedIsKnownAsSuch() {
        callIn();
        providers.liveKit().recorder(KEY, LiveKitRecorder.FAILS);
        record(RecordingChange.START);
        record(RecordingChange.STOP);
        awaitDelivered();

        assertEquals("Falhou conversa [\"todos\"]", recording());
        assertEquals(0L, open("BuscaMídia"));
    }

    /** All events of the recording are lost, and it ends some time after it was stopped. */
    @Test
    void theRoomEndsWhenItsRecordingIsComplete() {
        String room = callIn();
        providers.liveKit().join(KEY, room, "user-1");
        awaitDelivered();
        providers.liveKit().webhooks().delivery(new LiveKitDelivery(false, 10, false));
        record(RecordingChange.START);
        providers.liveKit().recorder(KEY, LiveKitRecorder.IS_SLOW);
        providers.liveKit().webhooks().delivery(LiveKitDelivery.NORMAL);
        providers.liveKit().hangUp(KEY, room, "sip_" + PERSON);
        awaitDelivered();
        providers.liveKit().webhooks().delivery(new LiveKitDelivery(false, 10, false));

        run(ends, "FimSalaLiveKit");
        assertEquals("Gravando conversa [\"todos\"]", recording());
        assertEquals(0, requests("RoomService/DeleteRoom"), "the end of the recording would be cut");
        assertEquals(1L, open("FimSalaLiveKit"));

        providers.liveKit().recorder(KEY, LiveKitRecorder.WORKS);
        run(ends, "FimSalaLiveKit");
        assertEquals("Gravada conversa [\"todos\"]", recording());
        assertFalse(providers.liveKit().rooms(KEY).contains(room), "nobody stays in the room");
        assertEquals(1, requests("Egress/StopEgress"));
        assertEquals(0L, open("FimSalaLiveKit"));
    }

    @Test
    void aRoomWithAnotherTelephoneGoesOn() {
        String room = callIn();
        providers.liveKit().telephone(KEY, room, "+5511911112222");
        providers.liveKit().hangUp(KEY, room, "sip_" + PERSON);
        awaitDelivered();
        run(ends, "FimSalaLiveKit");

        assertTrue(providers.liveKit().rooms(KEY).contains(room));
        providers.liveKit().hangUp(KEY, room, "sip_+5511911112222");
    }

    private static void plan(JsonObject... planned) {
        postgres.query(
                "insert into CallPlans (ClientID, ChannelID, Plan) values (1, 1, ?::jsonb)",
                new JsonObject().put("steps", new JsonArray(List.of(planned))).encode());
    }

    private static JsonObject agent(String name) {
        return new JsonObject().put("kind", "Agente").put("agent", name);
    }

    private static String callIn() {
        String room = callInHeld();
        awaitDelivered();
        return room;
    }

    private static String callInHeld() {
        String room = providers
                .liveKit()
                .callIn(KEY, PERSON, TestCalls.NUMBER, Map.of())
                .orElseThrow();
        if (!providers.liveKit().webhooks().delivery().held()) {
            return room;
        }
        assertEquals(200, providers.liveKit().webhooks().release(7).join());
        return room;
    }

    private static void awaitDelivered() {
        assertEquals(200, providers.liveKit().webhooks().delivered().join());
    }

    private static void record(RecordingChange change) {
        CallsAtProvider.Found found =
                await(transactions.statementsInTenant(1, tx -> atProvider.get(tx, new CallRef(1, callId()))));
        await(atProvider.command(found.atProvider(), new CallCommand.ChangeRecording(change)));
    }

    private static long callId() {
        return (long) postgres.value("select CallID from Calls");
    }

    private static Object status() {
        return postgres.value("select CallStatus from Calls");
    }

    private static Object recording() {
        return postgres.value("select Status || ' ' || Purpose || ' ' || ChannelRoles::text from CallRecordings");
    }

    private static long task(String type) {
        return (long)
                postgres.value("select TaskID from BackgroundTasks where TaskType = ? and Status = 'Pendente'", type);
    }

    private static Object open(String type) {
        return postgres.value(
                "select count(*) from BackgroundTasks where TaskType = ? and Status <> 'Concluída'", type);
    }

    private static Object waiting(String type) {
        return postgres.value("select count(*) from BackgroundTasks where TaskType = ? and Status = 'Pendente'", type);
    }

    /** Runs the open task of a type, whenever it is due. */
    private static void run(TestEngine engine, String type) {
        postgres.query("update BackgroundTasks set NotBefore = CreatedAt where TaskType = ?", type);
        engine.run(task(type));
    }

    private static List<String> dispatched(String room) {
        return await(api.dispatches(dev.comuta.provider.livekit.api.LiveKitAccount.of(1, credentials()), room)).stream()
                .map(LiveKitApi.AgentDispatch::agentName)
                .toList();
    }

    private static int requests(String method) {
        return (int) providers.requests("livekit").stream()
                .map(RecordedRequest::path)
                .filter(path -> path.endsWith(method))
                .count();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
