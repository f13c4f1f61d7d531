package dev.comuta.call.outgoing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.CallRef;
import dev.comuta.call.CallSides;
import dev.comuta.call.CallView;
import dev.comuta.call.Calls;
import dev.comuta.call.RefusedCall;
import dev.comuta.call.StubCallProvider;
import dev.comuta.call.StubCallProvider.Answer;
import dev.comuta.call.TestCalls;
import dev.comuta.call.hook.TestSteps;
import dev.comuta.call.plan.MachineRule;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TestEngine;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of the company on a real database, with a provider that records. */
class OutgoingCallsTest {

    private static final Instant NOON = Instant.parse("2026-12-01T15:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-12-02T01:30:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TO = "+5511987654321";
    private static final String END_USER = "1-0-0";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static Calls calls;
    private static OutgoingCalls outgoing;
    private static TaskHandler handler;
    private static TestEngine engine;

    private static final SetClock CLOCK = new SetClock();
    private static final StubCallProvider PROVIDER = new StubCallProvider();

    /** A clock that a test sets. */
    private static final class SetClock extends Clock {

        private Instant time = NOON;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return time;
        }
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        TestCalls.seed(postgres, "Gateway");
        calls = TestCalls.calls(transactions.service());
        outgoing = TestOutgoing.calls(transactions.service(), CLOCK);
        handler = TestCalls.dialing(
                transactions.service(),
                calls,
                PROVIDER,
                List.of(TestOutgoing.dialTimes(transactions.service(), CLOCK)));
        engine = new TestEngine(transactions.service(), vertx, handler, List.of());
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void atNoon() {
        CLOCK.time = NOON;
        PROVIDER.answers(Answer.ACCEPTS);
        postgres.query("update Clients set Limits = '{}'");
        postgres.query("delete from CallRules");
        postgres.query("delete from CallPlans");
    }

    @Test
    void theSeedsBodyStoresSessionCallAndTask() {
        CallView call = make(to(TO));

        assertEquals(
                "Outbound Trunk_X Initiated +5511999999999 +5511987654321",
                postgres.value(
                        "select concat_ws(' ', CallDirection, SIPTrunkID, CallStatus, FromNumber, ToNumber) from Calls where CallID = ?",
                        call.callId()));
        assertEquals("Chamada t 1", postgres.value("""
                select concat_ws(' ', s.SessionType, u.PhoneNumber = ?, s.UserID)
                from Sessions s join ClientEndUsers u using (EndUserID) where s.SessionID = ?""", TO, call.sessionId()));
        assertEquals(
                "ChamadaSaida Pendente",
                postgres.value(
                        "select concat_ws(' ', TaskType, Status) from BackgroundTasks where SessionID = ?",
                        call.sessionId()));
        run(call);

        assertEquals(1, dials(call));
        assertEquals("Queued CA-" + call.callId(), state(call));
        assertEquals(TO, PROVIDER.dialed().getLast().to());
    }

    @Test
    void aTimeOutAfterTheProviderAcceptedDialsOnce() {
        CallView call = make(to("+5511987650001"));
        PROVIDER.answers(Answer.ACCEPTS_AND_IS_SILENT);
        run(call);
        PROVIDER.answers(Answer.ACCEPTS);
        run(call);
        run(call);

        assertEquals(1, dials(call));
        assertEquals("Queued CA-" + call.callId(), state(call));
    }

    @Test
    void anUnknownOutcomeIsLookedUpBeforeTheCallEnds() {
        CallView call = make(to("+5511987650031"));
        PROVIDER.answers(Answer.ACCEPTS_AND_IS_UNKNOWN);
        run(call);
        assertEquals("Initiated", state(call));
        PROVIDER.answers(Answer.ACCEPTS);
        run(call);

        assertEquals(1, dials(call));
        assertEquals("Queued CA-" + call.callId(), state(call));
    }

    @Test
    void aTimeOutOfARequestThatNeverArrivedDialsAgain() {
        CallView call = make(to("+5511987650002"));
        PROVIDER.answers(Answer.IS_SILENT);
        run(call);
        assertEquals(0, dials(call));
        PROVIDER.answers(Answer.ACCEPTS);
        run(call);

        assertEquals(1, dials(call));
    }

    @Test
    void anAttemptThatIsLostBetweenDialAndCommitDialsOnce() {
        CallView call = make(to("+5511987650003"));
        ClaimedTask killed = engine.claim(task(call)).getFirst();
        handler.run(killed).await().atMost(PATIENCE);
        run(call);

        assertEquals(1, dials(call));
        assertEquals("Queued CA-" + call.callId(), state(call));
    }

    @Test
    void aBusyTelephoneIsTheEndOfTheCall() {
        CallView call = make(to("+5511987650004"));
        PROVIDER.fails(new RefusedCall("busy", CallNews.of(CallStatus.BUSY).because(EndReason.BUSY)));
        run(call);

        assertEquals("Busy", state(call));
        assertEquals("Concluída", taskStatus(call));
        assertEquals(0, dials(call));
    }

    @Test
    void aTransientFailureIsRetried() {
        CallView call = make(to("+5511987650005"));
        PROVIDER.fails(new TransientFailure("away", null));
        run(call);
        assertEquals("Initiated", state(call));
        run(call);

        assertEquals(1, dials(call));
    }

    @Test
    void fromMustBeAnActiveVoiceChannelOfTheClient() {
        Problem problem = refusal(fields(TO, "+5511333344445", null));

        assertEquals(ProblemType.INVALID, problem.type());
        assertEquals("from", problem.violations().getFirst().field());
    }

    @Test
    void ownNumbersAndForbiddenOnesStoreNothing() {
        long before = count();
        assertEquals("to", refusal(to(TestCalls.NUMBER)).violations().getFirst().field());
        assertEquals("to", refusal(to("190")).violations().getFirst().field());
        assertEquals("to", refusal(to("+12125551234")).violations().getFirst().field());
        assertEquals(before, count());
    }

    @Test
    void thePlatformAllowsCountriesAndHoursOfOneClient() {
        postgres.query(
                "insert into CallRules (ClientID, Countries, CallingHours) values (1, '{BR,US}', '{\"from\":\"00:00\",\"until\":\"24:00\"}')");
        CLOCK.time = NIGHT;

        assertNotNull(make(to("+12125551234")));
    }

    @Test
    void nobodyIsCalledOutsideOfTheHoursOfTheirZone() {
        CLOCK.time = NIGHT;
        Problem night = refusal(to("+5511987650010"));
        assertEquals(ProblemType.CALLING_HOURS, night.type());
        assertTrue(night.getMessage().contains("2026-12-02T08:00-03:00"), night.getMessage());

        CLOCK.time = Instant.parse("2026-12-01T11:30:00Z");
        assertNotNull(make(to("+5511987650010")), "08:30 in São Paulo");
        Problem morning = refusal(to("+5568999870010"));
        assertTrue(morning.getMessage().contains("2026-12-01T08:00-05:00"), "06:30 in Acre: " + morning.getMessage());
    }

    @Test
    void theHoursOfTheChannelOverrideThoseOfTheClient() {
        postgres.query(
                "insert into CallPlans (ClientID, ChannelID, Plan) values (1, 1, '{\"callingHours\":{\"from\":\"10:00\",\"until\":\"11:00\"}}')");

        assertEquals(ProblemType.CALLING_HOURS, refusal(to("+5511987650011")).type());
    }

    @Test
    void aScheduledCallIsCheckedForItsTimeAndAgainWhenItIsDialed() {
        assertEquals(
                ProblemType.CALLING_HOURS,
                refusal(scheduled("+5511987650012", NIGHT)).type());

        CallView call = make(scheduled("+5511987650012", NOON.plusSeconds(60)));
        assertEquals(NOON.plusSeconds(60), call.scheduledAt());
        assertEquals(
                true, postgres.value("select NotBefore > now() from BackgroundTasks where TaskID = ?", task(call)));
        CLOCK.time = NIGHT;
        run(call);
        assertEquals("Initiated", state(call));
        assertEquals(0, dials(call), "it waits until the morning");
        assertEquals("Pendente", taskStatus(call));
        CLOCK.time = NIGHT.plus(Duration.ofHours(10));
        run(call);
        assertEquals(1, dials(call));
    }

    @Test
    void whoOptedOutIsNotCalled() {
        CallView early = make(scheduled("+5511987650013", NOON.plusSeconds(60)));
        postgres.query(
                "insert into Consents (ClientID, EndUserID, Status, Source) values (1, ?, 'Revogado', 'API')",
                early.endUserId());

        assertEquals(ProblemType.CONSENT_REVOKED, refusal(to("+5511987650013")).type());
        run(early);
        assertEquals("Canceled", state(early));
        assertEquals(0, dials(early), "who opted out since is not called");
    }

    @Test
    void anInactiveEndUserIsAConflict() {
        CallView call = make(to("+5511987650014"));
        postgres.query("update ClientEndUsers set Status = 'Inativo' where EndUserID = ?", call.endUserId());

        assertEquals(ProblemType.CONFLICT, refusal(to("+5511987650014")).type());
        assertEquals(ProblemType.CONFLICT, refusal(endUser(call.endUserId())).type());
    }

    @Test
    void anEndUserIsCalledById() {
        CallView first = make(to("+5511987650015"));
        CallView second = make(endUser(first.endUserId()));

        assertEquals("+5511987650015", second.to());
        assertEquals(first.endUserId(), second.endUserId());
    }

    @Test
    void ceilingsCountTelephonesOfRingGroupsToo() {
        CallView call = make(to("+5511987650016"));
        long counted = (long) counted("false");
        calls.reportLeg(call(call), "p-0-0", null, CallNews.of(CallStatus.RINGING))
                .await()
                .atMost(PATIENCE);
        assertEquals(counted + 1, counted("false"));

        limit("callsPerHour", counted + 1);
        Problem hour = refusal(to("+5511987650017"));
        assertEquals("callsPerHour", hour.limit());
        limit("callsPerDay", counted + 1);
        assertEquals("callsPerDay", refusal(to("+5511987650017")).limit());
        limit("callsPerDay", counted + 2);
        assertNotNull(make(to("+5511987650017")));
    }

    /** Before the telephone of a transfer rings, the transfer itself counts. */
    @Test
    void ceilingsCountTheTelephonesOfTransfersOnce() {
        CallView call = make(to("+5511987650021"));
        long counted = (long) counted("false");
        Object transfer = postgres.value("""
                insert into CallTransfers (ClientID, CallID, SessionID, Kind, ToNumber, RingSeconds)
                select ClientID, CallID, SessionID, 'Direta', '+5511977776666', 30 from Calls where CallID = ?
                returning TransferID""", call.callId());
        assertEquals(counted + 1, counted("false"));
        addLeg(call, "t-" + transfer);
        assertEquals(counted + 1, counted("false"));
        addLeg(call, "r-" + transfer);
        assertEquals(counted + 2, counted("false"), "the way back is one more telephone");
        addLeg(call, "b");
        assertEquals(counted + 2, counted("false"), "the broker who was rung first was the call itself");
    }

    private static void addLeg(CallView call, String position) {
        postgres.query("""
                insert into CallLegs (ClientID, CallID, SessionID, Position, ToNumber)
                select ClientID, CallID, SessionID, ?, '+5511977776666' from Calls where CallID = ?""", position, call.callId());
    }

    @Test
    void ofCallsThatGoOnOnlySoManyAreMadeAtOnce() {
        CallView call = make(to("+5511987650018"));
        long counted = (long) counted("true");
        limit("callsAtOnce", counted);
        assertEquals("callsAtOnce", refusal(to("+5511987650019")).limit());
        calls.report(call(call), CallNews.of(CallStatus.BUSY)).await().atMost(PATIENCE);

        assertNotNull(make(to("+5511987650019")));
    }

    @Test
    void theLongestCallIsTheClients() {
        limit("callMinutes", 2);
        CallView call = make(to("+5511987650020"));
        assertEquals(
                "120", postgres.value("select Script ->> 'maxSeconds' from Calls where CallID = ?", call.callId()));
    }

    @Test
    void theEndUserWhoAnswersGetsTheBrokerAndThenVoicemailWithoutGreeting() {
        CallView call = make(to("+5511987650021"));
        String steps = TestSteps.next(calls, call(call), "");

        assertTrue(steps.startsWith("[Dial"), steps);
        assertTrue(steps.contains("+5511988888888"), steps);
    }

    @Test
    void aTextIsSpokenAndTheCallEnds() {
        OutgoingCallFields fields = new OutgoingCallFields(
                "+5511987650022",
                TestCalls.NUMBER,
                null,
                null,
                null,
                MachineRule.LEAVE_MESSAGE,
                "Ligaremos mais tarde.",
                new OutgoingCallFields.Connect("Sua visita está confirmada."),
                20,
                null);
        CallView call = make(fields);
        run(call);

        assertTrue(PROVIDER.dialed().getLast().detectsMachines());
        assertEquals(Duration.ofSeconds(20), PROVIDER.dialed().getLast().ringTime());
        assertEquals("[Say[text=Sua visita está confirmada.], Hangup[]]", TestSteps.next(calls, call(call), ""));
    }

    @Test
    void clickToCallRingsTheBrokerWhoPressesOneAndThenTheEndUser() {
        CallView call = click("+5511987650030");
        run(call);
        assertEquals("+5511988888888", PROVIDER.dialed().getLast().to());

        calls.report(call(call), CallNews.of(CallStatus.IN_PROGRESS)).await().atMost(PATIENCE);
        assertEquals("Queued CA-" + call.callId(), state(call), "the broker's answer is not the end user's");
        String question = TestSteps.next(calls, call(call), "");
        assertTrue(question.contains("Tecle 1"), question);
        String dial = TestSteps.digits(calls, call(call), "m-0-0", "1");
        assertTrue(dial.contains("+5511987650030") && dial.contains("callerId=" + TestCalls.NUMBER), dial);
        calls.reportLeg(call(call), END_USER, "CA-leg", CallNews.of(CallStatus.IN_PROGRESS))
                .await()
                .atMost(PATIENCE);
        calls.reportLeg(call(call), END_USER, "CA-leg", CallNews.of(CallStatus.COMPLETED))
                .await()
                .atMost(PATIENCE);
        calls.report(call(call), CallNews.of(CallStatus.COMPLETED)).await().atMost(PATIENCE);

        assertEquals("Completed CA-" + call.callId(), state(call));
        assertEquals(
                1L, postgres.value("select count(*) from Calls where SessionID = ?", call.sessionId()), "one record");
        assertEquals(
                "ChamadaConectada,ChamadaEncerrada",
                postgres.value(
                        "select string_agg(EventType, ',' order by EventID) from Events where SessionID = ? and EventType like 'Chamada%'",
                        call.sessionId()));
    }

    @Test
    void theEndOfTheBrokersTelephoneIsNotTheEndOfACallThatGoesOnWithoutIt() {
        CallView call = click("+5511987650034");
        run(call);
        String endUser = "CA-end-user-" + call.callId();
        TestSteps.digits(calls, call(call), "m-0-0", "1");
        calls.reportLeg(call(call), END_USER, endUser, CallNews.of(CallStatus.IN_PROGRESS))
                .await()
                .atMost(PATIENCE);

        for (int time = 1; time <= 2; time++) {
            sides().endUserGoesOn(call(call), endUser).await().atMost(PATIENCE);
        }
        calls.reportAccepted(call(call), "CA-" + call.callId(), CallNews.of(CallStatus.COMPLETED))
                .await()
                .atMost(PATIENCE);

        assertEquals("In Progress " + endUser, state(call));
        assertEquals(
                "Completed CA-" + call.callId() + " +5511988888888",
                postgres.value(
                        "select concat_ws(' ', LegStatus, ProviderCallID, ToNumber) from CallLegs where CallID = ? and Position = 'b'",
                        call.callId()));
        calls.reportAccepted(call(call), endUser, CallNews.of(CallStatus.COMPLETED))
                .await()
                .atMost(PATIENCE);
        assertEquals("Completed " + endUser, state(call));
    }

    private static CallSides sides() {
        return TestCalls.sides(transactions.service());
    }

    @Test
    void aBrokerWhoDoesNotAnswerEndsClickToCall() {
        CallView call = click("+5511987650031");
        run(call);
        calls.report(call(call), CallNews.of(CallStatus.NO_ANSWER).because(EndReason.NO_ANSWER))
                .await()
                .atMost(PATIENCE);

        assertEquals("Canceled corretor não atendeu", end(call));
    }

    @Test
    void theVoicemailOfTheBrokerIsNoBroker() {
        CallView call = click("+5511987650032");
        run(call);
        calls.report(call(call), CallNews.of(CallStatus.IN_PROGRESS)).await().atMost(PATIENCE);
        TestSteps.digits(calls, call(call), "m-0-0", "");
        TestSteps.digits(calls, call(call), "m-1-0", "");
        calls.report(call(call), CallNews.of(CallStatus.COMPLETED)).await().atMost(PATIENCE);

        assertEquals("Canceled corretor não atendeu", end(call));
    }

    @Test
    void anEndUserWhoDoesNotAnswerClickToCallHasMissedNothing() {
        CallView call = click("+5511987650033");
        run(call);
        calls.report(call(call), CallNews.of(CallStatus.IN_PROGRESS)).await().atMost(PATIENCE);
        TestSteps.digits(calls, call(call), "m-0-0", "1");
        calls.reportLeg(
                        call(call),
                        END_USER,
                        null,
                        CallNews.of(CallStatus.NO_ANSWER).because(EndReason.NO_ANSWER))
                .await()
                .atMost(PATIENCE);
        calls.report(call(call), CallNews.of(CallStatus.COMPLETED)).await().atMost(PATIENCE);

        assertEquals("No Answer sem resposta", end(call));
        assertEquals(false, postgres.value("select Missed from Calls where CallID = ?", call.callId()));
        assertNull(postgres.value("select AttendedAt from Calls where CallID = ?", call.callId()));
    }

    @Test
    void clickToCallNeedsAnActiveUserWithANumber() {
        postgres.query("""
                insert into ClientUsers (ClientID, UserName, UserRole, Email, Status)
                values (1, 'Ana', 'Corretor', 'ana@imobiliariaxpto.com', 'Ativo')""");

        assertEquals(
                "userId",
                refusal(fields("+5511987650034", TestCalls.NUMBER, 2L))
                        .violations()
                        .getFirst()
                        .field());
        assertEquals(
                "userId",
                refusal(fields("+5511987650034", TestCalls.NUMBER, 99L))
                        .violations()
                        .getFirst()
                        .field());
    }

    @Test
    void fieldsThatContradictEachOtherAreRejected() {
        OutgoingCallFields nobody =
                new OutgoingCallFields(null, TestCalls.NUMBER, null, null, null, null, null, null, null, null);
        OutgoingCallFields silent = new OutgoingCallFields(
                TO, TestCalls.NUMBER, null, null, null, MachineRule.LEAVE_MESSAGE, null, null, null, null);

        assertEquals(
                "to",
                assertThrows(Problem.class, () -> nobody.requireConsistent(NOON))
                        .violations()
                        .getFirst()
                        .field());
        assertEquals(
                "message",
                assertThrows(Problem.class, () -> silent.requireConsistent(NOON))
                        .violations()
                        .getFirst()
                        .field());
        assertEquals(
                "scheduledAt",
                assertThrows(Problem.class, () -> scheduled(TO, NOON).requireConsistent(NOON))
                        .violations()
                        .getFirst()
                        .field());
    }

    private static CallView click(String number) {
        return make(fields(number, TestCalls.NUMBER, 1L));
    }

    private static OutgoingCallFields to(String number) {
        return fields(number, TestCalls.NUMBER, null);
    }

    private static OutgoingCallFields fields(String to, String from, Long userId) {
        return new OutgoingCallFields(to, from, null, userId, null, null, null, null, null, null);
    }

    private static OutgoingCallFields endUser(long id) {
        return new OutgoingCallFields(null, TestCalls.NUMBER, id, null, null, null, null, null, null, null);
    }

    private static OutgoingCallFields scheduled(String to, Instant time) {
        return new OutgoingCallFields(to, TestCalls.NUMBER, null, null, time, null, null, null, null, null);
    }

    private static CallView make(OutgoingCallFields fields) {
        return transactions
                .service()
                .statementsInTenant(1, tx -> outgoing.make(tx, 1, fields))
                .await()
                .atMost(PATIENCE);
    }

    private static Problem refusal(OutgoingCallFields fields) {
        return assertThrows(Problem.class, () -> make(fields));
    }

    /** Runs an attempt of the task that dials, as if its time had come. */
    private static void run(CallView call) {
        postgres.query("update BackgroundTasks set NotBefore = null, DueAt = now() where TaskID = ?", task(call));
        engine.run(task(call));
    }

    private static long task(CallView call) {
        return (long) postgres.value(
                "select TaskID from BackgroundTasks where SessionID = ? and TaskType = 'ChamadaSaida'",
                call.sessionId());
    }

    private static String taskStatus(CallView call) {
        return (String) postgres.value("select Status from BackgroundTasks where TaskID = ?", task(call));
    }

    private static long dials(CallView call) {
        return PROVIDER.dialed().stream()
                .filter(made -> made.ref().callId() == call.callId())
                .count();
    }

    private static String state(CallView call) {
        return (String) postgres.value(
                "select concat_ws(' ', CallStatus, ProviderCallID) from Calls where CallID = ?", call.callId());
    }

    private static String end(CallView call) {
        return (String) postgres.value(
                "select concat_ws(' ', CallStatus, EndReason) from Calls where CallID = ?", call.callId());
    }

    private static CallRef call(CallView call) {
        return new CallRef(call.clientId(), call.callId());
    }

    private static long count() {
        return (long) postgres.value("select count(*) from Calls");
    }

    private static Object counted(String open) {
        return transactions
                .service()
                .statementsInTenant(
                        1,
                        tx -> tx.find(
                                "select comuta_count_calls(1, now() - interval '1 hour', " + open + ", 1000)",
                                row -> row.getLong(0)))
                .await()
                .atMost(PATIENCE);
    }

    private static void limit(String name, long maximum) {
        postgres.query(
                "update Clients set Limits = jsonb_build_object(?::text, ?::bigint) where ClientID = 1", name, maximum);
    }
}
