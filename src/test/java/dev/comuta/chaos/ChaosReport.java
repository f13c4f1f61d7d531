package dev.comuta.chaos;

import dev.comuta.chaos.Evidence.Outbound;
import dev.comuta.chaos.Finding.Broken;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report of a run.
 *
 * @param unknown the answers with an unknown outcome
 * @param quiet whether every task was final in time
 * @param settling time from the last repair and the last acceptance until every task was final
 */
record ChaosReport(
        List<Finding> findings,
        List<Outbound> unknown,
        Dossiers dossiers,
        Journal journal,
        List<Outage> outages,
        Times times,
        boolean quiet,
        Duration took,
        Duration settling) {

    private static final int SHOWN = 5;

    boolean kept() {
        return broken() == 0;
    }

    /** The number of violations. */
    long broken() {
        return findings.stream().mapToLong(finding -> finding.broken().size()).sum() + (quiet ? 0 : 1);
    }

    /** One row for a table of runs. */
    String row(String name) {
        return "| %s | %,d | %,d | %d | %d | %d | %d |%n"
                .formatted(
                        name,
                        journal.attempts(),
                        journal.refusals(),
                        unknown.size(),
                        settling.toSeconds(),
                        took.toSeconds(),
                        broken());
    }

    String markdown(String title) {
        StringBuilder text = new StringBuilder("# Chaos: " + title + "\n\n");
        text.append("| promise | checked | broken |\n|---|---|---|\n");
        for (Finding finding : findings) {
            text.append("| %s | %,d | %,d |%n"
                    .formatted(
                            finding.promise(),
                            finding.checked(),
                            finding.broken().size()));
        }
        text.append("| every task is final within 120 s of the last repair | 1 | %d |%n".formatted(quiet ? 0 : 1));
        text.append("%n%,d attempts, %,d of them refused or unanswered; %d s in all, quiet after %d s; %d 'Incerta'%n%n"
                .formatted(
                        journal.attempts(),
                        journal.refusals(),
                        took.toSeconds(),
                        settling.toSeconds(),
                        unknown.size()));
        text.append("| damage | from | to |\n|---|---|---|\n");
        outages.forEach(one ->
                text.append("| %s | %s | %s |%n".formatted(one.damage(), times.of(one.from()), times.of(one.to()))));
        return text.append(evidence(SHOWN)).toString();
    }

    /** Every broken promise and every unknown outcome, each with what is known of it; so many of each kind. */
    String evidence(int limit) {
        String promises = findings.stream()
                .filter(finding -> !finding.kept())
                .map(finding -> evidence(finding, limit))
                .collect(Collectors.joining());
        Set<Long> messages = unknown.stream()
                .map(Outbound::messageId)
                .limit(limit)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String outcomes = messages.stream().map(dossiers::of).collect(Collectors.joining("\n"));
        return promises + (outcomes.isEmpty() ? "" : "\n## 'Incerta'\n\n```\n" + outcomes + "```\n");
    }

    private String evidence(Finding finding, int limit) {
        return finding.broken().stream()
                .limit(limit)
                .flatMap(this::evidence)
                .collect(Collectors.joining("\n", "\n## Broken: " + finding.promise() + "\n\n```\n", "\n```\n"));
    }

    private Stream<String> evidence(Broken broken) {
        return broken.messageId() == null
                ? Stream.of(broken.what())
                : Stream.of(broken.what(), dossiers.of(broken.messageId()));
    }
}
