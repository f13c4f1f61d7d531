package dev.comuta.chaos;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.comuta.chaos.Evidence.Inbound;
import dev.comuta.chaos.Evidence.Outbound;
import dev.comuta.chaos.Evidence.Received;
import dev.comuta.chaos.Finding.Broken;
import dev.comuta.chaos.Journal.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Checks the promises of the server: compares the accepted deliveries with the rows and with the requests of the
 * providers.
 */
final class Verdict {

    private static final Set<String> FINAL = Set.of("Concluída", "Falhou", "Cancelada");
    private static final String UNKNOWN = "Incerta";

    private final Map<String, Entry> journal;
    private final Evidence evidence;
    private final Causes causes;

    Verdict(Collection<Entry> journal, Evidence evidence, Causes causes) {
        this.journal = journal.stream().collect(toMap(entry -> entry.delivery().id(), Function.identity()));
        this.evidence = evidence;
        this.causes = causes;
    }

    List<Finding> findings() {
        return List.of(
                everyMessageIsAccepted(),
                acceptedMessagesAreStoredOnce(),
                noOtherMessageIsStored(),
                noSessionIsSplit(),
                transcriptsAreInOrder(),
                everyTaskIsFinal(),
                everyMessageIsAnsweredByOneTurn(),
                noTurnAnswersTwice(),
                answersReachTheProviderOnce(),
                unknownOutcomesHaveACause(),
                answersArriveInOrder(),
                eventsAreComplete());
    }

    /** The answers with an unknown outcome. */
    List<Outbound> unknown() {
        return evidence.outbound().stream()
                .filter(message -> message.status().equals(UNKNOWN))
                .toList();
    }

    private Finding everyMessageIsAccepted() {
        return finding(
                "every delivery was accepted in the end",
                journal.values(),
                entry -> !entry.accepted(),
                this::messageOf);
    }

    private Finding acceptedMessagesAreStoredOnce() {
        Map<String, Long> rows = evidence.inbound().stream().collect(groupingBy(Inbound::providerId, counting()));
        List<Entry> accepted = journal.values().stream().filter(Entry::accepted).toList();
        return finding(
                "every accepted id is exactly one message",
                accepted,
                entry -> rows.getOrDefault(entry.delivery().id(), 0L) != 1,
                this::messageOf);
    }

    private Long messageOf(Entry entry) {
        return evidence.inbound().stream()
                .filter(message -> message.providerId().equals(entry.delivery().id()))
                .map(Inbound::messageId)
                .findFirst()
                .orElse(null);
    }

    private Finding noOtherMessageIsStored() {
        return finding(
                "no message is stored that no contact sent",
                evidence.inbound(),
                message -> !journal.containsKey(message.providerId()),
                Inbound::messageId);
    }

    private Finding noSessionIsSplit() {
        Map<String, Long> sessions =
                evidence.sessions().stream().collect(groupingBy(Evidence.Session::contact, counting()));
        return finding(
                "every contact has one session",
                sessions.entrySet(),
                contact -> contact.getValue() != 1,
                contact -> null);
    }

    /** A message that was accepted before another was first sent has the lower id. */
    private Finding transcriptsAreInOrder() {
        List<Broken> broken = new ArrayList<>();
        bySession(evidence.inbound(), Inbound::sessionId, Inbound::messageId)
                .values()
                .forEach(messages -> {
                    long latestSent = Long.MIN_VALUE;
                    for (Inbound message : messages) {
                        Entry entry = journal.get(message.providerId());
                        if (entry != null && entry.firstAccepted() < latestSent) {
                            broken.add(new Broken(
                                    "message " + message.messageId() + " has a higher id than a later one",
                                    message.messageId()));
                        }
                        latestSent = entry == null ? latestSent : Math.max(latestSent, entry.firstSent());
                    }
                });
        return new Finding(
                "transcripts are in the order of acceptance", evidence.inbound().size(), broken);
    }

    private Finding everyTaskIsFinal() {
        return finding(
                "every task reached a final status",
                evidence.tasks(),
                task -> !FINAL.contains(task.status()),
                Evidence.Task::messageId);
    }

