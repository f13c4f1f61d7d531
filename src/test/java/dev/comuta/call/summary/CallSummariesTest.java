package dev.comuta.call.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.turn.Answer;
import dev.comuta.assistant.turn.AssistantEngine;
import dev.comuta.assistant.turn.Conversation;
import dev.comuta.assistant.turn.Summary;
import dev.comuta.assistant.turn.TestTurns;
import dev.comuta.assistant.turn.Turn;
import dev.comuta.call.CallRef;
import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.InboundCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.TestCalls;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.event.Events;
import dev.comuta.media.MediaTasks;
import dev.comuta.message.SenderType;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.TestSessions;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestEngine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Summaries of ended calls, on a real database, with an engine that writes what a test says. */
class CallSummariesTest {

    private static final PhoneNumber CALLED = new PhoneNumber(TestCalls.NUMBER);
    private static final String QUESTION = "Quero visitar a casa.";
    private static final long TOKENS = 120;

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Transactions transactions;
    private static int rung;

    private final SummaryStore store = new SummaryStore();
    private final List<SpokenText.Said> transcript = new ArrayList<>();
    private final SpokenLines lines = new SpokenLines(
            List.of(new SessionWords(), (tx, call, session) -> Uni.createFrom().item(List.copyOf(transcript))));
    private final SummaryRequests requests = new SummaryRequests(store, new Tasks());
    private final EndedCalls ended = new EndedCalls(lines, store, requests);
    private final Calls calls = TestCalls.calls(transactions, ended);
    private final List<Conversation> asked = new ArrayList<>();
    private String written = "Maria quer visitar.";
    private Supplier<Uni<Void>> meanwhile = () -> Uni.createFrom().voidItem();
    private RuntimeException failure;

    /** The engine of assistant 1. */
    private final class TestedEngine implements AssistantEngine {

        @Override
        public String scheme() {
            return "test";
        }

        @Override
        public Uni<Answer> answer(Turn turn) {
            throw new AssertionError("a summary is no turn");
        }

