package dev.comuta.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.bench.Build.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The figures of two builds: every round, the medians, and what B is in per cent of A.
 *
 * @param checkouts A, then B
 * @param a the rounds of A
 * @param b the rounds of B
 */
record CompareReport(
        Machine machine, Settings settings, Set<Part> parts, List<Path> checkouts, List<Round> a, List<Round> b) {

    private static final String HEAD = """
            | round | build | pgbench | Gateway | Meta | conversations | R Gateway | R Meta | C |
            |---|---|---|---|---|---|---|---|---|
            """;

    /** The figures of a row, per second; those of a part that was not measured are NaN. */
    private record Row(double pgbench, Map<Part, Double> rates) {

        /** R or C. */
        double ratio(Part part) {
            return rates.get(part) / pgbench;
        }
    }

    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("compare.md"), markdown());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("compare.json").toFile(), json());
    }

    String markdown() {
        StringBuilder text = new StringBuilder(HEAD);
        for (int i = 0; i < settings.rounds(); i++) {
            text.append(line(Integer.toString(i + 1), "A", row(round(a, i))));
            text.append(line(Integer.toString(i + 1), "B", row(round(b, i))));
        }
        text.append(line("median", "A", row(a))).append(line("median", "B", row(b)));
        return text.append(percent(row(a), row(b))).append(conditions()).toString();
    }

    /** The rounds of one turn. */
    private List<Round> round(List<Round> rounds, int turn) {
        int perTurn = parts.size() + 1;
        return rounds.subList(turn * perTurn, (turn + 1) * perTurn);
    }

    private static Row row(List<Round> rounds) {
        Map<Part, Double> rates = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            boolean measured =
                    rounds.stream().anyMatch(round -> round.contender().equals(part.contender()));
            rates.put(part, measured ? Report.medianRate(rounds, part.contender()) : Double.NaN);
        }
        return new Row(Report.medianRate(rounds, Round.PGBENCH), rates);
    }

    private static String line(String turn, String build, Row row) {
        return cells(
                turn,
                build,
                "%,.0f".formatted(row.pgbench()),
                figures("%,.0f", row.rates()::get),
                figures("%.3f", row::ratio));
    }

    private static String percent(Row a, Row b) {
        return cells(
                "B / A",
                "",
                "%.1f %%".formatted(100 * b.pgbench() / a.pgbench()),
                figures("%.1f %%", part -> 100 * b.rates().get(part) / a.rates().get(part)),
                figures("%.1f %%", part -> 100 * b.ratio(part) / a.ratio(part)));
    }

    private static String figures(String format, ToDoubleFunction<Part> figure) {
        return Stream.of(Part.values())
                .map(figure::applyAsDouble)
                .map(value -> Double.isNaN(value) ? "-" : format.formatted(value))
                .collect(Collectors.joining(" | "));
    }

    private static String cells(String... cells) {
        return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private String conditions() {
        return "\nA %s, B %s; %s; %s; %d rounds of %d s in turn; turns %s; other programs kept %.2f cores busy.\n%s"
                .formatted(
                        checkouts.getFirst(),
                        checkouts.getLast(),
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        machine,
                        settings.rounds(),
                        settings.round().toSeconds(),
                        settings.turns() ? "on" : "off",
                        otherCores(),
                        otherCores() <= Report.QUIET ? "" : Report.NOT_QUIET);
    }

    private double otherCores() {
        return Stream.concat(a.stream(), b.stream())
                .mapToDouble(Round::otherCores)
                .average()
                .orElseThrow();
    }

    private Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("at", Instant.now().toString());
        all.put("machine", machine);
        all.put("roundSeconds", settings.round().toSeconds());
        all.put("turns", settings.turns());
        all.put("otherCores", otherCores());
        all.put("checkouts", checkouts.stream().map(Path::toString).toList());
        all.put("a", a.stream().map(Report::json).toList());
        all.put("b", b.stream().map(Report::json).toList());
        return all;
    }
}
