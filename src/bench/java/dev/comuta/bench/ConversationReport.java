package dev.comuta.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run's figures: medians over the rounds of each contender. */
record ConversationReport(Machine machine, Settings settings, List<Round> rounds) {

    private static final String HEAD = """
            | contender | per second | C | p50 / p95 / max ms | CPU s per 1,000: server, PostgreSQL, RabbitMQ, generator \
            | commits, WAL KiB each | refused | server MiB |
            |---|---|---|---|---|---|---|---|
            """;

    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("conversations.md"), markdown());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("conversations.json").toFile(), json());
    }

    String markdown() {
        String rows = Stream.of(
                        Round.PGBENCH,
                        ConversationRounds.FULL,
                        ConversationRounds.HALF,
                        ConversationRounds.ALONE,
                        ConversationRounds.BESIDE)
                .map(this::row)
                .collect(Collectors.joining());
        return HEAD + rows + conditions() + (otherCores() <= Report.QUIET ? "" : Report.NOT_QUIET);
    }

    private String row(String contender) {
        return "| %s | %,.1f | %s | %.0f / %.0f / %.0f | %s | %.0f | %.0f |\n"
                .formatted(
                        contender,
                        of(contender, round -> round.measured().perSecond()),
                        contender.equals(ConversationRounds.FULL) ? "%.4f = 1/%.1f".formatted(c(), 1 / c()) : "-",
                        of(contender, round -> round.measured().millis(50)),
                        of(contender, round -> round.measured().millis(95)),
                        of(contender, round -> round.measured().millis(100)),
                        contender.equals(ConversationRounds.BESIDE) ? "- | -" : costs(contender),
                        of(contender, round -> round.measured().refused()),
                        of(contender, Round::serverMib));
    }

    /** Of a round that counts all its conversations. */
    private String costs(String contender) {
        return "%.2f, %.2f, %.2f, %.2f | %.2f, %.1f"
                .formatted(
                        of(contender, round -> round.perThousand(round.cpu().server())),
                        of(contender, round -> round.perThousand(round.cpu().postgres())),
                        of(contender, round -> round.perThousand(round.cpu().rabbit())),
                        of(contender, round -> round.perThousand(round.cpu().generator())),
                        of(
                                contender,
                                round -> round.work().commits()
                                        / (double) round.measured().accepted()),
                        of(
                                contender,
                                round -> round.work().walBytes()
                                        / 1024.0
                                        / round.measured().accepted()));
    }

    private String conditions() {
        return """

                C = %.4f (goal 0.0833), p95 at half that rate %.0f ms (goal 500), fairness %.2f (goal 1.50).
                %s; %s; medians of %d rounds of %d s in turn; other programs kept %.2f cores busy.
                """.formatted(
                        c(),
                        p95(ConversationRounds.HALF),
                        fairness(),
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        machine,
                        settings.rounds(),
                        settings.round().toSeconds(),
                        otherCores());
    }

    /** Full conversations per second for each transaction per second of pgbench. */
    private double c() {
        return Report.medianRate(rounds, ConversationRounds.FULL) / Report.medianRate(rounds, Round.PGBENCH);
    }

    /** How much longer the small client waits beside the large one. */
    private double fairness() {
        return p95(ConversationRounds.BESIDE) / p95(ConversationRounds.ALONE);
    }

    private double p95(String contender) {
        return of(contender, round -> round.measured().millis(95));
    }

    private double otherCores() {
        return rounds.stream().mapToDouble(Round::otherCores).average().orElseThrow();
    }

    private double of(String contender, ToDoubleFunction<Round> figure) {
        return Report.median(rounds, contender, figure);
    }

    private Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("at", Instant.now().toString());
        all.put("machine", machine);
        all.put("roundSeconds", settings.round().toSeconds());
        all.put("otherCores", otherCores());
        all.put("c", c());
        all.put("p95MillisAtHalf", p95(ConversationRounds.HALF));
        all.put("fairness", fairness());
        all.put("rounds", rounds.stream().map(Report::json).toList());
        return all;
    }
}
