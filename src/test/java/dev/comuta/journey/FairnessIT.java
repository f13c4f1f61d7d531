package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client's message is answered during another client's backlog (docs/adr/0005). Checks the order, not the time. */
class FairnessIT {

    private static final int BACKLOG = 2_000;

    private static final String INSERT_BACKLOG = """
            insert into BackgroundTasks (ClientID, TaskType, SessionID, DueAt)
            select ?, 'RespostaAssistente', ?, now() from generate_series(1, ?) returning TaskID""";

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.start(Comuta.testOptions()
                .with("COMUTA_TASKS_SWEEP_LIMIT", "5000")
                .with("COMUTA_TASKS_SWEEP_GAP", "60s")
                .with("COMUTA_TASKS_SLOTS", "4")
                .with("COMUTA_TASKS_SLOTS_PER_CLIENT", "2"));
    }

    @AfterAll
    static void stop() {
        comuta.close();
    }

    @Test
    void answersAMessageDuringTheBacklogOfAnotherClient() {
        Api platform = comuta.platform();
        long flooding = platform.post("/clients", new JsonObject().put("clientName", "Muitos pedidos"))
                .expect(201)
                .json()
                .getLong("clientId");
        String number = Comuta.newNumber();
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.awaitAnswers(number, 1);
        comuta.awaitNoOpenTask();

        long lastOfBacklog = insertBacklog(flooding);
        await().atMost(Comuta.TIMEOUT).until(() -> finished(flooding) > 0);
        comuta.send(comuta.delivery(number, "Oi de novo")).expect(200);
        comuta.awaitAnswers(number, 2);
        comuta.awaitNoOpenTask();

        long before = number("""
                select count(*) from BackgroundTasks b
                where b.ClientID = ? and b.UpdatedAt < (
                    select min(t.UpdatedAt) from BackgroundTasks t
                    where t.TaskType = 'RespostaAssistente' and t.ClientID <> ? and t.TaskID > ?)""", flooding, flooding, lastOfBacklog);
        assertEquals(BACKLOG, finished(flooding), "no task of the backlog is lost");
        assertTrue(before < BACKLOG / 2, before + " tasks of the backlog ended before the message was answered");
    }

    /** Inserts the backlog of a client and returns the id of its last task. */
    private static long insertBacklog(long client) {
        long channel = number("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier)
                values (?, 'WhatsApp', '+5511900000001') returning ChannelID""", client);
        long session = number(
                "insert into Sessions (ClientID, ChannelID, SessionType) values (?, ?, 'Conversa') returning SessionID",
                client,
                channel);
        return comuta.column(INSERT_BACKLOG, client, session, BACKLOG).stream()
                .mapToLong(id -> ((Number) id).longValue())
                .max()
                .orElseThrow();
    }

    private static long finished(long client) {
        return number("select count(*) from BackgroundTasks where ClientID = ? and Status = 'Concluída'", client);
    }

    private static long number(String sql, Object... parameters) {
        return ((Number) comuta.value(sql, parameters)).longValue();
    }
}
