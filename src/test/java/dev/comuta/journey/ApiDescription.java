package dev.comuta.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The API as openapi.yaml and docs/problems.md describe it. */
final class ApiDescription {

    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");
    private static final String COMPONENTS = "components";
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private final JsonNode document;
    private final JsonNode strictComponents;
    private final Set<String> problems;

    private ApiDescription(JsonNode document, Set<String> problems) {
        this.document = document;
        this.strictComponents = strict(document.path(COMPONENTS).deepCopy());
        this.problems = problems;
    }

    /** Reads the description that the build wrote. */
    static ApiDescription read() {
        try {
            JsonNode document = new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("target", "openapi", "openapi.yaml").toFile());
            Set<String> problems = Pattern.compile("(?m)^\\| `(https://\\S+)` \\| (\\d+) ")
                    .matcher(Files.readString(Path.of("docs", "problems.md")))
                    .results()
                    .map(line -> line.group(1) + " " + line.group(2))
                    .collect(Collectors.toSet());
            return new ApiDescription(document, problems);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An operation: a method of a path. */
    final class Operation {

        private final String method;
        private final String path;
        private final JsonNode node;

        private Operation(String method, String path, JsonNode node) {
            this.method = method.toUpperCase(Locale.ROOT);
            this.path = path;
            this.node = node;
        }

        String method() {
            return method;
        }

        String path() {
            return path;
        }

        String id() {
            return node.path("operationId").asText();
        }

        JsonNode node() {
            return node;
        }

        /** The media type of the body; null when the operation has none. */
        String bodyType() {
            return node.at("/requestBody/content").properties().stream()
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(null);
        }

        /** The documented example of the body; null when the operation has none. */
        ObjectNode bodyExample() {
            JsonNode body = node.at("/requestBody/content").path(String.valueOf(bodyType()));
            Stream<JsonNode> named = body.path("examples").properties().stream()
                    .map(example -> example.getValue().path("value"));
            return Stream.concat(Stream.of(body.path("example")), named)
                    .filter(JsonNode::isObject)
                    .<ObjectNode>map(JsonNode::deepCopy)
                    .findFirst()
                    .orElse(null);
        }

        /** The parameters of one kind: path, query or header. */
        List<JsonNode> parameters(String where) {
            List<JsonNode> found = new ArrayList<>();
            node.path("parameters").forEach(parameter -> {
                if (where.equals(resolved(parameter).path("in").asText())) {
                    found.add(resolved(parameter));
                }
            });
            return found;
        }

        List<String> parameterNames(String where) {
            return parameters(where).stream()
                    .map(parameter -> parameter.path("name").asText())
                    .toList();
        }

        /** The security scheme that authenticates the caller; empty when there is none. */
        String securityScheme() {
            JsonNode own = node.has("security") ? node.path("security") : document.path("security");
            return own.path(0).properties().stream()
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse("");
        }

        Set<String> statuses() {
            return node.path("responses").properties().stream()
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }

        JsonNode response(int status) {
            return resolved(node.path("responses").path(Integer.toString(status)));
        }

        /** Violations of the schema of this status and media type. An undocumented field is a violation too. */
        List<String> violations(int status, String type, String json) {
            ObjectNode root =
                    response(status).path("content").path(type).path("schema").deepCopy();
            root.set(COMPONENTS, strictComponents);
            return SCHEMAS.getSchema(root).validate(json, InputFormat.JSON).stream()
                    .map(ValidationMessage::toString)
                    .toList();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    Stream<Operation> operations() {
        return document.path("paths").properties().stream().flatMap(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .map(method -> new Operation(method.getKey(), path.getKey(), method.getValue())));
    }

    Optional<Operation> operation(String method, String path) {
        return operations()
                .filter(operation ->
                        operation.method().equals(method) && operation.path().equals(path))
                .findFirst();
    }

    /** A path and a method that the path does not have. */
    record Missing(String method, String path) {}

    Stream<Missing> missing() {
        return document.path("paths").properties().stream().flatMap(path -> METHODS.stream()
                .filter(method -> !path.getValue().has(method))
                .map(method -> new Missing(method.toUpperCase(Locale.ROOT), path.getKey())));
    }

    /** Whether docs/problems.md has this type of problem with this status. */
    boolean knowsProblem(String type, int status) {
        return problems.contains(type + " " + status);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static JsonNode strict(JsonNode components) {
        components.path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
        return components;
    }
}
