package dev.comuta;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of what the server does with each published example of a webhook (contracts.txt). */
public final class ContractTable {

    private static final int COLUMNS = 5;

    private ContractTable() {}

    /**
     * A line of the table.
     *
     * @param response the status of the response; {@code -} when the example is not sent to the server
     * @param fields fields of the message in the API, each with a place in the example or a quoted text
     */
    public record Line(String file, String example, String response, String result, Map<String, String> fields) {}

    /** The lines about a file. */
    public static List<Line> of(String file) {
        return all().stream().filter(line -> line.file().equals(file)).toList();
    }

    /** All lines. */
    public static List<Line> all() {
        try (var table = ContractTable.class.getResourceAsStream("/contracts.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ContractTable::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(String text) {
        String[] columns = text.split("\\|", COLUMNS);
        return new Line(
                columns[0].strip(), columns[1].strip(), columns[2].strip(), columns[3].strip(), fields(columns[4]));
    }

    private static Map<String, String> fields(String column) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : column.split(",", -1)) {
            if (!field.isBlank()) {
                String[] parts = field.strip().split("=", 2);
                fields.put(parts[0], parts[1]);
            }
        }
        return fields;
    }

    /** The names of the examples in a file of the contracts; skips the test aloud when the file is absent. */
    public static List<String> examplesIn(String file) {
        JsonNode contents = Contracts.json(file);
        List<String> names = new ArrayList<>();
        for (String list : List.of("webhooks", "vectors")) {
            contents.path(list)
                    .forEach(example -> names.add(example.path("name").asText()));
        }
        if (names.isEmpty()) {
            contents.fieldNames().forEachRemaining(names::add);
        }
        if (contents.has("verify_challenge")) {
            names.add("verify_challenge");
        }
        return names;
    }
}
