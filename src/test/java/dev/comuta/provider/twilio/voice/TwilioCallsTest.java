package dev.comuta.provider.twilio.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallCommand.RecordingChange;
import dev.comuta.call.CallConferences;
import dev.comuta.call.CallProvider;
import dev.comuta.call.CallRef;
import dev.comuta.call.CallReport;
import dev.comuta.call.CallSides;
import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.InboundCall;
import dev.comuta.call.OutgoingCall;
import dev.comuta.call.ProviderCall;
import dev.comuta.call.RecordingListener;
import dev.comuta.call.RecordingNews;
import dev.comuta.call.RefusedCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.StoredLeg;
import dev.comuta.call.TestCalls;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.hook.CallHooks;
import dev.comuta.call.hook.TestHooks;
import dev.comuta.call.plan.CallScript;
import dev.comuta.call.plan.CallScript.Outgoing;
import dev.comuta.call.plan.MachineRule;
import dev.comuta.call.state.AnsweredBy;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallState;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.channel.ChannelPace;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.provider.twilio.TestTwilio;
import dev.comuta.provider.twilio.TwilioApi;
import dev.comuta.provider.twilio.TwilioProvider;
import dev.comuta.sandbox.SandboxPostgres;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server asks of Twilio about calls, against Twilio's own description where it is present. */
class TwilioCallsTest {

    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    private static final String PERSON = "+5511987654321";
    private static final String BROKER = "+5511988888888";
    private static final String LEG = "CA11111111111111111111111111111111";
    private static final String HOOK =
            "https://comuta.example/webhooks/twilio/voice?channel=1&call=17&hook=next#rc=3&rp=all";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Calls calls;
    private static CallConferences moved;
    private static CallSides sides;

    private final List<String> reported = new ArrayList<>();
    private StubTwilio twilio;
    private CallProvider provider;

