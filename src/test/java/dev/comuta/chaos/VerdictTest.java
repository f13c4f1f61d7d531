package dev.comuta.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.chaos.ChaosPlan.Damage;
import dev.comuta.chaos.Delivery.Route;
import dev.comuta.chaos.Evidence.Attempt;
import dev.comuta.chaos.Evidence.End;
import dev.comuta.chaos.Evidence.Event;
import dev.comuta.chaos.Evidence.Inbound;
import dev.comuta.chaos.Evidence.Outbound;
import dev.comuta.chaos.Evidence.Received;
import dev.comuta.chaos.Evidence.Session;
import dev.comuta.chaos.Evidence.Task;
import dev.comuta.chaos.Journal.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The checker finds each broken promise: each test breaks one in otherwise sound evidence. */
class VerdictTest {

    private final List<Entry> journal = new ArrayList<>();
    private final List<Inbound> inbound = new ArrayList<>();
    private final List<Outbound> outbound = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();

    /** Two contacts with two answered messages each. */
    VerdictTest() {
        for (int i = 0; i < 4; i++) {
            String contact = "+551197600000" + i % 2;
            long session = 1L + i % 2;
            Delivery delivery = new Delivery(i, Route.GATEWAY, contact, "msg_" + i);
            journal.add(new Entry(delivery, 100L * i, 100L * i + 10));
            long message = 10L + i;
            long answer = 50L + i;
            inbound.add(new Inbound(message, delivery.id(), session, contact, 100L + i));
            outbound.add(answer(answer, session, "Enviada", 100L + i));
            tasks.add(task(100L + i, "RespostaAssistente", "Concluída"));
            tasks.add(task(200L + i, "ConsultaCRM", "Concluída"));
            events.add(new Event("MensagemRecebida", Long.toString(message)));
            events.add(new Event("TarefaIniciada", Long.toString(200L + i)));
            events.add(new Event("ConsultaConcluída", Long.toString(200L + i)));
            events.add(new Event("MensagemEnviada", Long.toString(answer)));
            received.add(new Received(answer, Instant.EPOCH.plusSeconds(i), false, null));
        }
        sessions.add(new Session(1, "+5511976000000"));
        sessions.add(new Session(2, "+5511976000001"));
    }

    @Test
    void findsNothingInSoundEvidence() {
        assertEquals(List.of(), broken());
    }

    @Test
    void findsADeliveryThatWasNeverAccepted() {
        journal.set(0, new Entry(journal.getFirst().delivery(), 0, Long.MAX_VALUE));
        assertEquals(List.of("every delivery was accepted in the end"), broken());
    }

    @Test
    void findsALostMessage() {
        inbound.removeFirst();
        assertEquals(List.of("every accepted id is exactly one message"), broken());
    }

    @Test
    void findsADuplicatedMessage() {
        Inbound first = inbound.getFirst();
        inbound.add(new Inbound(99, first.providerId(), first.sessionId(), first.contact(), first.turnTaskId()));
        assertEquals(
                List.of(
                        "every accepted id is exactly one message",
                        "transcripts are in the order of acceptance",
                        "every event is recorded exactly once"),
                broken());
    }

    @Test
    void findsAMessageThatNoContactSent() {
        inbound.add(new Inbound(9, "msg_x", 1, "+5511976000000", 100L));
        events.add(new Event("MensagemRecebida", "9"));
        assertEquals(List.of("no message is stored that no contact sent"), broken());
    }

    @Test
    void findsASplitSession() {
        sessions.add(new Session(3, "+5511976000001"));
        assertEquals(List.of("every contact has one session"), broken());
    }

    @Test
    void findsDisorderInATranscript() {
        swap(
                inbound,
                one -> new Inbound(12, one.providerId(), 1, one.contact(), one.turnTaskId()),
                one -> new Inbound(10, one.providerId(), 1, one.contact(), one.turnTaskId()));
        assertEquals(List.of("transcripts are in the order of acceptance"), broken());
    }

    @Test
    void findsAnOpenTask() {
        tasks.set(0, task(100, "RespostaAssistente", "Em Andamento"));
        assertEquals(List.of("every task reached a final status"), broken());
    }

