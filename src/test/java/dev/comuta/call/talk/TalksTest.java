package dev.comuta.call.talk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.CallListener;
import dev.comuta.call.CallRef;
import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.InboundCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.TestCalls;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.hook.CallHooks;
import dev.comuta.call.hook.TestSteps;
import dev.comuta.call.plan.CallInput;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.talk.Talks.Next;
import dev.comuta.call.talk.Talks.Said;
import dev.comuta.message.spoken.SpokenMessages;
import dev.comuta.message.spoken.SpokenMessages.Line;
import dev.comuta.message.spoken.TestSpoken;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.TestSessions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Talks of callers with the assistant, on a real database. */
class TalksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PLACE = "p-0-0";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Calls calls;
    private static Talks talks;
    private static EndedTalks ended;
    private static CallHooks hooks;
    private static int number;

    /** The listener, which is made after the calls that notify it. */
    private static final class Late implements CallListener {

        @Override
        public Uni<Void> ended(Tx tx, StoredCall call) {
            return ended.ended(tx, call);
        }
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions transactions = TestTransactions.on(vertx, postgres);
        TestCalls.seed(postgres, "Gateway");
        postgres.query("insert into Assistants (AssistantName, ImplementationReference) values ('Atendente', 'builtin')");
        postgres.query("insert into ClientAssistants (ClientID, AssistantID) values (1, 1)");
        postgres.query("update CommunicationChannels set AssistantID = 1");
        postgres.query("""
                insert into CallPlans (ClientID, ChannelID, Plan)
                values (1, 1, '{"greeting": "", "steps": [{"kind": "Assistente"}, {"kind": "Correio de voz"}]}')""");
        calls = TestCalls.calls(transactions.service(), new Late());
        SpokenMessages messages = TestSpoken.messages();
        TalkStore store = new TalkStore();
        TalkConfig config = TestTransactions.config(TalkConfig.class);
        talks = new Talks(
                transactions.service(),
                store,
                calls,
                messages,
                TestSessions.store(List.of(), Map.of()),
                config);
        ended = new EndedTalks(store, messages);
        hooks = TestSteps.hooks(calls, new SpokenTurns(calls, talks, config, Clock.systemUTC()));
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void aPlaceIsTakenOnce() {
        CallRef call = ring();
        UUID one = UUID.randomUUID();
        Talk talk = open(call, PLACE, one);
        assertTrue(talk.first());
        assertEquals(Duration.ofMinutes(10), talk.longest());

        assertThrows(Problem.class, () -> open(call, PLACE, UUID.randomUUID()), "a replay");
        assertThrows(Problem.class, () -> open(call, "p-1-0", one), "voicemail");
        assertThrows(
                Problem.class,
                () -> talks.open(call, 99, "p-0-10", one).await().atMost(PATIENCE),
                "a foreign channel");
        assertEquals(List.of(new Said(call, List.of(), Next.GO_ON)), poll(one));

        UUID two = UUID.randomUUID();
        assertFalse(open(call, "p-0-10", two).first());
        assertEquals(List.of(), poll(one), "the call has another connection");
        assertEquals(1, poll(two).size());
    }

    @Test
    void whatIsSaidIsStoredOnceAndAnswered() {
        CallRef call = ring();
        Talk talk = open(call, PLACE, UUID.randomUUID());
        hear(talk, "VX1:1", "Quero um apartamento.");
        hear(talk, "VX1:1", "Quero um apartamento.");

        assertEquals(1L, count("select count(*) from Messages where SessionID = ? and SenderType = 'Usuário-Cliente'", talk));
        assertEquals(1L, count("select count(*) from Events where SessionID = ? and EventType = 'MensagemRecebida'", talk));
        assertEquals(
                1L,
                count("select count(*) from BackgroundTasks where SessionID = ? and TaskType = 'RespostaAssistente'", talk));
    }

    @Test
    void aReplyIsSpokenOnceByTheProcessThatHoldsTheCall() {
        CallRef call = ring();
        UUID holder = UUID.randomUUID();
        Talk talk = open(call, PLACE, holder);
        long reply = reply(talk, "Temos três.", 11);

        assertEquals(List.of(), poll(UUID.randomUUID()));
        assertEquals(List.of(new Said(call, List.of(new Line(reply, "Temos três.")), Next.GO_ON)), poll(holder));
        assertEquals(List.of(new Said(call, List.of(), Next.GO_ON)), poll(holder));
        assertEquals("Enviada", status(reply));
        assertEquals(1L, count("select count(*) from Events where SessionID = ? and EventType = 'MensagemEnviada'", talk));

        talks.interrupted(talk, reply, "Temos").await().atMost(PATIENCE);
        assertEquals("Temos", postgres.value("select Heard from Messages where MessageID = ?", reply));
    }

    @Test
    void newWordsCancelAReplyThatWaitsAndAreAnsweredTogether() {
        CallRef call = ring();
        UUID holder = UUID.randomUUID();
        Talk talk = open(call, PLACE, holder);
        hear(talk, "VX:1", "Quero um apartamento.");
        postgres.query("update Messages set TurnTaskID = 77 where SessionID = ?", talk.session().sessionId());
        long reply = reply(talk, "Em que bairro?", 77);
        hear(talk, "VX:2", "Na Mooca.");

        assertEquals("Cancelada", status(reply));
        assertEquals(List.of(), poll(holder).getFirst().lines());
        assertEquals(
                2L,
                count("select count(*) from Messages where SessionID = ? and SenderType = 'Usuário-Cliente' and TurnTaskID is null", talk));
        assertEquals(1L, count("select count(*) from Events where SessionID = ? and EventType = 'MensagemCancelada'", talk));
    }

    @Test
    void theEndOfTheCallEndsTheTalk() {
        CallRef call = ring();
        UUID holder = UUID.randomUUID();
        Talk talk = open(call, PLACE, holder);
        long reply = reply(talk, "Até logo.", 5);
        calls.report(call, CallNews.of(CallStatus.COMPLETED)).await().atMost(PATIENCE);

        assertEquals("Falhou", status(reply));
        assertEquals(List.of(), poll(holder));
        assertThrows(Problem.class, () -> open(call, "p-0-10", holder));
        hear(talk, "VX:9", "Alô?");
        assertEquals(0L, count("select count(*) from Messages where SessionID = ? and SenderType = 'Usuário-Cliente'", talk));
    }

    @Test
    void aPersonIsWantedWhenTheAssistantHandedOver() {
        CallRef call = ring();
        UUID holder = UUID.randomUUID();
        Talk talk = open(call, PLACE, holder);
        postgres.query("update Sessions set HandedOffAt = now() where SessionID = ?", talk.session().sessionId());
        assertEquals(Next.HAND_OVER, poll(holder).getFirst().next());
    }

    @Test
    void withoutAConnectionARepeatedRequestHasTheSameAnswer() {
        CallRef call = ring();
        Hook said = new Hook(Hook.Kind.SAID, call.callId(), "p-0-40-0-0");
        String waits = steps(said, new CallInput.Speech("Bom dia"));
        assertTrue(waits.contains("Redirect") && waits.contains("p-0-40-0-1"), waits);

        long session = (Long) postgres.value("select SessionID from Calls where CallID = ?", call.callId());
        postgres.query("""
                insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, Status, TurnTaskID)
                values (?, 1, 'Assistente', 'Texto', 'Bom dia! Em que posso ajudar?', 'Pendente', 5)""", session);
        Hook awaited = new Hook(Hook.Kind.AWAITED, call.callId(), "p-0-40-0-1");
        String answer = steps(awaited, new CallInput.Nothing());
        assertTrue(answer.contains("Bom dia! Em que posso ajudar?") && answer.contains("p-0-40-1-0"), answer);
        assertEquals(answer, steps(awaited, new CallInput.Nothing()), "a repeated request");
        assertEquals(answer, steps(said, new CallInput.Speech("Bom dia")), "a repeated report");
        assertEquals(1L, postgres.value(
                "select count(*) from Messages where SessionID = ? and SenderType = 'Usuário-Cliente'", session));
    }

    @Test
    void aSilentCallerIsAskedOnce() {
        CallRef call = ring();
        String asked = steps(new Hook(Hook.Kind.SAID, call.callId(), "p-0-40-0-0"), new CallInput.Digits(""));
        assertTrue(asked.contains(TalkTexts.STILL_THERE) && asked.contains("p-0-40-1-1"), asked);
        String gone = steps(new Hook(Hook.Kind.SAID, call.callId(), "p-0-40-1-1"), new CallInput.Digits(""));
        assertTrue(gone.contains(TalkTexts.GOODBYE) && gone.contains("Hangup"), gone);
    }

    @Test
    void aCallWithTheAssistantIsNotMissedUnlessAPersonWasWanted() {
        CallRef kept = talked();
        assertNull(miss(kept));
        CallRef handedOver = talked();
        postgres.query(
                "update Sessions set HandedOffAt = now() where SessionID = (select SessionID from Calls where CallID = ?)",
                handedOver.callId());
        assertEquals(true, postgres.value("select exists (select from comuta_miss_call(1, ?))", handedOver.callId()));
    }

    private static Object miss(CallRef call) {
        return postgres.value("select session_id from comuta_miss_call(1, ?)", call.callId());
    }

    private static CallRef talked() {
        CallRef call = ring();
        Talk talk = open(call, PLACE, UUID.randomUUID());
        hear(talk, "VX:1", "Olá");
        calls.report(call, CallNews.of(CallStatus.COMPLETED)).await().atMost(PATIENCE);
        return call;
    }

    private static CallRef ring() {
        number++;
        return calls.ring(new InboundCall(
                        TestCalls.CHANNEL,
                        "CA-talk-" + number,
                        Caller.of("+55119" + (86500000 + number), new PhoneNumber(TestCalls.NUMBER)),
                        TestCalls.NUMBER,
                        CallNews.of(CallStatus.IN_PROGRESS)))
                .await()
                .atMost(PATIENCE)
                .call()
                .ref();
    }

    private static Talk open(CallRef call, String place, UUID holder) {
        Talk talk = talks.open(call, 1, place, holder).await().atMost(PATIENCE);
        talks.begun(talk).await().atMost(PATIENCE);
        return talk;
    }

    private static void hear(Talk talk, String id, String words) {
        talks.hear(talk, id, words).await().atMost(PATIENCE);
    }

    private static List<Said> poll(UUID holder) {
        return talks.poll(holder).await().atMost(PATIENCE);
    }

    private static String steps(Hook hook, CallInput input) {
        List<Verb> verbs =
                hooks.after(new CallRef(1, hook.callId()), hook, input).await().atMost(PATIENCE).verbs();
        return verbs.toString();
    }

    private static long reply(Talk talk, String text, long turn) {
        return (Long) postgres.value("""
                insert into Messages (SessionID, ClientID, SenderType, ContentType, Content, Status, TurnTaskID)
                values (?, 1, 'Assistente', 'Texto', ?, 'Pendente', ?) returning MessageID""", talk.session().sessionId(), text, turn);
    }

    private static Object status(long messageId) {
        return postgres.value("select Status from Messages where MessageID = ?", messageId);
    }

    private static Object count(String query, Talk talk) {
        return postgres.value(query, talk.session().sessionId());
    }
}
