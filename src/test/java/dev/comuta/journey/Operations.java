package dev.comuta.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The operations of the API description, each with its row of docs/security.md. */
final class Operations {

    private static final String WEBHOOKS = "/webhooks/";
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| [a-z:-]+ \\| (.+) \\|$");
    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final List<String> COLUMNS = List.of("platform", "administrator", "broker", "read-only", "webhook");

    private static final JsonNode DOCUMENT = read();
    private static final Map<String, Map<String, String>> TABLE = table();

    private Operations() {}

    /**
     * An operation.
     *
     * @param streams whether the response is a stream, which does not end by itself
     * @param access maps each role of the table to 'yes', 'own rows', 'no' or 'no key'
     */
    record Operation(
            String id, String method, String path, JsonNode body, boolean streams, Map<String, String> access) {

        /** The path with these ids in place of its parameters; fails when an id is missing. */
        String at(Map<String, Object> ids) {
            return PARAMETER.matcher(path).replaceAll(parameter -> String.valueOf(known(ids, parameter)));
        }

        private Object known(Map<String, Object> ids, MatchResult parameter) {
            if (!ids.containsKey(parameter.group(1))) {
                throw new AssertionError("no id for the parameter " + parameter.group(1) + " of " + id);
            }
            return ids.get(parameter.group(1));
        }

        boolean isWrite() {
            return !"GET".equals(method);
        }

        boolean needsNoKey() {
            return access.containsValue("no key");
        }

        /** Whether the path names a resource of a client or of the platform. */
        boolean namesResource() {
            return PARAMETER.matcher(path.replace("{clientId}", "")).find();
        }

        @Override
        public String toString() {
            return id;
        }
    }

    /** All operations except webhooks, which a signature authenticates and not a key. */
    static List<Operation> all() {
        return DOCUMENT.path("paths").properties().stream()
                .filter(path -> !path.getKey().startsWith(WEBHOOKS))
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .map(method -> operation(method.getKey(), path.getKey(), method.getValue())))
                .toList();
    }

    private static Operation operation(String method, String path, JsonNode node) {
        String id = node.path("operationId").asText();
        if (!TABLE.containsKey(id)) {
            throw new AssertionError("docs/security.md has no row for " + id);
        }
        boolean streams = node.at("/responses/200/content").has("text/event-stream");
        JsonNode example = node.at("/requestBody/content/application~1json/example");
        JsonNode body = example.isObject() ? example : null;
        return new Operation(id, method.toUpperCase(Locale.ROOT), path, body, streams, TABLE.get(id));
    }

    private static Map<String, Map<String, String>> table() {
        try {
            return ROW.matcher(Files.readString(Path.of("docs", "security.md")))
                    .results()
                    .collect(Collectors.toMap(row -> row.group(1), row -> cells(row.group(2))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> cells(String cells) {
        String[] words = cells.split(" \\| ", -1);
        return COLUMNS.stream().collect(Collectors.toMap(role -> role, role -> words[COLUMNS.indexOf(role)]));
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("target", "openapi", "openapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
