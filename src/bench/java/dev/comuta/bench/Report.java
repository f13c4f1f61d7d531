package dev.comuta.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A run's figures: medians over the rounds of each contender. */
record Report(Machine machine, Settings settings, List<Round> rounds) {

    /** Cores that other programs may use without making the figures worthless. */
    static final double QUIET = 0.1;

    static final String NOT_QUIET = "The machine was not quiet: these figures do not count.\n";

    private static final String HEAD = """
            | contender | per second | R | p50 / p99 / max ms | CPU s per 1,000: server, PostgreSQL, RabbitMQ \
            | refused (p99 ms) | server MiB | open tasks |
            |---|---|---|---|---|---|---|---|
            """;

    private static final Set<String> OF_GIVEN_RATE = Set.of(Round.HALF_LOAD, Round.OVERLOAD);

    static double medianRate(List<Round> rounds, String contender) {
        return median(rounds, contender, round -> round.measured().perSecond());
    }

    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("ingest.md"), markdown());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("ingest.json").toFile(), json());
    }

    String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        Stream.of(Round.PGBENCH, Round.SERVER, Round.HALF_LOAD, Round.OVERLOAD, Round.AFTERWARDS)
                .map(this::row)
                .forEach(text::append);
        return text.append(conditions()).append(warning()).toString();
    }

    private String conditions() {
        return "\n%s; %s; medians of %d rounds of %d s in turn; turns %s, old messages %,d; others kept %.2f cores busy.\n"
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        machine,
                        settings.rounds(),
                        settings.round().toSeconds(),
                        settings.turns() ? "on" : "off",
                        settings.messages(),
                        otherCores());
    }

    /** pgbench has 64 processes to be scheduled and the server a few threads: a busy machine slows the server more. */
    private String warning() {
        return otherCores() <= QUIET ? "" : NOT_QUIET;
    }

    private double otherCores() {
        return rounds.stream().mapToDouble(Round::otherCores).average().orElseThrow();
    }

    private String row(String contender) {
        boolean server = !contender.equals(Round.PGBENCH);
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %s | %.0f / %.0f / %.0f | %s, %.2f, %s | %s | %s | %s |%n",
                contender,
                medianRate(rounds, contender),
                OF_GIVEN_RATE.contains(contender) ? "-" : "%.2f".formatted(ratio(contender)),
                of(contender, round -> round.measured().millis(50)),
                of(contender, round -> round.measured().millis(99)),
                of(contender, round -> round.measured().millis(100)),
                server
                        ? "%.2f"
                                .formatted(of(
                                        contender,
                                        round -> round.perThousand(round.cpu().server())))
                        : "-",
                of(contender, round -> round.perThousand(round.cpu().postgres())),
                server
                        ? "%.2f"
                                .formatted(of(
                                        contender,
                                        round -> round.perThousand(round.cpu().rabbit())))
                        : "-",
                server
                        ? "%,.0f (%.0f)"
                                .formatted(
                                        of(contender, round -> round.measured().refused()),
                                        of(contender, round -> round.measured().refusalMillis(99)))
                        : "-",
                server ? "%.0f".formatted(of(contender, Round::serverMib)) : "-",
                server ? "%,.0f".formatted(of(contender, Round::openTasks)) : "-");
    }

    private double ratio(String contender) {
        return medianRate(rounds, contender) / medianRate(rounds, Round.PGBENCH);
    }

    private double of(String contender, ToDoubleFunction<Round> figure) {
        return median(rounds, contender, figure);
    }

    static double median(List<Round> rounds, String contender, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream()
                .filter(round -> round.contender().equals(contender))
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("at", Instant.now().toString());
        all.put("machine", machine);
        all.put("roundSeconds", settings.round().toSeconds());
        all.put("turns", settings.turns());
        all.put("messages", settings.messages());
        all.put("otherCores", otherCores());
        all.put("ratio", ratio(Round.SERVER));
        all.put("rounds", rounds.stream().map(Report::json).toList());
        return all;
    }

    static Map<String, Object> json(Round round) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("contender", round.contender());
        figures.put("perSecond", round.measured().perSecond());
        figures.put("accepted", round.measured().accepted());
        figures.put("refused", round.measured().refused());
        figures.put("refusedP99Millis", round.measured().refusalMillis(99));
        figures.put("p50Millis", round.measured().millis(50));
        figures.put("p99Millis", round.measured().millis(99));
        figures.put("p95Millis", round.measured().millis(95));
        figures.put("maxMillis", round.measured().millis(100));
        figures.put("seconds", round.seconds());
        figures.put("cpuSeconds", round.cpu());
        figures.put("serverMib", round.serverMib());
        figures.put("openTasks", round.openTasks());
        figures.put("commits", round.work().commits());
        figures.put("walBytes", round.work().walBytes());
        return figures;
    }
}
