package dev.comuta.chaos;

import java.time.Duration;
import java.util.List;

/**
 * The report of a run.
 *
 * @param quiet whether every task was final in time
 * @param settling time from the last repair and the last acceptance until every task was final
 */
record ChaosReport(
        Verdict verdict,
        Journal journal,
        List<Wrecker.Outage> history,
        boolean quiet,
        Duration took,
        Duration settling) {

    boolean kept() {
        return quiet && verdict.findings().stream().allMatch(Finding::kept);
    }

    String markdown(String title) {
        StringBuilder text = new StringBuilder("# Chaos: " + title + "\n\n");
        text.append("| promise | checked | broken |\n|---|---|---|\n");
        for (Finding finding : verdict.findings()) {
            text.append("| %s | %,d | %,d |%n".formatted(finding.promise(), finding.checked(), finding.count()));
        }
        text.append("| every task is final within 120 s of the last repair | 1 | %d |%n".formatted(quiet ? 0 : 1));
        for (Finding finding : verdict.findings()) {
            finding.broken().forEach(one -> text.append("%n%s: %s%n".formatted(finding.promise(), one)));
        }
        text.append("%n%,d attempts, %,d of them refused or unanswered; %d s in all, quiet after %d s; %d 'Incerta'%n%n"
                .formatted(
                        journal.attempts(),
                        journal.refusals(),
                        took.toSeconds(),
                        settling.toSeconds(),
                        verdict.unknown()));
        text.append("| damage | from | to |\n|---|---|---|\n");
        history.forEach(one -> text.append("| %s | %s | %s |%n".formatted(one.damage(), one.from(), one.to())));
        return text.toString();
    }
}