        @Override
        public Uni<Summary> summarize(Conversation conversation) {
            asked.add(conversation);
            return failure != null
                    ? Uni.createFrom().failure(failure)
                    : meanwhile.get().replaceWith(Summary.of(conversation, written, "retorno", TOKENS));
        }
    }

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres).service();
        TestCalls.seed(postgres, "Gateway");
        postgres.query("""
                insert into Assistants (AssistantName, ImplementationReference)
                values ('A', 'test:m'), ('B', 'builtin:atendente')""");
        postgres.query("insert into ClientAssistants (ClientID, AssistantID) values (1, 1), (1, 2)");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void clear() {
        postgres.query("delete from BackgroundTasks");
        postgres.query("delete from Events");
        postgres.query("delete from CallOutcomes");
        postgres.query("update CommunicationChannels set AssistantID = 1");
    }

    @Test
    void anAnsweredCallInWhichSomethingWasSaidIsSummarizedOnce() {
        StoredCall call = ring();
        say(call, "Usuário-Cliente", QUESTION);
        say(call, "Assistente", "Qual dia?");
        end(call);
        report(call, CallStatus.COMPLETED);
        runTasks();
        runTasks();

        assertEquals(1L, tasks());
        assertEquals(1, asked.size());
        assertEquals(
                List.of(
                        new Conversation.Line(SenderType.END_USER, QUESTION),
                        new Conversation.Line(SenderType.ASSISTANT, "Qual dia?")),
                asked.getFirst().lines());
        assertEquals("Maria quer visitar.", of(call, "Summary"));
        assertEquals("Retorno", of(call, "Outcome"));
        assertEquals("Assistente", of(call, "SummarizedBy"));
        assertEquals(1L, events(call));
        assertEquals(
                Long.toString(call.ref().callId()),
                postgres.value("select EventData ->> 'CallID' from Events where EventType = 'LigaçãoResumida'"));
    }

    @Test
    void theUseOfTheModelCountsForTheSession() {
        StoredCall call = summarized();

        assertEquals(TOKENS, session(call, "SpentTokens"));
        assertEquals(1L, session(call, "SpentRounds"));
        assertEquals(
                Long.toString(TOKENS),
                postgres.value("select ResultData ->> 'tokens' from BackgroundTasks where TaskType = 'ResumoLigação'"));
    }

    @Test
    void aSessionThatHasUsedItsTokensGetsNoSummary() {
        StoredCall call = ring();
        say(call, "Usuário-Cliente", QUESTION);
        postgres.query("update Sessions set SpentTokens = 200000 where SessionID = ?", call.sessionId());
        end(call);
        runTasks();

        assertEquals(List.of(), asked);
        assertEquals("Falhou", status());
        assertNull(of(call, "SummarizedBy"));
    }

    @Test
    void aCallThatNobodyAnsweredOrInWhichNothingWasSaidIsNot() {
        StoredCall silent = ring();
        say(silent, "Usuário-Cliente", "  ");
        postgres.query(
                "insert into Messages (SessionID, SenderType, ContentType, Content, Status) values (?, 'Assistente', 'Texto', 'Nunca dito', 'Cancelada')",
                silent.sessionId());
        end(silent);
        StoredCall unanswered = ring();
        say(unanswered, "Usuário-Cliente", QUESTION);
        report(unanswered, CallStatus.NO_ANSWER);

        assertEquals(0L, tasks());
    }

    @Test
    void withoutAnAssistantNothingIsWritten() {
        postgres.query("update CommunicationChannels set AssistantID = null");
        StoredCall call = summarized();

        assertEquals("Concluída", status());
        assertNull(of(call, "SummarizedBy"));
        assertEquals(0L, events(call));
    }

    @Test
    void theAssistantOfTheSessionComesBeforeThatOfTheChannel() {
        StoredCall call = ring();
        postgres.query("update CommunicationChannels set AssistantID = 1");
        postgres.query("update Sessions set AssistantID = 2 where SessionID = ?", call.sessionId());
        say(call, "Usuário-Cliente", QUESTION);
        end(call);
        runTasks();

        assertEquals("Cliente: “" + QUESTION + "”", of(call, "Summary"));
        assertEquals(0L, session(call, "SpentRounds"));
    }

    @Test
    void theModelChoosesFromTheClientsOwnList() {
        postgres.query("""
                insert into CallOutcomes (ClientID, Outcomes)
                values (1, '[{"outcome": "Locação", "description": "Quer alugar."}]')""");
        StoredCall call = summarized();

        assertEquals(
                List.of(new Conversation.Choice("Locação", "Quer alugar.")),
                asked.getFirst().choices());
        assertNull(of(call, "Outcome"), "an outcome that is not in the list");
    }

    @Test
    void wordsThatArriveLaterMakeTheAssistantWriteAgain() {
        StoredCall call = ring();
        say(call, "Usuário-Cliente", QUESTION);
        arrive(call);
        assertEquals(0L, tasks(), "the call goes on");
        end(call);
        runTasks();
        transcript.add(new SpokenText.Said(Instant.EPOCH, SenderType.USER, "Bom dia, aqui é o João."));
        written = "Maria combinou com o João.";
        arrive(call);
        runTasks();

        assertEquals("Maria combinou com o João.", of(call, "Summary"));
        assertEquals(2, of(call, "Version"));
        assertEquals(2L, events(call));
        assertEquals(
                List.of("Bom dia, aqui é o João.", QUESTION),
                asked.getLast().lines().stream().map(Conversation.Line::text).toList());
    }

    @Test
    void wordsThatAreTheOnlyOnesBringTheFirstSummary() {
        StoredCall call = ring();
        end(call);
        assertEquals(0L, tasks());
        transcript.add(new SpokenText.Said(Instant.EPOCH, SenderType.END_USER, QUESTION));
        arrive(call);
        runTasks();

        assertEquals("Maria quer visitar.", of(call, "Summary"));
    }

    @Test
    void aTranscribedMessageOnTheVoicemailIsSummarized() {
        StoredCall call = ring();
        long message = (Long) postgres.value(
                "insert into Messages (SessionID, SenderType, ContentType) values (?, 'Usuário-Cliente', 'Áudio') returning MessageID",
                call.sessionId());
        end(call);
        assertEquals(0L, tasks());
        postgres.query("""
                insert into Transcripts (ClientID, SessionID, MessageID, TaskID, Text)
                values (1, ?, ?, 1, 'Aqui é a Maria, me liguem.')""", call.sessionId(), message);
        transcribe(call);
        runTasks();

        assertEquals(
                List.of(new Conversation.Line(SenderType.END_USER, "Aqui é a Maria, me liguem.")),
                asked.getFirst().lines());
        assertEquals("Assistente", of(call, "SummarizedBy"));
    }

    @Test
    void whatAPersonWroteStays() {
        StoredCall call = ring();
        say(call, "Usuário-Cliente", QUESTION);
        end(call);
        write(call, new SummaryFields("A Maria volta a ligar.", null));
        runTasks();
        arrive(call);
        runTasks();

        assertEquals(List.of(), asked);
        assertEquals("A Maria volta a ligar.", of(call, "Summary"));
        assertEquals("Usuário", of(call, "SummarizedBy"));
    }

    @Test
    void whatAPersonWritesWhileTheModelAnswersStays() {
        StoredCall call = ring();
        say(call, "Usuário-Cliente", QUESTION);
        end(call);
        TestEngine engine = engine();
        List<ClaimedTask> claimed = engine.claim(newest());
        meanwhile = () -> edit(call.ref(), new SummaryFields("A Maria volta a ligar.", null));
        claimed.forEach(engine::run);

        assertEquals(1, asked.size());
        assertEquals("A Maria volta a ligar.", of(call, "Summary"));
        assertEquals(0L, events(call));
    }

    @Test
    void aModelThatFailsLeavesTheCallAsItIs() {
        failure = new TransientFailure("the model answered 503", Duration.ZERO, null);
        StoredCall call = ring();
        say(call, "Usuário-Cliente", QUESTION);
        end(call);
        for (int attempt = 0; attempt < 5; attempt++) {
            postgres.query("update BackgroundTasks set NotBefore = null");
            runTasks();
        }

        assertEquals(5, asked.size());
        assertEquals("Falhou", status());
        assertNull(of(call, "SummarizedBy"));
        assertEquals(
                "Completed",
                postgres.value(
                        "select CallStatus from Calls where CallID = ?",
                        call.ref().callId()));
        assertEquals(0L, session(call, "SpentRounds"));
    }

    @Test
    void anErasedCallGetsNone() {
        StoredCall call = ring();
        say(call, "Usuário-Cliente", QUESTION);
        end(call);
        postgres.query(
                "update Calls set ErasedAt = now() where CallID = ?", call.ref().callId());
        runTasks();
        arrive(call);

        assertEquals(List.of(), asked);
        assertEquals(1L, tasks());
    }

    @Test
    void aLongCallIsSummarizedByItsEnd() {
        for (int i = 0; i < 30; i++) {
            transcript.add(new SpokenText.Said(
                    Instant.EPOCH.plusSeconds(i), SenderType.END_USER, i + " " + "x".repeat(3_000)));
        }
        summarized();

        List<Conversation.Line> said = asked.getFirst().lines();
        assertEquals(QUESTION, said.getLast().text());
        assertTrue(said.getFirst().text().startsWith("17 "), said.getFirst().text());
        assertTrue(said.stream().mapToInt(line -> line.text().length()).sum() <= SpokenLines.LONGEST);
    }

    private StoredCall summarized() {
        StoredCall call = ring();
        say(call, "Usuário-Cliente", QUESTION);
        end(call);
        runTasks();
        return call;
    }

    private StoredCall ring() {
        return calls.ring(new InboundCall(
                        TestCalls.CHANNEL,
                        "CA-summary-" + ++rung,
                        Caller.of("+5511987654321", CALLED),
                        TestCalls.NUMBER,
                        CallNews.of(CallStatus.RINGING)))
                .await()
                .indefinitely()
                .call();
    }

    private static void say(StoredCall call, String sender, String text) {
        postgres.query(
                "insert into Messages (SessionID, SenderType, ContentType, Content) values (?, ?, 'Texto', ?)",
                call.sessionId(),
                sender,
                text);
    }

    private void end(StoredCall call) {
        report(call, CallStatus.IN_PROGRESS);
        report(call, CallStatus.COMPLETED);
    }

    private void report(StoredCall call, CallStatus status) {
        calls.report(call.ref(), CallNews.of(status)).await().indefinitely();
    }

    private void arrive(StoredCall call) {
        transactions
                .statementsInTenant(1, tx -> requests.textArrived(tx, call.ref()))
                .await()
                .indefinitely();
    }

    private void write(StoredCall call, SummaryFields fields) {
        edit(call.ref(), fields).await().indefinitely();
    }

    private Uni<Void> edit(CallRef call, SummaryFields fields) {
        return transactions.statementsInTenant(1, tx -> store.lock(tx, call).chain(() -> store.edit(tx, call, fields)));
    }

    private TestEngine engine() {
        SummaryHandler handler = new SummaryHandler(
                transactions,
                store,
                new CallOutcomeStore(),
                lines,
                TestTurns.assistants(),
                TestTurns.engines(new TestedEngine()),
                TestTurns.limits(),
                TestSessions.store(List.of(), Map.of()),
                new SummaryEvents(new Events()),
                TestTransactions.config(AssistantConfig.class));
        return new TestEngine(transactions, vertx, handler, List.of());
    }

    private void runTasks() {
        TestEngine engine = engine();
        postgres.query("""
                select TaskID from BackgroundTasks where Status = 'Pendente' and TaskType = 'ResumoLigação'
                order by TaskID""").forEach(row -> engine.run((Long) row.get("taskid")));
    }

    /** A transcription in the session of a call ends. */
    private void transcribe(StoredCall call) {
        TaskHandler handler = new TaskHandler() {
            @Override
            public Set<TaskType> types() {
                return Set.of(MediaTasks.TRANSCRIPTION);
            }

            @Override
            public Duration timeLimit() {
                return Duration.ofSeconds(10);
            }

            @Override
            public Uni<Outcome> run(ClaimedTask task) {
                return Uni.createFrom().item(Outcome.nothingToDo());
            }
        };
        long task = (Long) postgres.value(
                "insert into BackgroundTasks (SessionID, TaskType) values (?, 'TranscricaoAudio') returning TaskID",
                call.sessionId());
        new TestEngine(transactions, vertx, handler, List.of(ended)).run(task);
    }

    private static long newest() {
        return (Long) postgres.value("select max(TaskID) from BackgroundTasks where TaskType = 'ResumoLigação'");
    }

    private static Object tasks() {
        return postgres.value("select count(*) from BackgroundTasks where TaskType = 'ResumoLigação'");
    }

    private static Object status() {
        return postgres.value("select Status from BackgroundTasks where TaskID = ?", newest());
    }

    private static Object events(StoredCall call) {
        return postgres.value(
                "select count(*) from Events where SessionID = ? and EventType = 'LigaçãoResumida'", call.sessionId());
    }

    private static Object of(StoredCall call, String column) {
        return postgres.value(
                "select (select " + column + " from CallSummaries where CallID = ?)",
                call.ref().callId());
    }

    private static Object session(StoredCall call, String column) {
        return postgres.value("select " + column + " from Sessions where SessionID = ?", call.sessionId());
    }
}
