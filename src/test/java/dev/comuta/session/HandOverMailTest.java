package dev.comuta.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.channel.TestChannels;
import dev.comuta.client.ClientStore;
import dev.comuta.mail.Mailer;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestEngine;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that waits for people is announced to them by mail, once or not at all. */
class HandOverMailTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final SessionStore sessions =
            TestSessions.store(List.of(new HandOverMails(new ClientStore(), new UserStore(), new Tasks())), Map.of());
    private final List<String> recipients = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final TestEngine engine = new TestEngine(
            transactions.service(),
            vertx,
            new HandOverMailHandler(
                    transactions.service(),
                    TestChannels.forSending(transactions.service(), List.of()),
                    new ClientStore(),
                    new UserStore(),
                    new RecordingMailer(),
                    Clock.systemUTC()),
            List.of());
    private RuntimeException failure;
    private SessionRef session;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('XPTO')");
        postgres.query("""
                insert into ClientUsers (ClientID, UserName, UserRole, Email) values
                    (1, 'Ana', 'Corretor', 'ana@x.com'), (1, 'Bia', 'Administrador', 'bia@x.com'),
                    (1, 'Caio', 'Administrador', 'caio@x.com'), (1, 'Davi', 'Administrador', null)""");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                values (1, 'WhatsApp', '+5511301', 'Ativo')""");
        postgres.query("insert into ClientEndUsers (ClientID, Name, PhoneNumber) values (1, 'Maria', '+1')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void openASessionOfAna() {
        postgres.query("delete from BackgroundTasks");
        postgres.query("update Clients set HandOverMails = true");
        postgres.query("update ClientUsers set HandOverMails = true, Status = 'Ativo'");
        postgres.query("update CommunicationChannels set Settings = '{}'");
        postgres.query("update Sessions set EndTime = now() where EndTime is null");
        session = new SessionRef(
                1,
                (Long)
                        postgres.value(
                                "insert into Sessions (ClientID, ChannelID, EndUserID, UserID) values (1, 1, 1, 1) returning SessionID"));
        postgres.query(
                "insert into Messages (SessionID, SenderType, ContentType, Content) values (?, 'Usuário-Cliente', 'Texto', 'segredo')",
                session.sessionId());
    }

    @Test
    void theBrokerGetsOneMailWithoutTheTextOfAMessage() {
        handOff(HandOverReason.ASSISTANT);
        runTasks();

        assertEquals(List.of("ana@x.com"), recipients);
        String text = texts.getFirst();
        assertTrue(text.contains("Conversa: " + session.sessionId()) && text.contains("+5511301"), text);
        assertTrue(text.contains("XPTO"), text);
        assertFalse(text.contains("segredo") || text.contains("Maria") || text.contains("fora do horário"), text);
    }

    @Test
    void theMailSaysThatTheChannelIsClosed() {
        postgres.query("update CommunicationChannels set Settings = ?::jsonb", """
                {"businessHours": {"timeZone": "UTC", "outOfHoursText": "x", "weekly": [],
                 "holidays": []}}""");
        handOff(HandOverReason.LIMIT);
        runTasks();

        assertTrue(texts.getFirst().contains("fora do horário"), texts.getFirst());
    }

    @Test
    void theAdministratorsGetItWhenThereIsNoBroker() {
        postgres.query("update Sessions set UserID = null where SessionID = ?", session.sessionId());
        handOff(HandOverReason.FAILURE);
        runTasks();
        assertEquals(List.of("bia@x.com", "caio@x.com"), recipients);
    }

    @Test
    void theAdministratorsGetItWhenTheBrokerIsInactive() {
        postgres.query("update ClientUsers set Status = 'Inativo' where UserID = 1");
        handOff(HandOverReason.FAILURE);
        runTasks();
        assertEquals(List.of("bia@x.com", "caio@x.com"), recipients);
    }

    @Test
    void nobodyGetsAMailThatTheUserOrTheClientDoesNotWant() {
        postgres.query("update ClientUsers set HandOverMails = false where UserID = 1");
        handOff(HandOverReason.ASSISTANT);
        postgres.query("update ClientUsers set HandOverMails = true");
        postgres.query("update Clients set HandOverMails = false");
        openASessionOfAnaAgain();
        runTasks();

        assertEquals(List.of(), recipients);
    }

    private void openASessionOfAnaAgain() {
        postgres.query("update Sessions set HandedOffAt = null where SessionID = ?", session.sessionId());
        handOff(HandOverReason.ASSISTANT);
    }

    @Test
    void aPersonWhoTakesOverCausesNoMail() {
        handOff(HandOverReason.REQUEST);
        handOff(HandOverReason.MESSAGE);

        assertEquals(0L, postgres.value("select count(*) from BackgroundTasks"));
    }

    @Test
    void nothingIsSentWhenAPersonActedMeanwhileOrTheSessionIsClosed() {
        handOff(HandOverReason.ASSISTANT);
        postgres.query("update Sessions set PersonActedAt = now() where SessionID = ?", session.sessionId());
        runTasks();
        postgres.query("delete from BackgroundTasks");
        handOff(HandOverReason.ASSISTANT);
        postgres.query("update Sessions set EndTime = now() where SessionID = ?", session.sessionId());
        runTasks();

        assertEquals(List.of(), recipients);
        assertEquals(1L, postgres.value("select count(*) from BackgroundTasks where Status = 'Concluída'"));
    }

    @Test
    void aMailThatTheServerRefusedIsRetried() {
        failure = new TransientFailure("refused");
        handOff(HandOverReason.ASSISTANT);
        runTasks();
        failure = null;
        postgres.query("update BackgroundTasks set NotBefore = now()");
        runTasks();

        assertEquals(List.of("ana@x.com", "ana@x.com"), recipients);
        assertEquals("Concluída", postgres.value("select Status from BackgroundTasks"));
    }

    @Test
    void aMailWithoutAnAnswerIsNotRepeated() {
        failure = TransientFailure.unanswered(null);
        handOff(HandOverReason.ASSISTANT);
        runTasks();
        failure = null;
        postgres.query("update BackgroundTasks set NotBefore = now()");
        runTasks();

        assertEquals(List.of("ana@x.com"), recipients);
        assertEquals(
                "desconhecido",
                postgres.value("select ResultData ->> 'desfecho' from BackgroundTasks where Status = 'Falhou'"));
    }

    private void handOff(HandOverReason reason) {
        inTenant(tx -> sessions.lock(tx, session).chain(() -> sessions.handOff(tx, session, reason)));
    }

    private static <T> T inTenant(Function<Tx, Uni<T>> work) {
        return transactions.service().statementsInTenant(1, work).await().indefinitely();
    }

    private void runTasks() {
        postgres.query("select TaskID from BackgroundTasks where Status = 'Pendente' order by TaskID")
                .forEach(row -> engine.run((Long) row.get("taskid")));
    }

    private final class RecordingMailer implements Mailer {

        @Override
        public Uni<Void> send(List<String> addresses, String subject, String text) {
            recipients.addAll(addresses);
            texts.add(subject + "\n" + text);
            return failure == null
                    ? Uni.createFrom().voidItem()
                    : Uni.createFrom().failure(failure);
        }
    }
}
