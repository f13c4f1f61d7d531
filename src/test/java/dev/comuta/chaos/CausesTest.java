package dev.comuta.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.chaos.AttemptLog.Change;
import dev.comuta.chaos.ChaosPlan.Damage;
import dev.comuta.chaos.Evidence.Attempt;
import dev.comuta.chaos.Evidence.End;
import dev.comuta.chaos.Evidence.Received;
import dev.comuta.sandbox.Fault.Mode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The checker reads the attempts from the log of a task, and traces an unknown outcome to its cause. */
class CausesTest {

    private static final long MESSAGE = 50;

    private final List<Change> changes = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();
    private final List<Outage> outages = new ArrayList<>();

    @Test
    void readsTheAttemptsOfATask() {
        claim(1, "a", 1, "first");
        changes.add(change(2, "first", "Pendente", null, 1, 30, 4L, "busy"));
        claim(5, "b", 2, "second");
        changes.add(change(6, "second", "Pendente", "b", 2, 30, 8L, "no answer"));
        claim(9, "c", 3, "first");
        changes.add(change(40, "second", "Pendente", "c", 3, 70, 8L, "no answer"));
        claim(41, "d", 4, "second");
        changes.add(change(42, "second", "Concluída", "d", 4, 66, null, null));

        assertEquals(
                List.of(End.RETRIED, End.UNKNOWN, End.LOST, End.DONE),
                attempts().stream().map(Attempt::end).toList());
        assertEquals(
                List.of("first", "second", "first", "second"),
                attempts().stream().map(Attempt::server).toList());
    }

    @Test
    void aRepeatedClaimOfTheSameLeaseIsOneAttempt() {
        claim(1, "a", 1, "first");
        claim(3, "a", 1, "first");

        assertEquals(
                List.of(at(28)), attempts().stream().map(Attempt::leaseUntil).toList());
    }

    @Test
    void namesTheKillBetweenCallAndCommit() {
        claim(1, "a", 1, "first");
        received.add(new Received(MESSAGE, at(2), false, null));
        outages.add(new Outage(Damage.KILL_FIRST, at(3), at(9)));

        assertEquals(Optional.of("first was killed at 3.000 s, between call (2.000 s) and commit"), cause());
    }

    @Test
    void namesTheKillBetweenClaimAndCall() {
        claim(1, "a", 1, "first");
        outages.add(new Outage(Damage.KILL_FIRST, at(3), at(9)));

        assertEquals(Optional.of("first was killed at 3.000 s, between claim (1.000 s) and commit"), cause());
    }

    @Test
    void theKillOfAnotherProcessIsNoCause() {
        claim(1, "a", 1, "first");
        outages.add(new Outage(Damage.KILL_SECOND, at(3), at(9)));

        assertEquals(Optional.empty(), cause());
    }

    @Test
    void anEarlierKillIsNoCause() {
        claim(10, "a", 1, "first");
        outages.add(new Outage(Damage.KILL_FIRST, at(3), at(9)));

        assertEquals(Optional.empty(), cause());
    }

    @Test
    void namesTheOutageOfTheDatabase() {
        claim(1, "a", 1, "first");
        received.add(new Received(MESSAGE, at(2), false, null));
        outages.add(new Outage(Damage.STOP_DATABASE_LONG, at(3), at(9)));

        assertEquals(
                Optional.of("STOP_DATABASE_LONG from 3.000 s to 9.000 s, between call (2.000 s) and commit"), cause());
    }

    @Test
    void aRefusalIsNoCause() {
        claim(1, "a", 1, "first");
        received.add(new Received(MESSAGE, at(2), false, Mode.RATE_LIMIT));
        assertEquals(Optional.empty(), cause());

        outages.add(new Outage(Damage.FREEZE_DATABASE, at(3), at(23)));
        assertEquals(
                Optional.of("FREEZE_DATABASE from 3.000 s to 23.000 s, between call (2.000 s) and commit"), cause());
    }

    @Test
    void namesAProviderThatDidNotAnswer() {
        claim(1, "a", 1, "first");
        received.add(new Received(MESSAGE, at(2), false, Mode.HANG));
        changes.add(change(12, "first", "Concluída", "a", 1, 26, null, null));

        assertEquals(Optional.of("the provider did not answer at 2.000 s (HANG)"), cause());
    }

    private void claim(long second, String lease, int attempt, String server) {
        Long notBefore = changes.isEmpty() ? null : seconds(changes.getLast().notBefore());
        changes.add(change(second, server, "Em Andamento", lease, attempt, second + 25, notBefore, null));
    }

    private static Change change(
            long second,
            String server,
            String status,
            String lease,
            int attempt,
            long dueAt,
            Long notBefore,
            String error) {
        Instant earliest = notBefore == null ? null : at(notBefore);
        return new Change(at(second), server, 7, MESSAGE, status, lease, attempt, at(dueAt), earliest, error);
    }

    private List<Attempt> attempts() {
        return AttemptLog.attempts(changes);
    }

    private Optional<String> cause() {
        Evidence evidence = new Evidence(List.of(), List.of(), List.of(), List.of(), List.of(), received, attempts());
        return new Causes(evidence, outages, new Times(Instant.EPOCH, 0)).of(MESSAGE);
    }

    private static Instant at(long second) {
        return Instant.EPOCH.plusSeconds(second);
    }

    private static Long seconds(Instant instant) {
        return instant == null ? null : instant.getEpochSecond();
    }
}