    @Test
    void findsAMessageWithoutAnAnswer() {
        Inbound first = inbound.getFirst();
        inbound.set(0, new Inbound(first.messageId(), first.providerId(), 1, first.contact(), null));
        assertEquals(List.of("every message is answered by exactly one turn"), broken());
    }

    @Test
    void findsATurnThatAnsweredTwice() {
        outbound.add(answer(60, 1, "Enviada", 100));
        received.add(new Received(60, Instant.EPOCH.plusSeconds(60), false, null));
        events.add(new Event("MensagemEnviada", "60"));
        assertEquals(List.of("no turn answers twice"), broken());
    }

    @Test
    void findsAnAnswerThatWasSentTwice() {
        received.add(new Received(53, Instant.EPOCH.plusSeconds(9), false, null));
        assertEquals(List.of("every answer reaches the provider exactly once, or is 'Incerta'"), broken());
    }

    @Test
    void findsAnAnswerThatNeverArrived() {
        received.removeFirst();
        assertEquals(List.of("every answer reaches the provider exactly once, or is 'Incerta'"), broken());
    }

    @Test
    void acceptsAnUnknownResultWithAtMostOneRequest() {
        outbound.set(0, answer(50, 1, "Incerta", 100));
        events.removeIf(event -> event.equals(new Event("MensagemEnviada", "50")));
        attempts.add(lost(50, "first"));
        outages.add(new Outage(Damage.KILL_FIRST, Instant.EPOCH.plusSeconds(1), Instant.EPOCH.plusSeconds(9)));
        assertEquals(List.of(), broken());
        received.removeFirst();
        assertEquals(List.of(), broken());
    }

    @Test
    void findsAnUnknownResultWithoutACause() {
        outbound.set(0, answer(50, 1, "Incerta", 100));
        events.removeIf(event -> event.equals(new Event("MensagemEnviada", "50")));
        attempts.add(lost(50, "first"));
        outages.add(new Outage(Damage.KILL_SECOND, Instant.EPOCH.plusSeconds(1), Instant.EPOCH.plusSeconds(9)));
        assertEquals(List.of("every 'Incerta' has a cause"), broken());
    }

    @Test
    void acceptsADuplicateThatTheProviderRecognised() {
        received.add(new Received(53, Instant.EPOCH.plusSeconds(9), true, null));
        assertEquals(List.of(), broken());
    }

    @Test
    void findsAnswersThatArrivedInDisorder() {
        Collections.swap(received, 0, 2);
        assertEquals(List.of("answers arrive in the order of their session"), broken());
    }

    @Test
    void findsEachMissingEvent() {
        List<Event> all = List.copyOf(events);
        for (Event event : all) {
            assertFound(() -> events.remove(event), () -> {
                events.clear();
                events.addAll(all);
            });
        }
    }

    private void assertFound(Runnable breakOne, Runnable restore) {
        breakOne.run();
        assertEquals(List.of("every event is recorded exactly once"), broken());
        restore.run();
    }

    private static Outbound answer(long messageId, long sessionId, String status, long turn) {
        return new Outbound(messageId, sessionId, status, turn, "Meta", Instant.EPOCH);
    }

    private static Attempt lost(long messageId, String server) {
        return new Attempt(
                300, messageId, 1, server, "lease", Instant.EPOCH, Instant.EPOCH.plusSeconds(25), null, End.LOST, null);
    }

    private static Task task(long taskId, String type, String status) {
        return new Task(taskId, type, status, null, 1, null);
    }

    private static void swap(List<Inbound> rows, UnaryOperator<Inbound> first, UnaryOperator<Inbound> second) {
        rows.set(0, first.apply(rows.get(0)));
        rows.set(2, second.apply(rows.get(2)));
    }

    private List<String> broken() {
        Evidence evidence = new Evidence(inbound, outbound, sessions, tasks, events, received, attempts);
        Causes causes = new Causes(evidence, outages, new Times(Instant.EPOCH, 0));
        return new Verdict(journal, evidence, causes)
                .findings().stream()
                        .filter(finding -> !finding.kept())
                        .map(Finding::promise)
                        .toList();
    }
}
