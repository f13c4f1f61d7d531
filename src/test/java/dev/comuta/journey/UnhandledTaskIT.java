package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Conversation.Line;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A task whose type no process handles fails, and does not block its session. */
class UnhandledTaskIT {

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @Test
    void failsWithAnAlertAndTheSessionContinues() {
        Line line = Conversation.gateway(comuta);
        String person = Comuta.newNumber();
        comuta.sandbox().providers().properties("Imóvel A");
        line.say(person, "Oi");
        line.awaitAnswers(person, 1);
        Object session = session(person);

        insert(session, "Faxe");
        line.say(person, "Quais imóveis estão disponíveis no bairro X?");

        assertEquals(
                "Encontrei estes imóveis no bairro X: Imóvel A.",
                line.awaitAnswers(person, 2).getLast());
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertEquals(List.of("Falhou"), statuses(session)));
        assertEquals(
                List.of(1L),
                comuta.column("select count(*) from Alerts where Cause = 'tarefa/Faxe' and SessionID = ?", session));
        assertEquals(
                List.of(1L),
                comuta.column(
                        "select count(*) from Events where EventType = 'TarefaFalhou' and SessionID = ?", session));
    }

    /** Inserts a task that is two minutes old and due, as after several sweeps. */
    private static void insert(Object session, String type) {
        comuta.sandbox()
                .postgres()
                .query(
                        "insert into BackgroundTasks (SessionID, TaskType, CreatedAt, DueAt) "
                                + "values (?, ?, now() - interval '2 minutes', now())",
                        session,
                        type);
    }

    private static Object session(String person) {
        return comuta.column(
                        "select s.SessionID from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ?",
                        person)
                .getFirst();
    }

    private static List<Object> statuses(Object session) {
        return comuta.column("select Status from BackgroundTasks where SessionID = ? and TaskType = 'Faxe'", session);
    }
}
