package dev.comuta.call.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallRef;
import dev.comuta.call.CallView;
import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.InboundCall;
import dev.comuta.call.StubCallProvider;
import dev.comuta.call.StubCallProvider.Answer;
import dev.comuta.call.TestCalls;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.answer.Verb.Say;
import dev.comuta.call.plan.MachineRule;
import dev.comuta.call.state.AnsweredBy;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.secret.TestSecrets;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestEngine;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of calls on a real database, with a provider that records. */
class CallControlTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final PhoneNumber CALLED = new PhoneNumber(TestCalls.NUMBER);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static Calls calls;
    private static CallControl control;
    private static TaskHandler handler;
    private static TestEngine engine;
    private static TestEngine dialing;
    private static int number;

    private StubCallProvider provider;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        TestCalls.seed(postgres, "Gateway");
        calls = TestCalls.calls(transactions.service(), new MachineRules(new Tasks()));
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void withAProvider() {
        provider = new StubCallProvider();
        control = new CallControl(
                transactions.service(),
                TestCalls.atProvider(transactions.service(), provider),
                calls,
                new Tasks(),
                TestSecrets.secrets());
        handler = new CommandHandler(
                transactions.service(),
                TestCalls.atProvider(transactions.service(), provider),
                calls,
                TestSecrets.secrets(),
                TestTransactions.config(CallsConfig.class));
        engine = new TestEngine(transactions.service(), vertx, handler, List.of());
        dialing = new TestEngine(
                transactions.service(),
                vertx,
                TestCalls.dialing(transactions.service(), calls, provider, List.of()),
                List.of());
    }

    @Test
    void commandsReachTheProviderInTheirOrderAndAreStored() {
        CallRef call = answered();
        change(call, Order.of(Order.Kind.HOLD));
        change(call, Order.of(Order.Kind.MUTE));
        change(call, new Order(Order.Kind.RECORDING, "PAUSE"));
        runAll(call);

        assertEquals(
                List.of(
                        new CallCommand.Hold(true),
                        new CallCommand.Mute(true),
                        new CallCommand.ChangeRecording(CallCommand.RecordingChange.PAUSE)),
                provider.commands());
        assertEquals("t t", held(call));
        change(call, Order.of(Order.Kind.RESUME));
        change(call, Order.of(Order.Kind.UNMUTE));
        runAll(call);
        assertEquals("f f", held(call));
    }

    @Test
    void digitsAreSealedAndSentOnce() {
        CallRef call = answered();
        change(call, new Order(Order.Kind.DIGITS, "4111#"));
        String stored = (String)
                postgres.value("select RequestData::text from BackgroundTasks where TaskID = ?", lastTask(call));
        assertFalse(stored.contains("4111"), stored);

        ClaimedTask killed = engine.claim(lastTask(call)).getFirst();
        handler.run(killed).await().atMost(PATIENCE);
        runAll(call);
        assertEquals(List.of(new CallCommand.SendDigits("4111#")), provider.commands());
    }

    @Test
    void aTransientFailureIsRepeated() {
        CallRef call = answered();
        change(call, Order.of(Order.Kind.HOLD));
        provider.fails(new TransientFailure("away"));
        runAll(call);
        assertEquals("f f", held(call));
        runAll(call);

        assertEquals(List.of(new CallCommand.Hold(true)), provider.commands());
        assertEquals("t f", held(call));
    }

    @Test
    void anEndedCallCannotBeChangedButBeHungUp() {
        CallRef call = answered();
        calls.report(call, CallNews.of(CallStatus.COMPLETED)).await().atMost(PATIENCE);

        assertEquals(
                ProblemType.CONFLICT, refusal(call, Order.of(Order.Kind.HOLD)).type());
        assertEquals(CallStatus.COMPLETED, hangUp(call).callStatus());
        assertEquals(0L, tasks(call));
    }

    @Test
    void aCallThatRingsCannotBeHeld() {
        CallRef call = ring(CallStatus.RINGING);

        assertEquals(
                ProblemType.CONFLICT, refusal(call, Order.of(Order.Kind.HOLD)).type());
    }

    @Test
    void aCallThatNobodyHasTakenCannotBeHeldButRecorded() {
        CallRef call = ring(CallStatus.IN_PROGRESS);

        assertEquals(
                ProblemType.CONFLICT, refusal(call, Order.of(Order.Kind.HOLD)).type());
        change(call, new Order(Order.Kind.RECORDING, "START"));
        assertEquals(1L, tasks(call));
    }

    @Test
    void aCallIsHungUpAlthoughATransferIsQueued() {
        CallRef call = answered();
        postgres.query("""
                insert into BackgroundTasks (SessionID, TaskType, ClientID, RequestData, SerialKey)
                select SessionID, 'TransferênciaChamada', 1, jsonb_build_object('callId', CallID), 'chamada:' || CallID
                from Calls where CallID = ?""", call.callId());

        assertEquals(CallStatus.IN_PROGRESS, hangUp(call).callStatus());
        postgres.query(
                "update BackgroundTasks set Status = 'Concluída' where SerialKey = ? and TaskType <> 'ComandoChamada'",
                "chamada:" + call.callId());
        runAll(call);
        assertEquals(List.of(new CallCommand.HangUp()), provider.commands());
    }

    @Test
    void theTaskOfACallThatMayBeRingingCannotBeCanceled() {
        CallRef call = outgoing("Conectar", null);
        ClaimedTask dial = dialing.claim(lastTask(call)).getFirst();
        TaskHandler dials = TestCalls.dialing(transactions.service(), calls, provider, List.of());
        dial.calling();

        Problem refused = assertThrows(Problem.class, () -> transactions
                .service()
                .statementsInTenant(1, tx -> dials.onCanceled(tx, dial))
                .await()
                .atMost(PATIENCE));
        assertEquals(ProblemType.CONFLICT, refused.type());
        assertEquals("Initiated", postgres.value("select CallStatus from Calls where CallID = ?", call.callId()));
    }

    @Test
    void aCallThatNoTaskDialsAnyMoreIsWithdrawn() {
        CallRef call = outgoing("Conectar", null);
        postgres.query("update BackgroundTasks set Status = 'Cancelada' where TaskID = ?", lastTask(call));

        hangUp(call);
        runAll(call);
        assertEquals("Canceled", postgres.value("select CallStatus from Calls where CallID = ?", call.callId()));
        assertEquals(List.of(), provider.commands());
    }

    @Test
    void aProviderThatCannotHoldIsAConflict() {
        CallRef call = answered();
        provider.supportsAll(false);

        Problem problem = refusal(call, Order.of(Order.Kind.HOLD));
        assertEquals(ProblemType.CONFLICT, problem.type());
        hangUp(call);
        runAll(call);
        assertEquals(List.of(new CallCommand.HangUp()), provider.commands());
    }

    @Test
    void aCallThatIsNotDialledYetIsWithdrawn() {
        CallRef call = outgoing("Conectar", null);
        CallView withdrawn = hangUp(call);

        assertEquals(CallStatus.CANCELED, withdrawn.callStatus());
        runAll(call);
        assertEquals(List.of(), provider.dialed());
        assertEquals(
                "Cancelada", postgres.value("select Status from BackgroundTasks where TaskID = ?", lastTask(call)));
        assertEquals(CallStatus.CANCELED, hangUp(call).callStatus());
    }

    @Test
    void aCallThatIsBeingDialledIsHungUpAfterwards() {
        CallRef call = outgoing("Conectar", null);
        ClaimedTask dial = dialing.claim(lastTask(call)).getFirst();
        assertEquals(CallStatus.INITIATED, hangUp(call).callStatus());
        runAll(call);
        assertEquals(List.of(), provider.commands(), "the command waits for the end of the dialling");
        dialing.run(dial);
        runAll(call);

        assertEquals(1, provider.dialed().size());
        assertEquals(List.of(new CallCommand.HangUp()), provider.commands());
    }

    @Test
    void aVoicemailGetsTheMessage() {
        CallRef call = dialed("Deixar mensagem", "Ligaremos mais tarde.");
        calls.report(call, CallNews.answeredBy(AnsweredBy.VOICEMAIL)).await().atMost(PATIENCE);
        calls.report(call, CallNews.answeredBy(AnsweredBy.VOICEMAIL)).await().atMost(PATIENCE);
        runAll(call);

        assertEquals(
                List.of(new CallCommand.Follow(List.of(new Say("Ligaremos mais tarde."), new Hangup()))),
                provider.commands());
    }

    @Test
    void otherMachinesAreHungUpOn() {
        for (AnsweredBy by : List.of(AnsweredBy.FAX, AnsweredBy.MENU, AnsweredBy.UNAVAILABLE)) {
            provider = null;
            withAProvider();
            CallRef call = dialed("Deixar mensagem", "Ligaremos mais tarde.");
            calls.report(call, CallNews.answeredBy(by)).await().atMost(PATIENCE);
            runAll(call);
            assertEquals(List.of(new CallCommand.HangUp()), provider.commands(), by.stored());
        }
    }

    @Test
    void aPersonAndWhatIsUncertainAreConnected() {
        for (AnsweredBy by : List.of(AnsweredBy.PERSON, AnsweredBy.UNCERTAIN)) {
            CallRef call = dialed(MachineRule.HANG_UP.stored(), null);
            calls.report(call, CallNews.answeredBy(by)).await().atMost(PATIENCE);
            runAll(call);
        }
        CallRef connected = dialed(MachineRule.CONNECT.stored(), null);
        calls.report(connected, CallNews.answeredBy(AnsweredBy.VOICEMAIL))
                .await()
                .atMost(PATIENCE);
        runAll(connected);

        assertEquals(List.of(), provider.commands());
    }

    private static CallRef answered() {
        CallRef call = ring(CallStatus.IN_PROGRESS);
        calls.attendedBy(call, null).await().atMost(PATIENCE);
        return call;
    }

    private static CallRef ring(CallStatus status) {
        number++;
        return calls.ring(new InboundCall(
                        TestCalls.CHANNEL,
                        "CA-control-" + number,
                        Caller.of("+55119" + (87600000 + number), CALLED),
                        TestCalls.NUMBER,
                        CallNews.of(status)))
                .await()
                .atMost(PATIENCE)
                .call()
                .ref();
    }

    /** A stored call of the company with the task that dials. */
    private static CallRef outgoing(String onMachine, String message) {
        number++;
        long call = (long) postgres.value("""
                select call_id from comuta_call_out(
                    1, 1, comuta_end_user(1, 'phone', ?, ?, null, null), null, ?, ?, null)""", phone(), phone(), TestCalls.NUMBER, phone());
        postgres.query("""
                insert into BackgroundTasks (SessionID, TaskType, ClientID, RequestData, SerialKey)
                select SessionID, 'ChamadaSaida', 1, jsonb_build_object('callId', CallID), 'chamada:' || CallID
                from Calls where CallID = ?""", call);
        postgres.query("""
                update Calls set Script = jsonb_build_object(
                    'refused', false, 'opening', '[]'::jsonb, 'steps', '[]'::jsonb, 'recorded', false,
                    'callerId', '+5511999999999', 'maxSeconds', 60,
                    'outgoing', jsonb_build_object(
                        'number', '+5511987654321', 'ringSeconds', 30, 'onMachine', ?::text, 'message', ?::text))
                where CallID = ?""", onMachine, message, call);
        return new CallRef(1, call);
    }

    private static String phone() {
        return "+55119" + (87600000 + number);
    }

    private CallRef dialed(String onMachine, String message) {
        CallRef call = outgoing(onMachine, message);
        provider.answers(Answer.ACCEPTS);
        dialing.run(lastTask(call));
        return call;
    }

    private static CallView change(CallRef call, Order order) {
        return transactions
                .service()
                .statementsInTenant(1, tx -> control.change(tx, call, order))
                .await()
                .atMost(PATIENCE);
    }

    private static Problem refusal(CallRef call, Order order) {
        return assertThrows(Problem.class, () -> change(call, order));
    }

    private static CallView hangUp(CallRef call) {
        return transactions
                .service()
                .statementsInTenant(1, tx -> control.hangUp(tx, call))
                .await()
                .atMost(PATIENCE);
    }

    /** Runs an attempt of each command of a call that may run now. */
    private static void runAll(CallRef call) {
        postgres.query(
                "update BackgroundTasks set NotBefore = null, DueAt = now() where SerialKey = ? and TaskType = 'ComandoChamada'",
                "chamada:" + call.callId());
        postgres.query(
                        "select TaskID from BackgroundTasks where SerialKey = ? and TaskType = 'ComandoChamada' and Status in ('Pendente', 'Em Andamento') order by TaskID",
                        "chamada:" + call.callId())
                .forEach(row -> engine.run((long) row.values().iterator().next()));
    }

    private static long lastTask(CallRef call) {
        return (long) postgres.value(
                "select max(TaskID) from BackgroundTasks where SerialKey = ?", "chamada:" + call.callId());
    }

    private static Object tasks(CallRef call) {
        return postgres.value("select count(*) from BackgroundTasks where SerialKey = ?", "chamada:" + call.callId());
    }

    private static Object held(CallRef call) {
        return postgres.value("select concat_ws(' ', Held, Muted) from Calls where CallID = ?", call.callId());
    }
}
