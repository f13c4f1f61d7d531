package dev.comuta.assistant.turn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.alert.TestAlerts;
import dev.comuta.assistant.AssistantConfig;
import dev.comuta.assistant.TestAssistants;
import dev.comuta.event.Events;
import dev.comuta.message.MessageTasks;
import dev.comuta.message.TestSending;
import dev.comuta.message.hours.OutOfHours;
import dev.comuta.message.hours.TestHours;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.SessionListener;
import dev.comuta.session.SessionStore;
import dev.comuta.session.TestSessions;
import dev.comuta.task.TaskRegistry;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestEngine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An end user who waits for people outside of business hours gets one sentence per session and closed period. */
class OutOfHoursTest {

    private static final String CLOSED = "Fechado agora";
    private static final List<String> DAYS =
            List.of("Segunda", "Terça", "Quarta", "Quinta", "Sexta", "Sábado", "Domingo");

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final Tasks tasks = new Tasks();
    private final List<SessionListener> listeners = new ArrayList<>();
    private final SessionStore sessions = TestSessions.store(listeners, Map.of());
    private final TestEngine engine = engine();
    private Answer answer = new Answer.Reply("Claro");
    private int asked;
    private long session;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("insert into Assistants (AssistantName, ImplementationReference) values ('A', 'test:m')");
        postgres.query("insert into ClientAssistants (ClientID, AssistantID) values (1, 1)");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                values (1, 'WhatsApp', '+5511301', 'Ativo')""");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+1')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void openASession() {
        postgres.query("delete from BackgroundTasks");
        postgres.query("update Sessions set EndTime = now() where EndTime is null");
        openWith(1L);
        closed(null);
    }

    @Test
    void theAssistantAnswersOutsideOfHoursByDefault() {
        ask();

        assertEquals(List.of("Claro"), written());
    }

    @Test
    void aSilentAssistantGivesTheSentenceOnceAndHandsTheSessionOver() {
        closed("Avisa");
        ask();
        ask();

        assertEquals(List.of(CLOSED), written());
        assertEquals(0, asked);
        assertEquals(
                List.of("fora do horário"),
                postgres
                        .query(
                                "select EventData ->> 'motivo' as reason from Events where EventType = 'SessãoTransferida' and SessionID = ?",
                                session)
                        .stream()
                        .map(row -> row.get("reason"))
                        .toList());
    }

    @Test
    void aSilentAssistantAnswersWithinTheHours() {
        open("Avisa");
        ask();

        assertEquals(List.of("Claro"), written());
    }

    @Test
    void aHandOverOutsideOfHoursSaysSoAfterTheAssistantsOwnText() {
        answer = new Answer.HandOff("Vou chamar um corretor");
        ask();
        assertEquals(List.of("Vou chamar um corretor", CLOSED), written());

        openWith(1L);
        open(null);
        ask();
        assertEquals(List.of("Vou chamar um corretor"), written());
    }

    @Test
    void aSessionWithoutAssistantGetsTheSentenceOncePerClosedPeriod() {
        openWith(null);
        ask();
        ask();
        assertEquals(List.of(CLOSED), written());

        postgres.query("update Sessions set ClosedNoticeAt = now() - interval '9 days' where SessionID = ?", session);
        ask();
        assertEquals(List.of(CLOSED, CLOSED), written());
    }

    @Test
    void aSessionWithoutAssistantGetsNothingWithinTheHours() {
        openWith(null);
        open(null);
        ask();

        assertEquals(List.of(), written());
    }

    @Test
    void aPersonWhoActedSinceTheCloseIsNoneWhoIsAway() {
        postgres.query(
                "update Sessions set HandedOffAt = now(), PersonActedAt = now() - interval '1 hour' where SessionID = ?",
                session);
        ask();
        assertEquals(List.of(), written());

        postgres.query("update Sessions set PersonActedAt = now() - interval '9 days' where SessionID = ?", session);
        ask();
        assertEquals(List.of(CLOSED), written());
    }

    @Test
    void aChannelWithoutHoursIsAlwaysOpen() {
        postgres.query("update CommunicationChannels set Settings = '{}'");
        openWith(null);
        ask();

        assertEquals(List.of(), written());
    }

    private TestEngine engine() {
        AssistantConfig config = TestTransactions.config(AssistantConfig.class);
        OutOfHours hours = TestHours.of(sessions, transactions.service());
        listeners.add(hours);
        TurnStore turns = new TurnStore(
                transactions.service(), TestAssistants.directory(), new AwaitedTasks(List.of()), new Tasks(), config);
        Failures failures = new Failures(
                turns,
                TestAssistants.directory(),
                sessions,
                TestSending.messages(),
                TestSending.outbound(),
                tasks,
                TestAlerts.stored(),
                new Events(),
                config);
        TurnHandler handler = new TurnHandler(
                new Engines(List.of(new FixedEngine())),
                turns,
                new TaskRegistry(List.of(MessageTasks.TURN), List.of()),
                tasks,
                sessions,
                TestSending.messages(),
                TestSending.outbound(),
                hours,
                failures,
                new TurnLimits(config),
                config);
        return new TestEngine(transactions.service(), vertx, handler, List.of());
    }

    private final class FixedEngine implements AssistantEngine {

        @Override
        public String scheme() {
            return "test";
        }

        @Override
        public Uni<Answer> answer(Turn turn) {
            asked++;
            return Uni.createFrom().item(answer);
        }
    }

    private void openWith(Long assistant) {
        postgres.query("update Sessions set EndTime = now() where EndTime is null");
        session = (Long) postgres.value(
                "insert into Sessions (ClientID, ChannelID, EndUserID, AssistantID) values (1, 1, 1, ?) "
                        + "returning SessionID",
                assistant);
    }

    /** The end user writes, and the turn of the message runs. */
    private void ask() {
        postgres.query(
                "insert into Messages (SessionID, SenderType, ContentType, Content) values (?, 'Usuário-Cliente', 'Texto', 'Oi')",
                session);
        engine.run((Long) postgres.value(
                "insert into BackgroundTasks (SessionID, ClientID, TaskType) values (?, 1, 'RespostaAssistente') returning TaskID",
                session));
    }

    /** The channel has been closed for two days, or a little longer. */
    private static void closed(String assistant) {
        setHours(assistant, Stream.of(today().minus(3)));
    }

    private static void open(String assistant) {
        setHours(assistant, Stream.of(DayOfWeek.values()));
    }

    private static DayOfWeek today() {
        return LocalDate.now(ZoneOffset.UTC).getDayOfWeek();
    }

    private static void setHours(String assistant, Stream<DayOfWeek> days) {
        JsonArray weekly = new JsonArray();
        days.forEach(day -> weekly.add(new JsonObject()
                .put("day", DAYS.get(day.getValue() - 1))
                .put("from", "00:00")
                .put("until", "24:00")));
        JsonObject hours = new JsonObject()
                .put("timeZone", "UTC")
                .put("weekly", weekly)
                .put("outOfHoursText", CLOSED)
                .put("assistant", assistant);
        postgres.query(
                "update CommunicationChannels set Settings = ?::jsonb",
                new JsonObject().put("businessHours", hours).encode());
    }

    private List<Object> written() {
        return postgres
                .query(
                        "select Content from Messages where SessionID = ? and SenderType = 'Assistente' order by MessageID",
                        session)
                .stream()
                .map(row -> row.get("content"))
                .toList();
    }
}
