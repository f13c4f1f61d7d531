package dev.comuta.mass;

import java.util.List;

/**
 * The report of a run, for a terminal of 80 columns.
 *
 * @param figures what was measured, a line each
 */
record Report(String title, List<String> figures, List<Promise> promises) {

    private static final int SHOWN = 5;
    private static final int WIDTH = 80;
    private static final String ROW = "  %-58s %8s %8s%n";

    boolean kept() {
        return promises.stream().allMatch(Promise::kept);
    }

    String text() {
        StringBuilder text = new StringBuilder(title + "\n\n");
        figures.forEach(figure -> text.append("  ").append(figure).append('\n'));
        text.append('\n').append(ROW.formatted("promise", "checked", "broken"));
        for (Promise promise : promises) {
            text.append(ROW.formatted(
                    promise.text(),
                    "%,d".formatted(promise.checked()),
                    "%,d".formatted(promise.broken().size())));
        }
        promises.stream().filter(promise -> !promise.kept()).forEach(promise -> evidence(text, promise));
        return text.toString();
    }

    private static void evidence(StringBuilder text, Promise promise) {
        text.append("\n  Broken: ").append(promise.text()).append('\n');
        promise.broken().stream().limit(SHOWN).forEach(item -> {
            String line = "    " + item.replaceAll("\\s+", " ");
            text.append(line, 0, Math.min(WIDTH, line.length())).append('\n');
        });
    }
}
