package dev.comuta.call.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallListener;
import dev.comuta.call.CallRef;
import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.InboundCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.StubCallProvider;
import dev.comuta.call.TestCalls;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.hook.CallHooks;
import dev.comuta.call.hook.Steps;
import dev.comuta.call.hook.TestSteps;
import dev.comuta.call.outgoing.TestTargets;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.event.Events;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestEngine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfers on a real database, with a provider that records. */
class TransfersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final PhoneNumber CALLED = new PhoneNumber(TestCalls.NUMBER);
    private static final String ANA = "+5511977776666";
    private static final String JOAO = "+5511988888888";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static Calls calls;
    private static Transfers transfers;
    private static TestEngine engine;
    private static CallHooks hooks;
    private static int number;

    private static final StubCallProvider PROVIDER = new StubCallProvider();

    /** The transfers, which are made after the calls that notify them. */
    private static final class Late implements CallListener {

        @Override
        public Uni<Void> ended(Tx tx, StoredCall call) {
            return transfers.ended(tx, call);
        }
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        TestCalls.seed(postgres, "Gateway");
        postgres.query("""
                insert into ClientUsers (ClientID, UserName, UserRole, Email, PhoneNumber, Status)
                values (1, 'Ana', 'Corretor', 'ana@imobiliariaxpto.com', ?, 'Ativo')""", ANA);
        calls = TestCalls.calls(transactions.service(), new Late());
        TransferStore store = new TransferStore();
        var found = TestCalls.atProvider(transactions.service(), PROVIDER);
        transfers = new Transfers(
                transactions.service(),
                store,
                found,
                TestTargets.targets(transactions.service()),
                new Tasks(),
                new Events());
        WayBack back = new WayBack(store, new UserStore());
        hooks = TestSteps.hooks(
                calls, new TransferDetour(transactions.service(), transfers, store, found, back, TestCalls.legs()));
        engine = new TestEngine(
                transactions.service(),
                vertx,
                new TransferHandler(
                        transactions.service(),
                        transfers,
                        store,
                        found,
                        back,
                        TestTransactions.config(CallsConfig.class)),
                List.of());
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void withAProviderThatCanTransfer() {
        PROVIDER.supportsAll(true);
    }

    @Test
    void theNewPersonHearsTheSummaryAndPressesOne() {
        CallRef call = conversation();
        TransferView transfer = begin(call, warm());
        run(transfer);
        String dialed = lastCommand();
        assertTrue(dialed.contains(ANA) && dialed.contains("transferida"), dialed);
        assertEquals("Chamando", status(transfer));

        String question = confirm(call, "t-" + transfer.transferId());
        assertTrue(question.contains("Quer visitar no sábado.") && question.contains("Tecle 1"), question);
        assertEquals("Em resumo", status(transfer));
        assertEquals("[]", confirmed(call, "t-" + transfer.transferId(), "1"));
        assertEquals("[]", confirmed(call, "t-" + transfer.transferId(), "1"), "a repeated report");
        assertEquals("Conectada", status(transfer));
        assertEquals(1L, transferred(call));
        assertEquals(2L, postgres.value("select AttendedBy from Calls where CallID = ?", call.callId()));

        assertEquals("[Hangup[]]", dialed(call, "t-" + transfer.transferId(), true));
        assertEquals("Concluída", status(transfer));
        assertEquals(1L, transferred(call));
    }

    @Test
    void everyTelephoneOfATransferIsALegWhoseNewsSayNothingAboutTheCall() {
        CallRef call = conversation();
        TransferView transfer = begin(call, cold());
        run(transfer);
        String there = "t-" + transfer.transferId();
        String back = "r-" + transfer.transferId();

        leg(call, there, "CA-there", CallStatus.RINGING);
        confirmed(call, there, "");
        leg(call, there, "CA-there", CallStatus.COMPLETED);
        dialed(call, there, false);
        leg(call, back, "CA-back", CallStatus.IN_PROGRESS);
        confirmed(call, back, "1");

        assertEquals(
                List.of(there + " Completed 2 " + ANA + " CA-there f", back + " In Progress 1 " + JOAO + " CA-back t"),
                postgres.query("""
                                select concat_ws(' ', Position, LegStatus, UserID, ToNumber, ProviderCallID,
                                                 AcceptedAt is not null) as one
                                from CallLegs where CallID = ? and Position ~ '^[tr]-' order by LegID""", call.callId()).stream()
                        .map(row -> row.get("one"))
                        .toList());
        assertEquals("In Progress", postgres.value("select CallStatus from Calls where CallID = ?", call.callId()));
    }

    private static void leg(CallRef call, String position, String providerId, CallStatus status) {
        hooks.leg(call, new Hook(Hook.Kind.LEG, call.callId(), position), providerId, CallNews.of(status))
                .await()
                .atMost(PATIENCE);
    }

    @Test
    void whoIsNotAnsweredGoesBackToWhoTransferred() {
        CallRef call = conversation();
        TransferView transfer = begin(call, cold());
        run(transfer);
        String back = dialed(call, "t-" + transfer.transferId(), false);

        assertTrue(back.contains(JOAO) && back.contains("r-" + transfer.transferId()), back);
        assertEquals("Falhou", status(transfer));
        assertEquals(0L, transferred(call));
        assertTrue(confirm(call, "r-" + transfer.transferId()).contains("voltar"));
        assertEquals("[]", confirmed(call, "r-" + transfer.transferId(), "1"));
    }

    @Test
    void theVoicemailOfTheNewPersonDoesNotTakeTheCall() {
        CallRef call = conversation();
        TransferView transfer = begin(call, cold());
        run(transfer);
        confirm(call, "t-" + transfer.transferId());
        assertEquals("[Hangup[]]", confirmed(call, "t-" + transfer.transferId(), ""));

        assertEquals("Recusada", status(transfer));
        assertTrue(dialed(call, "t-" + transfer.transferId(), false).contains(JOAO));
        assertEquals(0L, transferred(call));
    }

    @Test
    void whenWhoTransferredIsGoneTheNextStepOfThePlanFollows() {
        CallRef call = conversation();
        TransferView transfer = begin(call, cold());
        run(transfer);
        dialed(call, "t-" + transfer.transferId(), false);
        String next = dialed(call, "r-" + transfer.transferId(), false);

        assertTrue(next.contains("RecordMessage"), next);
    }

    @Test
    void aCanceledTransferBringsTheEndUserBack() {
        CallRef call = conversation();
        TransferView transfer = begin(call, cold());
        run(transfer);
        assertEquals(TransferStatus.CANCELED, cancel(call).status());
        assertEquals(TransferStatus.CANCELED, cancel(call).status(), "a second time");
        run(transfer);

        String back = lastCommand();
        assertTrue(back.contains(JOAO), back);
        String late = confirmed(call, "t-" + transfer.transferId(), "1");
        assertTrue(late.contains("Hangup"), "who presses 1 after that hears that the person is gone: " + late);
        assertEquals(0L, transferred(call));
    }

    @Test
    void anAcceptedTransferCannotBeCanceled() {
        CallRef call = conversation();
        TransferView transfer = begin(call, cold());
        run(transfer);
        confirmed(call, "t-" + transfer.transferId(), "1");

        assertEquals(
                ProblemType.CONFLICT,
                assertThrows(Problem.class, () -> cancel(call)).type());
    }

    @Test
    void aTransferThatNobodyReportsOfIsOverdue() {
        CallRef call = conversation();
        TransferView transfer = begin(call, cold());
        run(transfer);
        postgres.query(
                "update BackgroundTasks set NotBefore = null where (RequestData ->> 'transferId')::bigint = ?",
                transfer.transferId());
        run(transfer);

        assertEquals("Falhou", status(transfer));
        assertTrue(lastCommand().contains(JOAO));
    }

    @Test
    void aProviderThatRefusesFailsTheTransfer() {
        CallRef call = conversation();
        TransferView transfer = begin(call, cold());
        PROVIDER.fails(new PermanentFailure("no"));
        run(transfer);

        assertEquals("Falhou", status(transfer));
    }

    @Test
    void theEndOfTheCallEndsItsTransfer() {
        CallRef call = conversation();
        TransferView transfer = begin(call, cold());
        calls.report(call, CallNews.of(CallStatus.COMPLETED)).await().atMost(PATIENCE);

        assertEquals("Cancelada", status(transfer));
        assertTrue(confirm(call, "t-" + transfer.transferId()).contains("desligou"));
    }

    @Test
    void oneTransferAtATimeOfACallThatGoesOn() {
        CallRef call = conversation();
        begin(call, cold());
        assertEquals(ProblemType.CONFLICT, refusal(call, cold()).type());

        CallRef ended = conversation();
        calls.report(ended, CallNews.of(CallStatus.COMPLETED)).await().atMost(PATIENCE);
        assertEquals(ProblemType.CONFLICT, refusal(ended, cold()).type());
        CallRef other = conversation();
        PROVIDER.supportsAll(false);
        assertEquals(ProblemType.CONFLICT, refusal(other, cold()).type());
    }

    @Test
    void onlyNumbersThatMayBeCalledGetTransfers() {
        CallRef call = conversation();

        assertEquals(
                ProblemType.INVALID, refusal(call, toNumber("+12125551234")).type());
        assertEquals(ProblemType.INVALID, refusal(call, toNumber("190")).type());
        assertEquals(
                TransferStatus.REQUESTED, begin(call, toNumber("+551133334444")).status());
    }

    @Test
    void aSummaryIsOfAWarmTransfer() {
        TransferFields silent = new TransferFields(TransferKind.WARM, 2L, null, null, null);
        TransferFields both = new TransferFields(TransferKind.COLD, 2L, ANA, null, null);

        assertThrows(Problem.class, silent::requireConsistent);
        assertThrows(Problem.class, both::requireConsistent);
    }

    /** An incoming call that the broker João has taken. */
    private static CallRef conversation() {
        number++;
        CallRef call = calls.ring(new InboundCall(
                        TestCalls.CHANNEL,
                        "CA-transfer-" + number,
                        Caller.of("+55119" + (87500000 + number), CALLED),
                        TestCalls.NUMBER,
                        CallNews.of(CallStatus.IN_PROGRESS)))
                .await()
                .atMost(PATIENCE)
                .call()
                .ref();
        assertTrue(calls.accept(call, "p-0-0").await().atMost(PATIENCE));
        return call;
    }

    private static TransferFields warm() {
        return new TransferFields(TransferKind.WARM, 2L, null, "Quer visitar no sábado.", null);
    }

    private static TransferFields cold() {
        return new TransferFields(TransferKind.COLD, 2L, null, null, null);
    }

    private static TransferFields toNumber(String to) {
        return new TransferFields(TransferKind.COLD, null, to, null, null);
    }

    private static TransferView begin(CallRef call, TransferFields fields) {
        return transactions
                .service()
                .statementsInTenant(1, tx -> transfers.begin(tx, call, fields))
                .await()
                .atMost(PATIENCE);
    }

    private static TransferView cancel(CallRef call) {
        return transactions
                .service()
                .statementsInTenant(1, tx -> transfers.cancel(tx, call))
                .await()
                .atMost(PATIENCE);
    }

    private static Problem refusal(CallRef call, TransferFields fields) {
        return assertThrows(Problem.class, () -> begin(call, fields));
    }

    /** Runs an attempt of each task of a transfer whose time has come. */
    private static void run(TransferView transfer) {
        postgres.query("""
                        select TaskID from BackgroundTasks
                        where (RequestData ->> 'transferId')::bigint = ? and Status = 'Pendente' and NotBefore is null
                        order by TaskID""", transfer.transferId())
                .forEach(row -> engine.run((long) row.values().iterator().next()));
    }

    private static String lastCommand() {
        return ((CallCommand.Follow) PROVIDER.commands().getLast()).steps().toString();
    }

    private static String confirm(CallRef call, String position) {
        return verbs(hooks.confirm(call, new Hook(Hook.Kind.CONFIRM, call.callId(), position)));
    }

    private static String confirmed(CallRef call, String position, String digits) {
        return verbs(hooks.confirmed(call, new Hook(Hook.Kind.CONFIRMED, call.callId(), position), digits));
    }

    private static String dialed(CallRef call, String position, boolean bridged) {
        return verbs(hooks.dialed(call, new Hook(Hook.Kind.DIALED, call.callId(), position), bridged));
    }

    private static String verbs(Uni<Steps> steps) {
        return steps.await().atMost(PATIENCE).verbs().toString();
    }

    private static Object status(TransferView transfer) {
        return postgres.value("select Status from CallTransfers where TransferID = ?", transfer.transferId());
    }

    private static Object transferred(CallRef call) {
        return postgres.value(
                "select count(*) from Events where EventType = 'ChamadaTransferida' and EventData ->> 'CallID' = ?",
                Long.toString(call.callId()));
    }
}
