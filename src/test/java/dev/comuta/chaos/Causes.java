package dev.comuta.chaos;

import dev.comuta.chaos.Evidence.Attempt;
import dev.comuta.chaos.Evidence.End;
import dev.comuta.chaos.Evidence.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Traces an unknown outcome to the failure that explains it. */
final class Causes {

    /** A process dies within this time of the signal, and needs longer to start. */
    private static final Duration DYING = Duration.ofSeconds(1);

    private final Evidence evidence;
    private final List<Outage> outages;
    private final Times times;

    Causes(Evidence evidence, List<Outage> outages, Times times) {
        this.evidence = evidence;
        this.outages = outages;
        this.times = times;
    }

    /** The cause of an answer's unknown outcome: that of the first attempt whose outcome is unknown. */
    Optional<String> of(long messageId) {
        List<Attempt> attempts = attempts(messageId);
        return attempts.stream()
                .filter(attempt -> attempt.end() != End.RETRIED)
                .findFirst()
                .flatMap(this::of);
    }

    List<Attempt> attempts(long messageId) {
        return evidence.attempts().stream()
                .filter(attempt -> attempt.messageId() == messageId)
                .toList();
    }

    List<Received> requests(long messageId) {
        return evidence.received().stream()
                .filter(one -> one.messageId() == messageId)
                .toList();
    }

    /** The failure that explains why the outcome of the attempt is unknown; empty when none does. */
    Optional<String> of(Attempt attempt) {
        return Stream.of(kill(attempt), unanswered(attempt), database(attempt))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> kill(Attempt attempt) {
        return outages.stream()
                .filter(outage -> attempt.server().equals(outage.damage().killed()))
                .filter(kill -> attempt.claimedAt().isBefore(kill.from().plus(DYING)))
                .filter(kill -> end(attempt).isAfter(kill.from()))
                .findFirst()
                .map(kill -> "%s was killed at %s, between %s and commit"
                        .formatted(attempt.server(), times.of(kill.from()), lastStep(attempt)));
    }

    private Optional<String> unanswered(Attempt attempt) {
        return call(attempt)
                .filter(request -> !request.isAnswered())
                .map(request ->
                        "the provider did not answer at %s (%s)".formatted(times.of(request.at()), request.fault()));
    }

    private Optional<String> database(Attempt attempt) {
        return outages.stream()
                .filter(outage -> outage.damage().hitsDatabase())
                .filter(outage -> outage.overlaps(attempt.claimedAt(), end(attempt)))
                .findFirst()
                .map(outage -> "%s from %s to %s, between %s and commit"
                        .formatted(outage.damage(), times.of(outage.from()), times.of(outage.to()), lastStep(attempt)));
    }

    private static Instant end(Attempt attempt) {
        return attempt.endedAt() == null ? attempt.leaseUntil() : attempt.endedAt();
    }

    private String lastStep(Attempt attempt) {
        return call(attempt)
                .map(request -> "call (" + times.of(request.at()) + ")")
                .orElse("claim (" + times.of(attempt.claimedAt()) + ")");
    }

    /** The first request of the attempt. */
    private Optional<Received> call(Attempt attempt) {
        Instant last = end(attempt);
        return requests(attempt.messageId()).stream()
                .filter(one ->
                        !one.at().isBefore(attempt.claimedAt()) && !one.at().isAfter(last))
                .findFirst();
    }
}
