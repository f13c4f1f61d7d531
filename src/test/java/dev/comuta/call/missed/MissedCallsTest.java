package dev.comuta.call.missed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.CallRef;
import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.InboundCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.TestCalls;
import dev.comuta.call.notice.TestNotices;
import dev.comuta.call.plan.Scripts;
import dev.comuta.call.plan.TestScripts;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.channel.Provider;
import dev.comuta.channel.TestChannels;
import dev.comuta.event.Events;
import dev.comuta.message.TestSending;
import dev.comuta.message.rule.TestRules;
import dev.comuta.people.TestPeople;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.ExpiredSessions;
import dev.comuta.session.SessionRef;
import dev.comuta.session.SessionStore;
import dev.comuta.session.TestSessions;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestEngine;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Missed calls and what follows them, on a real database. */
class MissedCallsTest {

    private static final PhoneNumber CALLED = new PhoneNumber(TestCalls.NUMBER);
    private static final String CALLER = "+5511987654321";
    private static final String BROKER = "p-0-0";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Transactions transactions;
    private static int rung;

    private final CallsConfig config = TestTransactions.config(CallsConfig.class);
    private final MissedStore store = new MissedStore();
    private final CallBacks callBacks = new CallBacks(new Tasks(), store, new ExpiredSessions(), Clock.systemUTC());
    private final MissedCalls missed = new MissedCalls(store, callBacks, new Tasks(), config);
    private final Calls calls = TestCalls.calls(transactions, missed);
    private final SessionStore sessions = TestSessions.store(List.of(missed), Map.of());
    private final List<String> mails = new ArrayList<>();
    private Scripts scripts;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres).service();
        TestCalls.seed(postgres, "Gateway");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider)
                values (1, 'WhatsApp', '+5511999999990', 'Ativo', 'Meta')""");
        postgres.query("""
                insert into Templates (ClientID, ChannelID, Name, Language, Category, Status, Components)
                values (1, 2, 'ligacao_perdida', 'pt_BR', 'Utilidade', 'Aprovado',
                    '{"parts": [{"type": "BODY", "text": "Olá {{1}}, não conseguimos atender."}]}')""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void clear() {
        postgres.query("delete from BackgroundTasks");
        postgres.query("delete from Messages");
        postgres.query(
                "update Calls set EndTime = now() - interval '1 day', StartTime = now() - interval '1 day', FollowUpAt = null");
        postgres.query("update CallPlans set Plan = '{}'");
        postgres.query("update Templates set Status = 'Aprovado'");
        scripts = TestScripts.scripts(transactions);
    }

    @Test
    void aCallThatNobodyTookIsMissedOnce() {
        StoredCall call = missedCall(CALLER);
        report(call, CallStatus.NO_ANSWER);
        runTasks();

        assertEquals(true, of(call, "Missed"));
        assertEquals(1, events(call, "ChamadaPerdida"));
        assertEquals(1L, open("Retorno"));
    }

    @Test
    void aCallThatSomebodyTookIsNot() {
        StoredCall call = ring(CALLER);
        calls.accept(call.ref(), BROKER).await().indefinitely();
        report(call, CallStatus.COMPLETED);
        runTasks();

        assertEquals(false, of(call, "Missed"));
        assertEquals(0, events(call, "ChamadaPerdida"));
        assertEquals(0L, open("Retorno"));
    }

    @Test
    void lateNewsOfWhoTookTheCallPreventsIt() {
        StoredCall call = ring(CALLER);
        report(call, CallStatus.COMPLETED);
        calls.attended(call.ref(), BROKER).await().indefinitely();
        runTasks();

        assertEquals(false, of(call, "Missed"));
        assertEquals(0, events(call, "ChamadaPerdida"));
    }

    @Test
    void laterNewsStillEndsWhatFollows() {
        StoredCall call = missedCall(CALLER);
        calls.attended(call.ref(), BROKER).await().indefinitely();

        assertEquals(false, of(call, "Missed"));
        assertEquals(0L, open("Retorno"));
    }

    @Test
    void aBlockedCallerIsNotMissed() {
        plan("{\"blockedNumbers\": [\"+5511987654329\"]}");
        StoredCall call = missedCall("+5511987654329");

        assertEquals(false, of(call, "Missed"));
    }

    @Test
    void aWithheldNumberIsMissedButNotFollowed() {
        StoredCall call = missedCall("anonymous");

        assertEquals(1, events(call, "ChamadaPerdida"));
        assertEquals(0L, open("Retorno"));
    }

    @Test
    void aCallerWhoRangAgainAndWasAnsweredIsNotFollowed() {
        template();
        StoredCall first = ring(CALLER);
        report(first, CallStatus.NO_ANSWER);
        StoredCall second = ring(CALLER);
        calls.accept(second.ref(), BROKER).await().indefinitely();
        runTasks();

        assertEquals(1, events(first, "ChamadaPerdida"));
        assertEquals(0L, open("Retorno"));
        assertEquals(List.of(), messages());
    }

    @Test
    void theSecondOfTwoMissedCallsIsFollowedByNothingElse() {
        template();
        StoredCall first = ring(CALLER);
        report(first, CallStatus.NO_ANSWER);
        runTasks();
        StoredCall second = missedCall(CALLER);

        assertEquals(1, events(second, "ChamadaPerdida"));
        assertEquals(1L, open("Retorno"));
        assertEquals(1, messages().size());
    }

    @Test
    void twoCallsOfOneMomentAreFollowedOnce() {
        template();
        StoredCall first = ring(CALLER);
        StoredCall second = ring(CALLER);
        report(first, CallStatus.NO_ANSWER);
        report(second, CallStatus.NO_ANSWER);
        runTasks();

        assertEquals(1, events(first, "ChamadaPerdida") * events(second, "ChamadaPerdida"));
        assertEquals(1L, open("Retorno"));
        assertEquals(1, messages().size());
    }

    @Test
    void theTemplateNamesTheCaller() {
        template();
        StoredCall call = ring(CALLER);
        postgres.query("update ClientEndUsers set Name = 'Maria' where PhoneNumber = ?", CALLER);
        report(call, CallStatus.NO_ANSWER);
        runTasks();

        assertEquals(List.of("Olá Maria, não conseguimos atender."), messages());
        assertEquals(
                postgres.value("select max(MessageID) from Messages where ContentType = 'Modelo'"),
                of(call, "FollowUpMessageID"));
        assertEquals(1L, open("EnvioMensagem"));
    }

    @Test
    void aCallerWithoutANameIsACustomer() {
        template();
        missedCall("+5511987654332");

        assertEquals(List.of("Olá cliente, não conseguimos atender."), messages());
    }

    @Test
    void noTemplateIsSentAfterAnOptOut() {
        template();
        StoredCall call = ring("+5511987654330");
        postgres.query("""
                insert into Consents (ClientID, EndUserID, Status, Source)
                select 1, EndUserID, 'Revogado', 'API' from Sessions where SessionID = ?""", call.sessionId());
        report(call, CallStatus.NO_ANSWER);
        runTasks();

        assertEquals(List.of(), messages());
        assertEquals("sem consentimento", of(call, "FollowUpRefusal"));
        assertEquals(1L, open("Retorno"));
        assertEquals(0L, postgres.value("""
                select count(*) from Sessions s join Sessions c on c.EndUserID = s.EndUserID
                where c.SessionID = ? and s.SessionType = 'Conversa'""", call.sessionId()));
    }

    @Test
    void noTemplateIsSentThatWasNotApproved() {
        template();
        postgres.query("update Templates set Status = 'Pausado'");
        StoredCall call = missedCall(CALLER);

        assertEquals(List.of(), messages());
        assertEquals("não permitida", of(call, "FollowUpRefusal"));
    }

    @Test
    void theBrokerIsAlertedAtTheDeadlineOnce() {
        StoredCall call = missedCall(CALLER);
        deadline();
        runTasks();

        assertEquals(1, events(call, "RetornoVencido"));
        assertEquals(1, mails.size());
        assertTrue(mails.getFirst().startsWith("joao@imobiliariaxpto.com Retorno vencido"), mails.getFirst());
        assertTrue(!mails.getFirst().contains("987654321"), "the number of the caller");
    }

    @Test
    void aCallOfTheCompanyEndsTheTask() {
        StoredCall call = missedCall(CALLER);
        StoredCall back = outgoing(call);
        report(back, CallStatus.IN_PROGRESS);
        assertEquals(1L, open("Retorno"), "what answered may be a machine");
        report(back, CallStatus.COMPLETED);

        assertEquals("Concluída", postgres.value("select Status from BackgroundTasks where TaskType = 'Retorno'"));
        assertEquals(
                "chamada",
                postgres.value("select ResultData ->> 'motivo' from BackgroundTasks where TaskType = 'Retorno'"));
        assertEquals(1, events(call, "TarefaConcluída"));
    }

    @Test
    void aCallOfTheCompanyThatNobodyAnsweredDoesNot() {
        StoredCall call = missedCall(CALLER);
        report(outgoing(call), CallStatus.NO_ANSWER);
        deadline();
        runTasks();

        assertEquals(1, events(call, "RetornoVencido"));
    }

    @Test
    void aClickToCallWhoseClientDidNotAnswerIsNotMissed() {
        StoredCall call = missedCall(CALLER);
        StoredCall click = outgoing(call);
        postgres.query(
                "update Calls set RequestedFor = 1 where CallID = ?",
                click.ref().callId());
        report(click, CallStatus.IN_PROGRESS);
        report(click, CallStatus.COMPLETED);
        runTasks();

        assertEquals(false, of(click, "Missed"));
        assertEquals(1L, open("Retorno"));
    }

    @Test
    void aMessageOfAPersonEndsTheTask() {
        StoredCall call = missedCall(CALLER);
        long session = conversation(call);
        SessionRef ref = new SessionRef(1, session);
        transactions
                .statementsInTenant(
                        1, tx -> sessions.lock(tx, ref).chain(locked -> sessions.personWrites(tx, ref, locked)))
                .await()
                .indefinitely();

        assertEquals(0L, open("Retorno"));
    }

    @Test
    void aMessageThatWasWrittenOnTheTelephoneCountsAtTheDeadline() {
        StoredCall call = missedCall(CALLER);
        postgres.query(
                "insert into Messages (SessionID, SenderType, ContentType, Content) values (?, 'Usuário', 'Texto', 'Oi')",
                conversation(call));
        deadline();
        runTasks();

        assertEquals(0, events(call, "RetornoVencido"));
        assertEquals(List.of(), mails);
    }

    @Test
    void theTemplateItselfIsNoAnswer() {
        template();
        StoredCall call = missedCall(CALLER);
        assertEquals(1, messages().size());
        deadline();
        runTasks();

        assertEquals(1, events(call, "RetornoVencido"));
    }

    @Test
    void thePlanSetsTheDeadline() {
        plan("{\"followUp\": {\"returnMinutes\": 15}}");
        missedCall(CALLER);
        assertEquals(15L, postgres.value("""
                select round(extract(epoch from NotBefore - CreatedAt) / 60)::bigint from BackgroundTasks
                where TaskType = 'Retorno'"""));

        postgres.query("delete from BackgroundTasks");
        plan("{\"followUp\": {\"returnMinutes\": 0}}");
        missedCall("+5511987654331");
        assertEquals(0L, open("Retorno"));
    }

    private void template() {
        plan("""
                {"followUp": {"channelId": 2, "template": "ligacao_perdida", "parameters": ["{nome}"]}}""");
    }

    private void plan(String json) {
        postgres.query("""
                insert into CallPlans (ClientID, ChannelID, Plan) values (1, 1, ?::jsonb)
                on conflict (ChannelID) do update set Plan = excluded.Plan""", json);
        scripts = TestScripts.scripts(transactions);
    }

    private StoredCall missedCall(String caller) {
        StoredCall call = ring(caller);
        report(call, CallStatus.NO_ANSWER);
        runTasks();
        return call;
    }

    private StoredCall ring(String caller) {
        return TestCalls.calls(transactions, missed)
                .ring(new InboundCall(
                        TestCalls.CHANNEL,
                        "CA-missed-" + ++rung,
                        Caller.of(caller, CALLED),
                        TestCalls.NUMBER,
                        CallNews.of(CallStatus.RINGING)))
                .await()
                .indefinitely()
                .call();
    }

    /** A call of the company to the caller of a call. */
    private StoredCall outgoing(StoredCall call) {
        long id = (Long) postgres.value("""
                with s as (
                    insert into Sessions (ClientID, ChannelID, EndUserID, SessionType)
                    select 1, 1, EndUserID, 'Chamada' from Sessions where SessionID = ? returning SessionID
                )
                insert into Calls (ClientID, SessionID, ChannelID, CallDirection, CallStatus, ToNumber)
                select 1, SessionID, 1, 'Outbound', 'Initiated', ? from s returning CallID""", call.sessionId(), CALLER);
        return calls.get(new CallRef(1, id)).await().indefinitely();
    }

    private static long conversation(StoredCall call) {
        postgres.query("update Sessions set EndTime = now() where SessionType = 'Conversa' and EndTime is null");
        return (Long) postgres.value("""
                insert into Sessions (ClientID, ChannelID, EndUserID)
                select 1, 2, EndUserID from Sessions where SessionID = ? returning SessionID""", call.sessionId());
    }

    private void report(StoredCall call, CallStatus status) {
        calls.report(call.ref(), CallNews.of(status)).await().indefinitely();
    }

    private static void deadline() {
        postgres.query("update BackgroundTasks set NotBefore = now() where TaskType = 'Retorno'");
    }

    /** Runs what follows the end of calls, and the mails; tasks whose time has not come are left. */
    private void runTasks() {
        postgres.query("update BackgroundTasks set NotBefore = now() where TaskType = 'ChamadaPerdida'");
        Stream.of(
                        new MissedCallHandler(scripts, store, callBacks, new Tasks()),
                        messages(scripts),
                        new CallBackHandler(transactions, store, new Events(), TestNotices.notices()),
                        TestNotices.mails(
                                transactions,
                                (to, subject, text) -> mails.add(to.getFirst() + " " + subject + " " + text)))
                .forEach(this::run);
    }

    private MissedCallMessageHandler messages(Scripts current) {
        return new MissedCallMessageHandler(
                transactions,
                current,
                store,
                TestChannels.forSending(transactions, List.of(Provider.of("Meta"))),
                TestPeople.contacted(null),
                TestRules.rules(transactions),
                TestSessions.sessions(transactions, sessions),
                TestSending.sessionMessages(transactions, "Meta"),
                config);
    }

    private void run(TaskHandler handler) {
        TestEngine engine = new TestEngine(transactions, vertx, handler, List.of());
        List<String> types = handler.types().stream().map(type -> type.stored()).toList();
        postgres.query("""
                select TaskID from BackgroundTasks
                where Status = 'Pendente' and coalesce(NotBefore <= now(), true) and TaskType = any (?)
                order by TaskID""", (Object) types.toArray(String[]::new)).forEach(row -> engine.run((Long) row.get("taskid")));
    }

    private static Object of(StoredCall call, String column) {
        return postgres.value(
                "select " + column + " from Calls where CallID = ?", call.ref().callId());
    }

    private static int events(StoredCall call, String type) {
        return (int) (long) postgres.value(
                "select count(*) from Events where SessionID = ? and EventType = ?", call.sessionId(), type);
    }

    private static Object open(String type) {
        return postgres.value(
                "select count(*) from BackgroundTasks where TaskType = ? and Status in ('Pendente', 'Em Andamento')",
                type);
    }

    private static List<String> messages() {
        return postgres.query("select Content from Messages where ContentType = 'Modelo' order by MessageID").stream()
                .map(row -> (String) row.get("content"))
                .toList();
    }
}
