package dev.comuta.chaos;

import dev.comuta.chaos.Evidence.Attempt;
import dev.comuta.chaos.Evidence.End;
import dev.comuta.chaos.Evidence.Inbound;
import dev.comuta.chaos.Evidence.Outbound;
import dev.comuta.chaos.Evidence.Received;
import dev.comuta.chaos.Evidence.Task;
import dev.comuta.chaos.Journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes everything that is known of a message: its row, its requests, the attempts of its task, the outages. */
final class Dossiers {

    private static final Duration AROUND = Duration.ofSeconds(5);

    private final Collection<Entry> journal;
    private final Evidence evidence;
    private final Causes causes;
    private final List<Outage> outages;
    private final Times times;

    Dossiers(Collection<Entry> journal, Evidence evidence, Causes causes, List<Outage> outages, Times times) {
        this.journal = journal;
        this.evidence = evidence;
        this.causes = causes;
        this.outages = outages;
        this.times = times;
    }

    /** A line of a dossier. */
    private record Step(Instant at, String text) {}

    /** Describes a message of an end user with its answers, or an answer. */
    String of(long messageId) {
        String inbound = evidence.inbound().stream()
                .filter(message -> message.messageId() == messageId)
                .map(this::inbound)
                .collect(Collectors.joining());
        String outbound = evidence.outbound().stream()
                .filter(message -> message.messageId() == messageId)
                .map(this::outbound)
                .collect(Collectors.joining());
        return inbound + outbound;
    }

    private String inbound(Inbound message) {
        Stream<Step> sent = journal.stream()
                .filter(entry -> entry.delivery().id().equals(message.providerId()))
                .flatMap(this::deliveries);
        String answers = evidence.outbound().stream()
                .filter(answer ->
                        answer.turnTaskId() != null && answer.turnTaskId().equals(message.turnTaskId()))
                .map(this::outbound)
                .collect(Collectors.joining());
        return "%s%n%s%s".formatted(message, lines(sent.toList()), answers);
    }

    private Stream<Step> deliveries(Entry entry) {
        Step sent = new Step(
                times.instantOf(entry.firstSent()),
                "first sent by " + entry.delivery().route());
        return entry.accepted()
                ? Stream.of(sent, new Step(times.instantOf(entry.firstAccepted()), "first accepted"))
                : Stream.of(sent);
    }

    private String outbound(Outbound message) {
        List<Received> requests = causes.requests(message.messageId());
        long deliveries = requests.stream().filter(Received::isDelivery).count();
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(message.writtenAt(), "written by turn " + message.turnTaskId()));
        requests.forEach(one -> steps.add(new Step(one.at(), request(one))));
        causes.attempts(message.messageId()).forEach(attempt -> steps.addAll(steps(attempt)));
        String tasks = evidence.tasks().stream()
                .filter(task -> task.messageId() != null && task.messageId() == message.messageId())
                .map(Task::toString)
                .collect(Collectors.joining("; "));
        return "message %d to %s, '%s', session %d, %d times at the provider; cause: %s%n  %s%n%s"
                .formatted(
                        message.messageId(),
                        message.provider(),
                        message.status(),
                        message.sessionId(),
                        deliveries,
                        causes.of(message.messageId()).orElse("none found"),
                        tasks,
                        lines(steps));
    }

    private static String request(Received one) {
        String result = one.isDelivery() ? "accepted" : one.isAccepted() ? "recognized as a duplicate" : "not accepted";
        return "request at the provider: " + result + (one.fault() == null ? "" : ", " + one.fault());
    }

    private List<Step> steps(Attempt attempt) {
        String name = "attempt %d by %s".formatted(attempt.number(), attempt.server());
        Step claim = new Step(
                attempt.claimedAt(),
                "%s claims task %d, lease %s until %s"
                        .formatted(name, attempt.taskId(), attempt.lease(), times.of(attempt.leaseUntil())));
        Step end = attempt.end() == End.LOST
                ? new Step(attempt.leaseUntil(), name + " has stored no end" + cause(attempt))
                : new Step(
                        attempt.endedAt(), name + " ends: " + attempt.end() + " " + attempt.error() + cause(attempt));
        return List.of(claim, end);
    }

    private String cause(Attempt attempt) {
        return attempt.end() == End.RETRIED
                ? ""
                : causes.of(attempt).map(cause -> ", because " + cause).orElse("");
    }

    /** The steps and the outages around them, in the order of their times. */
    private String lines(List<Step> steps) {
        if (steps.isEmpty()) {
            return "";
        }
        List<Instant> instants = steps.stream().map(Step::at).sorted().toList();
        Instant from = instants.getFirst().minus(AROUND);
        Instant to = instants.getLast().plus(AROUND);
        Stream<Step> around = outages.stream()
                .filter(outage -> outage.overlaps(from, to))
                .map(outage -> new Step(outage.from(), outage.damage() + " until " + times.of(outage.to())));
        return Stream.concat(steps.stream(), around)
                .sorted(Comparator.comparing(Step::at))
                .map(step -> "  %12s  %s%n".formatted(times.of(step.at()), step.text()))
                .collect(Collectors.joining());
    }
}
