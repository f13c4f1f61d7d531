package dev.comuta.assistant.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.alert.Alerts;
import dev.comuta.alert.TestAlerts;
import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.TestAssistants;
import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.message.MessageTasks;
import dev.comuta.message.TestSending;
import dev.comuta.message.hours.TestHours;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.SessionStore;
import dev.comuta.session.TestSessions;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.TaskQueue;
import dev.comuta.task.TaskRegistry;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestEngine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An assistant that cannot answer: one text for the end user, a hand-off, an alert. */
class FailuresTest {

    private static final String SORRY =
            "Desculpe, tive um problema e não consegui responder agora. Já avisei a nossa equipe.";
    private static final TaskType LOOK_UP = TaskType.visible("ConsultaCRM", TaskQueue.TOOL, EventType.QUERY_FINISHED);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final Tasks tasks = new Tasks();
    private final SessionStore sessions = TestSessions.store(List.of(), Map.of());
    private Uni<Answer> answer = failing(new PermanentFailure("the model answered 401"));
    private final TestEngine engine = engine();
    private long session;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        postgres.query("insert into Assistants (AssistantName, ImplementationReference) values ('A', 'test:m')");
        postgres.query("insert into ClientAssistants (ClientID, AssistantID) values (1, 1)");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                values (1, 'WhatsApp', '+5511301', 'Ativo')""");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+1')");
        postgres.query("insert into TaskTypes (Type, SeenAt) values ('ConsultaCRM', now() + interval '1 day')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void openASession() {
        postgres.query("delete from Events");
        postgres.query("delete from Alerts");
        postgres.query("delete from BackgroundTasks");
        postgres.query("update Sessions set EndTime = now() where EndTime is null");
        postgres.query("update ClientAssistants set Configuration = null");
        session = (Long)
                postgres.value(
                        "insert into Sessions (ClientID, ChannelID, EndUserID, AssistantID) values (1, 1, 1, 1) returning SessionID");
    }

    @Test
    void writesOneTextHandsOffAndRaisesAnAlertWhenATurnFailsForGood() {
        ask();
        engine.run(turn());

        assertEquals(List.of(SORRY), written());
        assertEquals(1L, count("BackgroundTasks where TaskType = 'EnvioMensagem' and Status = 'Pendente'"));
        assertEquals(List.of("SessãoTransferida falha", "TarefaFalhou ", "AlertaSistema "), events());
        assertEquals(1L, count("Alerts where Cause = 'tarefa/RespostaAssistente'"));
        assertEquals(true, handedOff());
    }

    @Test
    void writesItOnceForManyMessagesAndTurns() {
        ask();
        ask();
        long first = turn();
        ask();
        long second = turn();
        engine.run(first);
        engine.run(second);
        ask();
        engine.run(turn());

        assertEquals(List.of(SORRY), written());
        assertEquals("Concluída", status(second));
    }

    @Test
    void writesNothingBeforeTheLastAttempt() {
        answer = failing(new TransientFailure("the model answered 503", Duration.ZERO, null));
        ask();
        long turn = turn();
        for (int attempt = 1; attempt < 5; attempt++) {
            engine.run(turn);
            postgres.query("update BackgroundTasks set NotBefore = now() where TaskID = ?", turn);
        }
        assertEquals(List.of(), written());

        engine.run(turn);
        assertEquals(List.of(SORRY), written());
    }

    @Test
    void writesItOnceWhenAnAttemptIsKilledBeforeOrAfterItsCompletion() {
        ask();
        long turn = turn();
        ClaimedTask killed = engine.claim(turn).getFirst();
        postgres.query("update BackgroundTasks set DueAt = now() - interval '1 second' where TaskID = ?", turn);
        engine.run(turn);
        engine.run(killed);
        engine.run(turn);

        assertEquals(List.of(SORRY), written());
        assertEquals(1L, count("Events where EventType = 'SessãoTransferida'"));
    }

    @Test
    void doesNotWriteAfterAPersonTookOverOrClosed() {
        for (String change : List.of("HandedOffAt", "EndTime")) {
            answer = Uni.createFrom().deferred(() -> {
                postgres.query("update Sessions set " + change + " = now() where SessionID = ?", session);
                return failing(new PermanentFailure("the model answered 401"));
            });
            ask();
            long turn = turn();
            engine.run(turn);

            assertEquals(List.of(), written());
            assertEquals("Falhou", status(turn));
            postgres.query("update Sessions set HandedOffAt = null where SessionID = ?", session);
        }
    }

    @Test
    void waitsForAnOpenLookUpWhoseEndRequestsAnotherTurn() {
        answer = Uni.createFrom().deferred(() -> {
            lookUp("Pendente");
            return failing(new PermanentFailure("the model answered 401"));
        });
        ask();
        long turn = turn();
        engine.run(turn);

        assertEquals(List.of(), written());
        assertEquals("Falhou", status(turn));
    }

    @Test
    void aFailedLookUpAndAFailedTurnEndInOneTextAndLeaveNoResultBehind() {
        ask();
        long lookUp = lookUp("Falhou");
        long turn = turn();
        engine.run(turn);

        assertEquals(List.of(SORRY), written());
        assertEquals(turn, postgres.value("select ConsumedBy from BackgroundTasks where TaskID = ?", lookUp));
    }

    @Test
    void usesTheConfigurationOfTheClient() {
        configure("{\"failureAnswer\": \"Já volto.\", \"handOffOnFailure\": false}");
        ask();
        engine.run(turn());

        assertEquals(List.of("Já volto."), written());
        assertEquals(false, handedOff());
    }

    @Test
    void withoutAHandOffWritesOncePerEpisode() {
        configure("{\"handOffOnFailure\": false}");
        ask();
        engine.run(turn());
        ask();
        engine.run(turn());
        assertEquals(List.of(SORRY), written());
        assertEquals(2L, count("Messages where TurnTaskID is null and SessionID = " + session));

        answer = Uni.createFrom().item(new Answer.Reply("Olá!"));
        ask();
        engine.run(turn());
        answer = failing(new PermanentFailure("no"));
        ask();
        engine.run(turn());

        assertEquals(List.of(SORRY, "Olá!", SORRY), written());
        assertEquals(3, postgres.value("select Occurrences from Alerts"));
    }

    @Test
    void aReleaseBeginsANewEpisode() {
        ask();
        engine.run(turn());
        postgres.query("update Sessions set HandedOffAt = null where SessionID = ?", session);
        ask();
        engine.run(turn());

        assertEquals(List.of(SORRY, SORRY), written());
        assertEquals(true, handedOff());
    }

    @Test
    void writesItEvenWhenTheConfigurationAndTheSecretsCannotBeRead() {
        postgres.query("update ClientAssistants set Configuration = '[]', Credentials = 'x', Version = Version + 1");
        try {
            ask();
            long turn = turn();
            for (int attempt = 1; attempt <= 5; attempt++) {
                engine.run(turn);
                postgres.query("update BackgroundTasks set NotBefore = now() where TaskID = ?", turn);
            }
        } finally {
            postgres.query(
                    "update ClientAssistants set Configuration = null, Credentials = null, Version = Version + 1");
        }

        assertEquals(List.of(SORRY), written());
        assertEquals(true, handedOff());
    }

    @Test
    void aLimitOfTheSessionEndsInOneTextAHandOffAndAnAlert() {
        postgres.query("update Sessions set SpentTokens = 200000 where SessionID = ?", session);
        ask();
        engine.run(turn());
        ask();
        engine.run(turn());

        assertEquals(List.of(SORRY), written());
        assertEquals(List.of("LimiteDeTurnoAtingido tokens", "SessãoTransferida limite", "AlertaSistema "), events());
        assertEquals(1L, count("Alerts where Cause = 'assistente/limite/tokens'"));
    }

    @Test
    void anUnusableAnswerEndsInTheSame() {
        answer = Uni.createFrom().item(new Answer.Unusable(0));
        ask();
        engine.run(turn());

        assertEquals(List.of(SORRY), written());
        assertEquals(true, handedOff());
    }

    @Test
    void doesNotWaitLongForASystemThatRequestsIt() {
        answer = failing(new TransientFailure("the model answered 429", Duration.ofHours(2), null));
        ask();
        long turn = turn();
        engine.run(turn);

        assertEquals("Falhou", status(turn));
        assertEquals(List.of(SORRY), written());
    }

    @Test
    void writesNothingForACanceledTurn() {
        ask();
        long turn = turn();
        postgres.query("update Clients set Status = 'Inativo' where ClientID = 1");
        try {
            engine.run(turn);
        } finally {
            postgres.query("update Clients set Status = 'Ativo' where ClientID = 1");
        }

        assertEquals("Cancelada", status(turn));
        assertEquals(List.of(), written());
    }

    private TestEngine engine() {
        AssistantConfig config = TestTransactions.config(AssistantConfig.class);
        Alerts alerts = TestAlerts.stored();
        TurnStore turns = new TurnStore(
                transactions.service(),
                TestAssistants.directory(),
                new AwaitedTasks(List.of(LOOK_UP)),
                new Tasks(),
                config);
        Failures failures = new Failures(
                turns,
                TestAssistants.directory(),
                sessions,
                TestSending.messages(),
                TestSending.outbound(),
                tasks,
                alerts,
                new Events(),
                config);
        TurnHandler handler = new TurnHandler(
                new Engines(List.of(new TestedEngine())),
                turns,
                new TaskRegistry(List.of(MessageTasks.TURN, LOOK_UP), List.of()),
                tasks,
                sessions,
                TestSending.messages(),
                TestSending.outbound(),
                TestHours.of(sessions, transactions.service()),
                failures,
                new TurnLimits(config),
                config);
        return new TestEngine(transactions.service(), vertx, handler, List.of(alerts));
    }

    private final class TestedEngine implements AssistantEngine {

        @Override
        public String scheme() {
            return "test";
        }

        @Override
        public Uni<Answer> answer(Turn turn) {
            return answer;
        }
    }

    private static Uni<Answer> failing(RuntimeException failure) {
        return Uni.createFrom().failure(failure);
    }

    private void ask() {
        postgres.query(
                "insert into Messages (SessionID, SenderType, ContentType, Content) "
                        + "values (?, 'Usuário-Cliente', 'Texto', 'Oi')",
                session);
    }

    private long turn() {
        return (Long) postgres.value(
                "insert into BackgroundTasks (SessionID, TaskType, SerialKey, DueAt) "
                        + "values (?, 'RespostaAssistente', 'turno:' || ?, now()) returning TaskID",
                session,
                session);
    }

    private long lookUp(String status) {
        return (Long) postgres.value(
                "insert into BackgroundTasks (SessionID, TaskType, Status, DueAt) values (?, 'ConsultaCRM', ?, now()) "
                        + "returning TaskID",
                session,
                status);
    }

    private static void configure(String configuration) {
        postgres.query("update ClientAssistants set Configuration = ?::jsonb, Version = Version + 1", configuration);
    }

    private List<String> written() {
        return postgres
                .query(
                        "select Content from Messages where SessionID = ? and SenderType = 'Assistente' order by MessageID",
                        session)
                .stream()
                .map(row -> (String) row.get("content"))
                .toList();
    }

    private List<String> events() {
        return postgres
                .query(
                        "select concat_ws(' ', EventType, coalesce(EventData ->> 'motivo', '')) as event from Events "
                                + "where SessionID = ? order by EventID",
                        session)
                .stream()
                .map(row -> (String) row.get("event"))
                .toList();
    }

    private Object handedOff() {
        return postgres.value("select HandedOffAt is not null from Sessions where SessionID = ?", session);
    }

    private static Object status(long task) {
        return postgres.value("select Status from BackgroundTasks where TaskID = ?", task);
    }

    private static Object count(String from) {
        return postgres.value("select count(*) from " + from);
    }
}
