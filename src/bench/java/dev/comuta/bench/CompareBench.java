package dev.comuta.bench;

import dev.comuta.bench.Build.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Two builds in turn (A B A B …), each beside pgbench on its own database (docs/performance.md). */
final class CompareBench {

    private static final String PARTS = "COMPARE_PARTS";

    private CompareBench() {}

    /** Compares the packaged servers of two checkouts. */
    public static void main(String[] checkouts) throws IOException, InterruptedException {
        Bench.main(settings -> run(settings, Path.of(checkouts[0]), Path.of(checkouts[1])));
    }

    private static void run(Settings settings, Path first, Path second) throws IOException, InterruptedException {
        Set<Part> parts = parts();
        if (settings.messages() > 0) {
            throw new BenchFailure("BENCH_MESSAGES is not possible here: the builds may have different tables");
        }
        if (parts.contains(Part.CONVERSATIONS) && !settings.turns()) {
            throw new BenchFailure(
                    "BENCH_TURNS=off leaves conversations without an answer: unset it, or leave them out " + "of "
                            + PARTS);
        }
        try (Build a = Build.start("A", settings, first);
                Build b = Build.start("B", settings, second)) {
            a.warmUp(parts);
            b.warmUp(parts);
            for (int i = 0; i < settings.rounds(); i++) {
                a.measure(parts);
                b.measure(parts);
            }
            CompareReport report = new CompareReport(
                    Machine.here(a.postgres()), settings, parts, List.of(first, second), a.rounds(), b.rounds());
            report.write(Bench.RESULTS);
            System.out.println(report.markdown());
        }
    }

    private static Set<Part> parts() {
        String given = System.getenv(PARTS);
        if (given == null || given.isBlank()) {
            return EnumSet.allOf(Part.class);
        }
        try {
            return EnumSet.copyOf(Arrays.stream(given.split(",", -1))
                    .map(part -> Part.valueOf(part.strip().toUpperCase(Locale.ROOT)))
                    .toList());
        } catch (IllegalArgumentException unknown) {
            throw new BenchFailure(PARTS + " lists some of gateway, meta, conversations: " + given);
        }
    }
}
