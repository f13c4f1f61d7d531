package dev.comuta.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Rows as a table for a terminal of 80 columns; the last column is wrapped. */
final class TextTable {

    private static final int WIDTH = 80;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TextTable() {}

    static String of(String title, List<Map<String, Object>> rows) {
        StringBuilder text = new StringBuilder("\n" + title + " (" + rows.size() + ")\n");
        if (rows.isEmpty()) {
            return text.toString();
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.copyOf(rows.getFirst().keySet()));
        rows.forEach(row -> lines.add(row.values().stream().map(TextTable::cell).toList()));
        List<Integer> widths = IntStream.range(0, lines.getFirst().size() - 1)
                .mapToObj(column -> width(lines, column))
                .toList();
        lines.forEach(line -> text.append(row(line, widths)));
        return text.toString();
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }

    private static String row(List<String> line, List<Integer> widths) {
        StringBuilder text = new StringBuilder("  ");
        for (int column = 0; column < widths.size(); column++) {
            String cell = line.get(column);
            text.append(cell).append(" ".repeat(widths.get(column) - cell.length() + 2));
        }
        String below = "\n" + " ".repeat(text.length());
        text.append(String.join(below, wrapped(line.getLast(), WIDTH - text.length())));
        return text.toString().stripTrailing() + "\n";
    }

    /** The text in lines of at most this width, broken at spaces where it has any. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int space = rest.lastIndexOf(' ', width);
            int end = space > 0 ? space : width;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
        return lines;
    }

    private static String cell(Object value) {
        return value instanceof Instant time
                ? TIME.format(time)
                : Objects.toString(value, "-").replaceAll("\\s+", " ");
    }
}
