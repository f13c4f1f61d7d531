package dev.comuta.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Rows as a table for the terminal; long values are truncated. */
final class TextTable {

    private static final int MAX_CELL_WIDTH = 72;

    private TextTable() {}

    static String of(String title, List<Map<String, Object>> rows) {
        StringBuilder text = new StringBuilder("\n" + title + " (" + rows.size() + ")\n");
        if (rows.isEmpty()) {
            return text.toString();
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.copyOf(rows.getFirst().keySet()));
        rows.forEach(row -> lines.add(row.values().stream().map(TextTable::cell).toList()));
        lines.forEach(line -> text.append(padded(line, lines)));
        return text.toString();
    }

    private static String padded(List<String> line, List<List<String>> all) {
        StringBuilder text = new StringBuilder(" ");
        for (int column = 0; column < line.size(); column++) {
            int index = column;
            int width = all.stream()
                    .mapToInt(other -> other.get(index).length())
                    .max()
                    .orElse(0);
            text.append(' ')
                    .append(line.get(column))
                    .append(" ".repeat(width - line.get(column).length() + 1));
        }
        return text.toString().stripTrailing() + "\n";
    }

    private static String cell(Object value) {
        String text = Objects.toString(value, "-").replaceAll("\\s+", " ");
        return text.length() <= MAX_CELL_WIDTH ? text : text.substring(0, MAX_CELL_WIDTH - 1) + "…";
    }
}