    @BeforeAll
    static void launch() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions transactions = TestTransactions.on(vertx, postgres);
        TestCalls.seed(postgres, "Twilio");
        calls = TestCalls.calls(transactions.service());
        moved = TestCalls.conferences(transactions.service());
        sides = TestCalls.sides(transactions.service());
    }

    @AfterAll
    static void end() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void start() {
        twilio = new StubTwilio(ACCOUNT);
        TwilioApi api = TestTwilio.api(twilio.url());
        VoiceAddresses urls = new VoiceAddresses(TestTwilio.addresses());
        CallRequests requests = new CallRequests(api, urls);
        CallHooks hooks = TestHooks.hooks(calls);
        provider = new TwilioCalls(
                api,
                requests,
                new LiveCalls(
                        requests,
                        new Conferences(api, requests, moved),
                        calls,
                        hooks,
                        sides,
                        urls,
                        List.<RecordingListener>of(this::reported)),
                calls);
    }

    @AfterEach
    void stop() {
        twilio.close();
    }

    private static OutboundChannel channel() {
        return new OutboundChannel(
                TestCalls.CHANNEL,
                TwilioProvider.TWILIO,
                null,
                TestCalls.NUMBER,
                null,
                null,
                null,
                new ChannelPace(null, null, null),
                new JsonObject().put("accountSid", ACCOUNT).put("authToken", "t"));
    }

    private static OutgoingCall outgoing(MachineRule rule) {
        CallScript script = new CallScript(
                false,
                List.of(),
                null,
                List.of(),
                null,
                false,
                null,
                null,
                3600,
                null,
                new Outgoing(PERSON, 25, rule, null));
        return new OutgoingCall(
                new CallRef(1, 17),
                1,
                channel(),
                null,
                PERSON,
                Duration.ofSeconds(25),
                rule != MachineRule.CONNECT,
                script,
                Instant.now());
    }

    private String dial(MachineRule rule) {
        return provider.dial(outgoing(rule)).await().indefinitely();
    }

    @Test
    void dialsOnceWithEachEventAsAParameterOfItsOwn() {
        twilio.answer("POST", "/Calls.json", 201, new JsonObject().put("sid", "CA1"));

        assertEquals("CA1", dial(MachineRule.CONNECT));

        StubTwilio.Request request = twilio.requests().getFirst();
        assertEquals(List.of(PERSON), request.form().get("To"));
        assertEquals(List.of(TestCalls.NUMBER), request.form().get("From"));
        assertEquals(List.of(HOOK), request.form().get("Url"));
        assertEquals(
                List.of(HOOK.replace("voice?", "voice/status?")), request.form().get("StatusCallback"));
        assertEquals(
                List.of("initiated", "ringing", "answered", "completed"),
                request.form().get("StatusCallbackEvent"));
        assertEquals(List.of("25"), request.form().get("Timeout"));
        assertEquals(List.of("3600"), request.form().get("TimeLimit"));
        assertNull(request.form().get("MachineDetection"));
        assertEquals(List.of(), request.violations());
    }

    @ParameterizedTest
    @CsvSource({"HANG_UP,Enable", "LEAVE_MESSAGE,DetectMessageEnd"})
    void detectsMachinesBesideTheCall(MachineRule rule, String mode) {
        twilio.answer("POST", "/Calls.json", 201, new JsonObject().put("sid", "CA1"));

        dial(rule);

        StubTwilio.Request request = twilio.requests().getFirst();
        assertEquals(List.of(mode), request.form().get("MachineDetection"));
        assertEquals(List.of("true"), request.form().get("AsyncAmd"));
        assertEquals(
                List.of(HOOK.replace("twilio/voice?", "twilio/amd?")),
                request.form().get("AsyncAmdStatusCallback"));
        assertEquals(List.of(), request.violations());
    }

    @ParameterizedTest
    @CsvSource({
        "21211,INVALID_NUMBER",
        "21217,INVALID_NUMBER",
        "13223,INVALID_NUMBER",
        "13224,INVALID_NUMBER",
        "21215,BLOCKED",
        "21216,BLOCKED",
        "13227,BLOCKED"
    })
    void aRefusedNumberIsTheEndOfTheCall(int code, EndReason reason) {
        twilio.answer(
                "POST", "/Calls.json", 400, new JsonObject().put("code", code).put("message", "no"));

        RefusedCall refusal = assertThrows(RefusedCall.class, () -> dial(MachineRule.CONNECT));

        assertEquals(CallStatus.FAILED, refusal.news().status());
        assertEquals(reason, refusal.news().reason());
    }

    @Test
    void otherFailuresAreDefiniteOrNot() {
        twilio.answer("POST", "/Calls.json", 429, new JsonObject().put("code", 20429));
        assertFalse(assertThrows(TransientFailure.class, () -> dial(MachineRule.CONNECT))
                .mayHaveArrived());
        twilio.answer("POST", "/Calls.json", 500, new JsonObject());
        assertTrue(assertThrows(TransientFailure.class, () -> dial(MachineRule.CONNECT))
                .mayHaveArrived());
        twilio.answer("POST", "/Calls.json", 401, new JsonObject().put("code", 20003));
        assertThrows(PermanentFailure.class, () -> dial(MachineRule.CONNECT));
        assertEquals(3, twilio.requests().size(), "no request is repeated");
    }

    private static JsonObject listed(String sid, String direction, Instant created) {
        return new JsonObject()
                .put("sid", sid)
                .put("direction", direction)
                .put("status", "queued")
                .put(
                        "date_created",
                        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                                .format(created.atZone(ZoneOffset.UTC)));
    }

    private String find(JsonObject... found) {
        twilio.answer("GET", "/Calls.json", 200, new JsonObject().put("calls", new JsonArray(List.of(found))));
        return provider.find(outgoing(MachineRule.CONNECT)).await().indefinitely();
    }

    @Test
    void findsTheCallThatNoOtherAttemptMade() {
        Instant now = Instant.now();
        String known = ring().providerId();

        assertNull(find());
        assertEquals("CA-new", find(listed("CA-new", "outbound-api", now)));
        assertNull(find(listed("CA-old", "outbound-api", now.minusSeconds(60))));
        assertNull(find(listed("CA-leg", "outbound-dial", now)));
        assertNull(find(listed(known, "outbound-api", now)), "another call's");
        assertEquals("CA-new", find(listed(known, "outbound-api", now), listed("CA-new", "outbound-api", now)));
        assertThrows(
                UnknownOutcome.class,
                () -> find(listed("CA-a", "outbound-api", now), listed("CA-b", "outbound-api", now)));
        assertTrue(twilio.requests().getFirst().query().contains("To=%2B5511987654321"), "asks about the number");
    }

    private static StoredCall ring() {
        return calls.ring(new InboundCall(
                        TestCalls.CHANNEL,
                        "CA-" + UUID.randomUUID(),
                        Caller.of(PERSON, new PhoneNumber(TestCalls.NUMBER)),
                        TestCalls.NUMBER,
                        CallNews.of(CallStatus.RINGING)))
                .await()
                .indefinitely()
                .call();
    }

    private static ProviderCall live(StoredCall call) {
        StoredLeg leg =
                new StoredLeg(1, "p-0-0", 1L, BROKER, LEG, Instant.now(), CallState.begun(CallStatus.IN_PROGRESS));
        return new ProviderCall(call.ref(), call.sessionId(), channel(), call.providerId(), List.of(leg));
    }

    @Test
    void asksAboutACallAndItsTelephones() {
        StoredCall call = ring();
        twilio.answer(
                "GET",
                "/Calls/" + call.providerId() + ".json",
                200,
                new JsonObject()
                        .put("sid", call.providerId())
                        .put("status", "completed")
                        .put("direction", "inbound")
                        .put("duration", "61")
                        .put("end_time", "Sat, 07 May 2022 14:30:14 +0000")
                        .put("price", "-0.0130")
                        .put("price_unit", "USD"));
        twilio.answer(
                "GET",
                "/Calls.json",
                200,
                new JsonObject()
                        .put(
                                "calls",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("sid", LEG)
                                                .put("to", BROKER)
                                                .put("status", "no-answer")
                                                .put("answered_by", "machine_start")
                                                .put("direction", "outbound-dial"))));

        CallReport report = provider.ask(live(call)).await().indefinitely();

        assertEquals(CallStatus.COMPLETED, report.news().status());
        assertEquals(Duration.ofSeconds(61), report.news().duration());
        assertEquals(Instant.parse("2022-05-07T14:30:14Z"), report.news().at());
        assertEquals(
                "0.0130 USD",
                report.news().price().amount() + " " + report.news().price().currency());
        CallReport.Leg leg = report.legs().getFirst();
        assertEquals("p-0-0", leg.position());
        assertEquals(LEG, leg.providerId());
        assertEquals(EndReason.NO_ANSWER, leg.news().reason());
        assertEquals(AnsweredBy.VOICEMAIL, leg.news().answeredBy());
    }

    @Test
    void aCallThatTwilioDoesNotKnowHasFailed() {
        StoredCall call = ring();
        twilio.answer("GET", "/Calls/" + call.providerId() + ".json", 404, new JsonObject().put("code", 20404));

        CallReport report = provider.ask(live(call)).await().indefinitely();

        assertEquals(CallStatus.FAILED, report.news().status());
        assertEquals(List.of(), report.legs());
    }

    @ParameterizedTest
    @CsvSource({"200,0", "404,20404", "400,21220"})
    void hangingUpAnEndedCallIsASuccess(int status, int code) {
        StoredCall call = ring();
        twilio.answer(
                "POST",
                "/Calls/" + call.providerId() + ".json",
                status,
                new JsonObject().put("code", code).put("sid", call.providerId()));

        command(call, new CallCommand.HangUp());

        StubTwilio.Request request = twilio.requests().getFirst();
        assertEquals(List.of("completed"), request.form().get("Status"));
        assertEquals(List.of(), request.violations());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 404})
    void aRecordingIsDeletedAndOneThatIsGoneIsASuccess(int status) {
        StoredCall call = ring();
        String sid = "RE00000000000000000000000000000001";
        twilio.answer("DELETE", "/Recordings/" + sid + ".json", status, new JsonObject().put("code", 20404));

        provider.deleteRecording(live(call).channel(), sid).await().indefinitely();

        StubTwilio.Request request = twilio.requests().getFirst();
        assertEquals("DELETE", request.method());
        assertTrue(request.path().endsWith("/Recordings/" + sid + ".json"), request.path());
    }

    private void command(StoredCall call, CallCommand command) {
        provider.command(live(call), command).await().indefinitely();
    }

    @ParameterizedTest
    @CsvSource({"PAUSE,paused,RE1 PAUSED", "RESUME,in-progress,RE1 IN_PROGRESS", "STOP,stopped,"})
    void changesTheRunningRecording(RecordingChange change, String status, String news) {
        StoredCall call = ring();
        twilio.answer(
                "POST",
                "/Calls/" + call.providerId() + "/Recordings/Twilio.CURRENT.json",
                200,
                new JsonObject().put("sid", "RE1"));

        command(call, new CallCommand.ChangeRecording(change));

        assertEquals(List.of(status), twilio.requests().getFirst().form().get("Status"));
        assertEquals(List.of(), twilio.requests().getFirst().violations());
        assertEquals(news == null ? List.of() : List.of(news), reported, "what Twilio itself does not report");
    }

    private Uni<Void> reported(RecordingNews news) {
        reported.add(news.providerId() + " " + news.status());
        return Uni.createFrom().voidItem();
    }

    @Test
    void startsARecordingInTwoChannels() {
        StoredCall call = ring();
        String path = "/Calls/" + call.providerId() + "/Recordings.json";
        twilio.answer("POST", path, 201, new JsonObject().put("sid", "RE1"));

        command(call, new CallCommand.ChangeRecording(RecordingChange.START));

        StubTwilio.Request request = twilio.requests().getFirst();
        assertEquals(List.of("dual"), request.form().get("RecordingChannels"));
        assertEquals(
                List.of("in-progress", "completed", "absent"), request.form().get("RecordingStatusCallbackEvent"));
        assertEquals(List.of(), request.violations());
    }

    /** The broker's telephone is connected; a conference begins when that telephone is sent to it. */
    private void connected(StoredCall call) {
        twilio.answer(
                "GET",
                "/Calls.json",
                200,
                new JsonObject()
                        .put(
                                "calls",
                                new JsonArray()
                                        .add(new JsonObject().put("sid", LEG).put("status", "in-progress"))));
        twilio.answer("GET", "/Conferences.json", 200, new JsonObject().put("conferences", new JsonArray()));
        twilio.answer("POST", "/Conferences/CF1/Participants/" + call.providerId() + ".json", 200, new JsonObject());
        twilio.answer("POST", "/Conferences/CF1/Participants/" + LEG + ".json", 200, new JsonObject());
        twilio.answer("POST", "/Calls/" + call.providerId() + ".json", 200, new JsonObject().put("sid", "x"));
        twilio.answer("POST", "/Calls/" + LEG + ".json", 200, new JsonObject().put("sid", LEG));
        twilio.after("POST", "/Calls/" + LEG + ".json", () -> {
            assertTrue(moved.has(call.ref()).await().indefinitely(), "the mark is stored before the move");
            conference(call.providerId(), LEG);
        });
    }

    private void conference(String... members) {
        JsonArray participants = new JsonArray();
        for (String member : members) {
            participants.add(new JsonObject().put("call_sid", member));
        }
        twilio.answer(
                "GET",
                "/Conferences.json",
                200,
                new JsonObject()
                        .put(
                                "conferences",
                                new JsonArray()
                                        .add(new JsonObject().put("sid", "CF1").put("status", "in-progress"))));
        twilio.answer(
                "GET", "/Conferences/CF1/Participants.json", 200, new JsonObject().put("participants", participants));
    }

    @Test
    void holdsTheEndUserInAConference() {
        StoredCall call = ring();
        connected(call);

        command(call, new CallCommand.Hold(true));

        StubTwilio.Request move = twilio.posts().getFirst();
        assertTrue(move.path().endsWith("/Calls/" + LEG + ".json"), "the dialled telephone moves first");
        String name = "comuta-" + call.ref().callId();
        assertTrue(move.form().get("Twiml").getFirst().contains(">" + name + "</Conference></Dial>"), () -> move.form()
                .toString());
        StubTwilio.Request hold = twilio.posts().getLast();
        assertTrue(hold.path().endsWith("/Participants/" + call.providerId() + ".json"));
        assertEquals(List.of("true"), hold.form().get("Hold"));
        assertEquals(2, twilio.posts().size());
        assertEquals(List.of(), twilio.violations());

        command(call, new CallCommand.Hold(false));
        assertEquals(List.of("false"), twilio.posts().getLast().form().get("Hold"));
        assertEquals(3, twilio.posts().size(), "they do not move a second time");
    }

    @Test
    void mutesTheBroker() {
        StoredCall call = ring();
        connected(call);

        command(call, new CallCommand.Mute(true));

        StubTwilio.Request mute = twilio.posts().getLast();
        assertTrue(mute.path().endsWith("/Participants/" + LEG + ".json"));
        assertEquals(List.of("true"), mute.form().get("Muted"));
    }

    @Test
    void theCallerFollowsWhenTheStepsDidNotArrive() {
        StoredCall call = ring();
        connected(call);
        conference(LEG);
        twilio.after("POST", "/Calls/" + call.providerId() + ".json", () -> conference(call.providerId(), LEG));

        command(call, new CallCommand.Hold(true));

        assertTrue(twilio.posts().getFirst().path().endsWith("/Calls/" + call.providerId() + ".json"));
        assertEquals(List.of("true"), twilio.posts().getLast().form().get("Hold"));
    }

    @Test
    void aConnectionThatEndsWhileItMovesLeavesNoMark() {
        StoredCall call = ring();
        connected(call);
        twilio.answer("POST", "/Calls/" + LEG + ".json", 404, new JsonObject().put("code", 20404));
        twilio.after("POST", "/Calls/" + LEG + ".json", () -> {});

        command(call, new CallCommand.Hold(true));

        assertFalse(moved.has(call.ref()).await().indefinitely());
        assertEquals(1, twilio.posts().size());
    }

    @Test
    void aCallerWhoMovedAloneIsReleased() {
        StoredCall call = ring();
        connected(call);
        twilio.answer("POST", "/Calls/" + LEG + ".json", 404, new JsonObject().put("code", 20404));
        twilio.after("POST", "/Calls/" + LEG + ".json", () -> conference(call.providerId()));

        command(call, new CallCommand.Hold(true));

        assertEquals(List.of("completed"), twilio.posts().getLast().form().get("Status"));
    }

    @Test
    void nobodyIsHeldWithoutAConnection() {
        StoredCall call = ring();
        connected(call);
        twilio.answer("GET", "/Calls.json", 200, new JsonObject().put("calls", new JsonArray()));

        assertThrows(PermanentFailure.class, () -> command(call, new CallCommand.Hold(true)));
        command(call, new CallCommand.Hold(false));
        assertEquals(0, twilio.posts().size());
    }

    @Test
    void sendsDigitsFromTheEndUsersSide() {
        StoredCall call = ring();
        connected(call);

        command(call, new CallCommand.SendDigits("w12#"));

        List<StubTwilio.Request> posts = twilio.posts();
        assertEquals(List.of("false"), posts.get(1).form().get("EndConferenceOnExit"));
        assertTrue(posts.getLast().path().endsWith("/Calls/" + call.providerId() + ".json"));
        String document = posts.getLast().form().get("Twiml").getFirst();
        assertTrue(document.contains("<Play digits=\"w12#\"/><Dial"), document);
        assertEquals(List.of(), twilio.violations());
    }

    /** Otherwise the end of the next connection would lead to the conference. */
    @Test
    void whoFollowsOtherStepsHasLeftTheConference() {
        StoredCall call = ring();
        connected(call);
        command(call, new CallCommand.Hold(true));
        assertTrue(moved.has(call.ref()).await().indefinitely());

        command(call, new CallCommand.Follow(List.of(new Verb.Hangup())));

        assertFalse(moved.has(call.ref()).await().indefinitely());
    }

    @Test
    void theEndUserFollowsOtherSteps() {
        StoredCall call = ring();
        connected(call);

        command(call, new CallCommand.Follow(List.of(new Verb.Say("Um momento"), new Verb.Hangup())));

        StubTwilio.Request request = twilio.posts().getFirst();
        assertTrue(request.path().endsWith("/Calls/" + call.providerId() + ".json"));
        assertTrue(request.form().get("Twiml").getFirst().contains("Um momento</Say><Hangup/>"));
        assertEquals(List.of(), request.violations());
    }

    /** Twilio takes documents of at most 4,000 characters in a request. */
    @Test
    void aLongDocumentIsAskedForByTwilio() {
        StoredCall call = ring();
        connected(call);

        command(call, new CallCommand.Follow(List.of(new Verb.Say("&".repeat(1000)), new Verb.Hangup())));

        StubTwilio.Request request = twilio.posts().getFirst();
        assertNull(request.form().get("Twiml"));
        assertEquals(
                List.of("https://comuta.example/webhooks/twilio/voice?channel=1&call="
                        + call.ref().callId() + "&hook=next&at=a#rc=3&rp=all"),
                request.form().get("Url"));
        assertEquals(List.of(), request.violations());
    }
}
