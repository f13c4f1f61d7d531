package dev.comuta.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.bench.SoakSampler.Sample;
import dev.comuta.bench.SoakSampler.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The figures of the last third of a soak beside those of the window before the restarts. */
record SoakReport(Machine machine, Duration time, double perSecond, SoakLoad.Counts counts, List<Sample> samples) {

    private static final double LIMIT = 1.1;

    /** Gets its first rows after ten minutes, without any load. */
    private static final Set<String> SCHEDULED = Set.of("auditcheckpoints");

    /** Tables with fewer rows are compared by their size. */
    private static final int MANY_ROWS = 1_000;

    /** Size that a small table may gain: pages that vacuum has not freed yet. */
    private static final int PAGES = 256 << 10;

    /** Open tasks come and go with the load. */
    private static final double OPEN_TASKS = 100;

    /** A figure in both windows. */
    record Line(String name, double before, double after, boolean holds) {}

    boolean holds() {
        return counts.answered() >= counts.accepted() && lines().stream().allMatch(Line::holds);
    }

    void write(Path directory) throws IOException {
        Files.writeString(directory.resolve("soak.md"), markdown());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("machine", machine);
        all.put("minutes", time.toMinutes());
        all.put("perSecond", perSecond);
        all.put("counts", counts);
        all.put("lines", lines());
        all.put("samples", samples.stream().map(SoakReport::json).toList());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(directory.resolve("soak.json").toFile(), all);
    }

    String markdown() {
        String rows = lines().stream()
                .map(line -> "| %s | %,.1f | %,.1f | %s |%n"
                        .formatted(line.name(), line.before(), line.after(), line.holds() ? "" : "grows"))
                .collect(Collectors.joining());
        return "| figure | before the restarts | last third | |%n|---|---|---|---|%n%s".formatted(rows)
                + "%n%s; %d min, %.0f conversations per second; %,d accepted, %,d refused, %,d answers%n"
                        .formatted(
                                machine,
                                time.toMinutes(),
                                perSecond,
                                counts.accepted(),
                                counts.refused(),
                                counts.answered());
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        samples.getLast().figures().keySet().forEach(name -> lines.add(figure(name)));
        samples.getLast().tables().keySet().forEach(name -> lines.add(table(name)));
        return lines;
    }

    private Line figure(String name) {
        double before = before(sample -> sample.figures().get(name));
        double after = after(sample -> sample.figures().get(name));
        double limit = name.equals("open tasks") ? Math.max(before * LIMIT, OPEN_TASKS) : before * LIMIT;
        return new Line(name, before, after, after <= limit);
    }

    private Line table(String name) {
        double rows = before(sample -> sample.tables().get(name).rows());
        if (rows >= MANY_ROWS) {
            double before = before(sample -> bytesPerRow(sample.tables().get(name)));
            double after = after(sample -> bytesPerRow(sample.tables().get(name)));
            return new Line(name + ", bytes per row", before, after, after <= before * LIMIT);
        }
        double before = before(sample -> sample.tables().get(name).bytes());
        double after = after(sample -> sample.tables().get(name).bytes());
        double limit = rows == 0 && !SCHEDULED.contains(name) ? before : Math.max(before * LIMIT, before + PAGES);
        return new Line(name + ", bytes", before, after, after <= limit);
    }

    private static double bytesPerRow(Table table) {
        return table.bytes() / (double) Math.max(1, table.rows());
    }

    private double before(Function<Sample, Number> figure) {
        return median(sample -> new SoakWindows(time).isBefore(sample.at()), figure);
    }

    private double after(Function<Sample, Number> figure) {
        return median(sample -> new SoakWindows(time).isAfter(sample.at()), figure);
    }

    private double median(Predicate<Sample> window, Function<Sample, Number> figure) {
        double[] sorted = samples.stream()
                .filter(window)
                .mapToDouble(sample -> figure.apply(sample).doubleValue())
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static Map<String, Object> json(Sample sample) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("seconds", sample.at().toSeconds());
        all.put("figures", sample.figures());
        all.put("tables", sample.tables());
        return all;
    }
}