    private Finding everyMessageIsAnsweredByOneTurn() {
        Set<Long> turns = evidence.outbound().stream()
                .map(Outbound::turnTaskId)
                .filter(Objects::nonNull)
                .collect(toSet());
        return finding(
                "every message is answered by exactly one turn",
                evidence.inbound(),
                message -> message.turnTaskId() == null || !turns.contains(message.turnTaskId()),
                Inbound::messageId);
    }

    private Finding noTurnAnswersTwice() {
        Map<Long, Long> answers = evidence.outbound().stream()
                .filter(message -> message.turnTaskId() != null)
                .collect(groupingBy(Outbound::turnTaskId, counting()));
        return finding("no turn answers twice", answers.entrySet(), turn -> turn.getValue() != 1, turn -> null);
    }

    private Finding answersReachTheProviderOnce() {
        Map<Long, Long> received = evidence.received().stream()
                .filter(Received::isDelivery)
                .collect(groupingBy(Received::messageId, counting()));
        return finding(
                "every answer reaches the provider exactly once, or is 'Incerta'",
                evidence.outbound(),
                message -> {
                    long times = received.getOrDefault(message.messageId(), 0L);
                    return message.status().equals(UNKNOWN) ? times > 1 : times != 1;
                },
                Outbound::messageId);
    }

    private Finding unknownOutcomesHaveACause() {
        return finding(
                "every 'Incerta' has a cause",
                unknown(),
                message -> causes.of(message.messageId()).isEmpty(),
                Outbound::messageId);
    }

    private Finding answersArriveInOrder() {
        Map<Long, Long> sessions =
                evidence.outbound().stream().collect(toMap(Outbound::messageId, Outbound::sessionId));
        List<Broken> broken = new ArrayList<>();
        Map<Long, Long> latest = new HashMap<>();
        for (Received one : evidence.received()) {
            Long session = sessions.get(one.messageId());
            if (one.isDelivery()
                    && session != null
                    && latest.merge(session, one.messageId(), Math::max) != one.messageId()) {
                broken.add(new Broken("message " + one.messageId() + " arrived after a later one", one.messageId()));
            }
        }
        return new Finding(
                "answers arrive in the order of their session",
                evidence.received().size(),
                broken);
    }

    /**
     * Expects one 'MensagemRecebida' per message, one 'MensagemEnviada' per answer, and a start and an end event for
     * every CRM query.
     */
    private Finding eventsAreComplete() {
        Map<String, Long> counts = evidence.events().stream()
                .collect(groupingBy(event -> event.type() + " " + event.subject(), counting()));
        Stream<String> received = evidence.inbound().stream().map(one -> "MensagemRecebida " + one.messageId());
        Stream<String> sent = evidence.outbound().stream()
                .filter(one -> !one.status().equals(UNKNOWN))
                .map(one -> "MensagemEnviada " + one.messageId());
        Stream<String> queries = evidence.tasks().stream()
                .filter(task -> task.type().equals("ConsultaCRM"))
                .flatMap(task -> Stream.of(
                        "TarefaIniciada " + task.taskId(),
                        (task.status().equals("Concluída") ? "ConsultaConcluída " : "TarefaFalhou ") + task.taskId()));
        List<String> expected =
                Stream.of(received, sent, queries).flatMap(all -> all).toList();
        return finding(
                "every event is recorded exactly once",
                expected,
                event -> counts.getOrDefault(event, 0L) != 1,
                event -> null);
    }

    private static <T> Finding finding(
            String promise, Collection<T> all, Predicate<T> broken, Function<T, Long> message) {
        return new Finding(
                promise,
                all.size(),
                all.stream()
                        .filter(broken)
                        .map(one -> new Broken(one.toString(), message.apply(one)))
                        .toList());
    }

    private static <T> Map<Long, List<T>> bySession(
            List<T> messages, Function<T, Long> session, Function<T, Long> order) {
        return messages.stream().sorted(Comparator.comparing(order)).collect(groupingBy(session));
    }
}
