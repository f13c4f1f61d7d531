package dev.comuta.provider.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallCommand.RecordingChange;
import dev.comuta.call.CallRef;
import dev.comuta.call.OutgoingCall;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.TestCalls;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.channel.ChannelPace;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.http.TestOutbound;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitConfig;
import dev.comuta.provider.livekit.api.LiveKitEgress;
import dev.comuta.provider.livekit.api.LiveKitParticipant;
import dev.comuta.provider.livekit.api.TestLiveKit;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.LiveKitCallee;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.SimulatedProviders;
import dev.comuta.session.TestSessions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls at the simulated server, with the sessions of a real database. */
class LiveKitCallsTest {

    private static final String CALLEE = "+5511987654321";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static SimulatedProviders providers;
    private static LiveKitCalls calls;
    private static LiveKitApi api;
    private static int projects;

    private String apiKey;
    private OutgoingCall outgoing;
    private String room;

    @BeforeAll
    static void launch() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions transactions = TestTransactions.on(vertx, postgres);
        TestCalls.seed(postgres, "LiveKit");
        providers = SimulatedProviders.launch(vertx);
        LiveKitConfig config = TestTransactions.config(LiveKitConfig.class);
        api = TestLiveKit.api(vertx, config);
        calls = new LiveKitCalls(
                api,
                new LiveKitControl(api),
                TestLiveKit.files(TestOutbound.onThisMachine(vertx), config),
                TestSessions.rooms(transactions.service()),
                config);
    }

    @AfterAll
    static void stop() {
        providers.close();
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void prepare() {
        apiKey = "API" + ++projects;
        providers.liveKit().register(apiKey, "secret", "ST_out1", TestCalls.NUMBER);
        long session = (long) postgres.value("select comuta_open_call_session(1, 1, null, 1, null)");
        OutboundChannel channel = new OutboundChannel(
                TestCalls.CHANNEL,
                LiveKitProvider.LIVEKIT,
                null,
                TestCalls.NUMBER,
                "ST_out1",
                null,
                null,
                new ChannelPace(null, null, null),
                new JsonObject()
                        .put("url", providers.url().toString())
                        .put("apiKey", apiKey)
                        .put("apiSecret", "secret"));
        outgoing = new OutgoingCall(
                new CallRef(1, 7),
                session,
                channel,
                null,
                CALLEE,
                Duration.ofSeconds(30),
                false,
                TestCalls.outgoing(CALLEE),
                Instant.now());
        room = "comuta-c1-call-7";
    }

    @Test
    void dialsOnceIntoTheRoomOfTheSession() {
        providers.liveKit().callee(apiKey, CALLEE, LiveKitCallee.RINGS);
        String id = await(calls.dial(outgoing));

        assertEquals(
                room, postgres.value("select LiveKitRoomID from Sessions where SessionID = ?", outgoing.sessionId()));
        assertEquals(CallStatus.RINGING, ask(id).status());
        assertEquals(id, await(calls.find(outgoing)), "an unknown outcome is looked up by the identity");
        providers.liveKit().answer(apiKey, room, "7");
        assertEquals(CallStatus.IN_PROGRESS, ask(id).status());
        providers.liveKit().hangUp(apiKey, room, "7");
        assertEquals(CallNews.ended(), ask(id));
        assertEquals(1, providers.liveKit().dialed(apiKey));
    }

    @Test
    void dialsNobodyForATextThatNothingSpeaks() {
        OutgoingCall spoken = new OutgoingCall(
                outgoing.ref(),
                outgoing.sessionId(),
                outgoing.channel(),
                null,
                CALLEE,
                Duration.ofSeconds(30),
                false,
                TestCalls.outgoing(CALLEE, "Sua visita foi confirmada."),
                Instant.now());

        assertThrows(PermanentFailure.class, () -> await(calls.dial(spoken)));
        assertEquals(0, providers.liveKit().dialed(apiKey));
    }

    @Test
    void aRoomThatIsNotOpenedHasDialledNobodyForSure() {
        providers.fault(Fault.of("livekit", Mode.RESET).containing("empty_timeout"));
        TransientFailure failure;
        try {
            failure = assertThrows(TransientFailure.class, () -> await(calls.dial(outgoing)));
        } finally {
            providers.clearFaults();
        }

        assertFalse(failure.mayHaveArrived());
        assertEquals(0, providers.liveKit().dialed(apiKey));
    }

    /** The telephone was busy and left the room before it was looked up: a second dial would ring twice. */
    @Test
    void aTelephoneThatIsNotInTheRoomIsAnUnknownOutcome() {
        providers.liveKit().callee(apiKey, CALLEE, LiveKitCallee.BUSY);
        await(calls.dial(outgoing));

        assertThrows(UnknownOutcome.class, () -> await(calls.find(outgoing)));
    }

    @Test
    void aHangUpCompletesTheRecordingAndIsASuccessAfterTheEnd() {
        ProviderCall call = provided(await(calls.dial(outgoing)));
        CallCommand start = new CallCommand.ChangeRecording(RecordingChange.START);
        await(calls.command(call, start));
        await(calls.command(call, start));
        assertEquals(1, await(api.recordings(account(), room)).size(), "a repeated start finds the recording");

        await(calls.command(call, new CallCommand.HangUp()));
        assertEquals(CallNews.ended(), ask(call.providerId()));
        assertEquals(
                LiveKitEgress.Status.COMPLETE,
                await(api.recordings(account(), room)).getFirst().status());
        await(calls.command(call, new CallCommand.HangUp()));
    }

    @Test
    void mutesTheCompanyAndNotTheCaller() {
        ProviderCall call = provided(await(calls.dial(outgoing)));
        providers.liveKit().join(apiKey, room, "user-1");
        await(calls.command(call, new CallCommand.Mute(true)));

        for (LiveKitParticipant present : await(api.participants(account(), room))) {
            assertEquals(
                    present.identity().equals("user-1"),
                    present.tracks().getFirst().muted(),
                    present.identity());
        }
    }

    @Test
    void transfersTheTelephoneToOneNumber() {
        ProviderCall call = provided(await(calls.dial(outgoing)));
        CallCommand transfer = transferTo("+5511955554444");
        assertTrue(calls.supports(transfer));

        providers.liveKit().callee(apiKey, "+5511955554444", LiveKitCallee.BUSY, LiveKitCallee.ANSWERS);
        assertThrows(PermanentFailure.class, () -> await(calls.command(call, transfer)));
        assertEquals(CallStatus.IN_PROGRESS, ask(call.providerId()).status(), "the call goes on");
        await(calls.command(call, transfer));
        assertEquals(CallNews.ended(), ask(call.providerId()));
    }

    @Test
    void saysWhatLiveKitCannotDo() {
        assertFalse(calls.supports(new CallCommand.Hold(true)));
        assertFalse(calls.supports(new CallCommand.SendDigits("1")));
        assertFalse(calls.supports(new CallCommand.ChangeRecording(RecordingChange.PAUSE)));
        assertFalse(calls.supports(new CallCommand.Follow(List.of(new Verb.Hangup()))));
    }

    private static CallCommand transferTo(String number) {
        return new CallCommand.Follow(List.of(new Verb.Dial(
                List.of(new Verb.Target.Phone(number, null, null)),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                null,
                false,
                null)));
    }

    private ProviderCall provided(String id) {
        return new ProviderCall(outgoing.ref(), outgoing.sessionId(), outgoing.channel(), id, List.of());
    }

    private CallNews ask(String id) {
        return await(calls.ask(provided(id))).news();
    }

    private LiveKitAccount account() {
        return LiveKitAccount.of(1, outgoing.channel().credentials());
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
