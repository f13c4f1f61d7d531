package dev.comuta.chaos;

import dev.comuta.chaos.ChaosPlan.Damage;
import dev.comuta.chaos.Finding.Broken;
import dev.comuta.chaos.Journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Checks that frozen connections to the database are replaced. */
final class Availability {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Collection<Entry> journal;
    private final List<Outage> outages;
    private final Times times;

    Availability(Collection<Entry> journal, List<Outage> outages, Times times) {
        this.journal = journal;
        this.outages = outages;
        this.times = times;
    }

    Finding finding() {
        List<Entry> checked = outages.stream()
                .filter(outage -> outage.damage() == Damage.FREEZE_CONNECTIONS)
                .flatMap(outage -> journal.stream().filter(entry -> isBeyondTheLimit(outage, entry)))
                .toList();
        List<Broken> late = checked.stream()
                .filter(entry -> entry.firstAccepted() - entry.firstSent() > LIMIT.toNanos())
                .map(entry -> Broken.of("%s was first sent at %s and %s"
                        .formatted(
                                entry.delivery(),
                                times.ofNanos(entry.firstSent()),
                                entry.accepted()
                                        ? "accepted at " + times.ofNanos(entry.firstAccepted())
                                        : "never accepted")))
                .toList();
        return new Finding("5 s after connections froze, messages are accepted within 5 s", checked.size(), late);
    }

    private boolean isBeyondTheLimit(Outage outage, Entry entry) {
        Instant sent = times.instantOf(entry.firstSent());
        return sent.isAfter(outage.from().plus(LIMIT)) && sent.isBefore(outage.to());
    }
}
