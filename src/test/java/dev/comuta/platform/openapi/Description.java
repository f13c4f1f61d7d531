package dev.comuta.platform.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The parts of openapi.yaml, each with the place where it is. */
final class Description {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    private final JsonNode document;
    private final JsonNode strictComponents;

    private Description(JsonNode document) {
        this.document = document;
        this.strictComponents = document.path("components").deepCopy();
        strictComponents.path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
    }

    static Description read() {
        try {
            return new Description(new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("openapi.yaml").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
    }

    JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    JsonNode named(String reference) {
        return document.at(reference.substring(1));
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? named(node.path("$ref").asText()) : node;
    }

    /** A method of a path, or of a webhook that Comuta sends. */
    record Operation(Description api, String group, JsonNode node) {

        boolean isWebhookOfComuta() {
            return "webhooks".equals(group);
        }

        Set<String> security() {
            JsonNode own = node.has("security") ? node.path("security") : api.document.path("security");
            Set<String> schemes = new HashSet<>();
            own.forEach(scheme -> scheme.fieldNames().forEachRemaining(schemes::add));
            return schemes;
        }

        boolean responds(String status) {
            return node.path("responses").has(status);
        }

        Set<String> statuses() {
            Set<String> statuses = new HashSet<>();
            node.path("responses").fieldNames().forEachRemaining(statuses::add);
            return statuses;
        }

        boolean takes(String parameter) {
            return stream(node.path("parameters"))
                    .anyMatch(one -> parameter.equals(one.path("name").asText()));
        }

        Set<String> headers(String status) {
            Set<String> names = new HashSet<>();
            api.resolved(node.path("responses").path(status))
                    .path("headers")
                    .fieldNames()
                    .forEachRemaining(names::add);
            return names;
        }

        @Override
        public String toString() {
            return node.path("operationId").asText();
        }
    }

    /** A field, a parameter, a header or a named schema, by the name of its owner and its own. */
    record Field(String owner, String name, JsonNode node, boolean isRequired) {

        /** Of a parameter or header its schema. */
        JsonNode schema() {
            return node.has("schema") ? node.path("schema") : node;
        }

        String place() {
            return owner + "." + name;
        }

        @Override
        public String toString() {
            return place();
        }
    }

    /** The body of a request or response. */
    record Body(Operation operation, String direction, String mediaType, JsonNode node) {

        JsonNode schema() {
            return node.path("schema");
        }

        /** Whether others write it: a request to Comuta, or a response to what Comuta sends. */
        boolean isOfOthers() {
            return "request".equals(direction) != operation.isWebhookOfComuta();
        }

        @Override
        public String toString() {
            return operation + " " + direction + " " + mediaType;
        }
    }

    Stream<Operation> operations() {
        return Stream.of("paths", "webhooks").flatMap(group -> stream(document.path(group))
                .flatMap(path -> path.properties().stream())
                .filter(method -> METHODS.contains(method.getKey()))
                .map(method -> new Operation(this, group, method.getValue())));
    }

    Stream<Field> parameters() {
        return operations().flatMap(operation -> stream(operation.node().path("parameters"))
                .map(this::resolved)
                .map(parameter ->
                        new Field(operation.toString(), parameter.path("name").asText(), parameter, true)));
    }

    Stream<Field> responses() {
        return operations().flatMap(operation -> operation.node().path("responses").properties().stream()
                .map(response ->
                        new Field(operation.toString(), response.getKey(), resolved(response.getValue()), true)));
    }

    Stream<Field> headers() {
        return responses().flatMap(response -> response.node().path("headers").properties().stream()
                .map(header -> new Field(response.place(), header.getKey(), resolved(header.getValue()), true)));
    }

    Stream<Field> schemas() {
        return document.path("components").path("schemas").properties().stream()
                .map(schema -> new Field("", schema.getKey(), schema.getValue(), true));
    }

    /** Fields of named schemas and of bodies that have none. */
    Stream<Field> fields() {
        return Stream.concat(
                schemas().flatMap(schema -> fields(schema.name(), schema.node())),
                bodies().flatMap(body -> fields(body.toString(), body.schema())));
    }

    private static Stream<Field> fields(String owner, JsonNode schema) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        return schema.path("properties").properties().stream()
                .flatMap(property -> Stream.concat(
                        Stream.of(new Field(
                                owner, property.getKey(), property.getValue(), required.contains(property.getKey()))),
                        fields(owner + "." + property.getKey(), property.getValue())));
    }

    /** Bodies of requests and of successful responses. */
    Stream<Body> bodies() {
        return operations()
                .flatMap(operation -> Stream.concat(
                        bodies(operation, "request", operation.node().path("requestBody")),
                        operation.node().path("responses").properties().stream()
                                .filter(response -> response.getKey().startsWith("2"))
                                .flatMap(response -> bodies(operation, response.getKey(), response.getValue()))));
    }

    private static Stream<Body> bodies(Operation operation, String direction, JsonNode message) {
        return message.path("content").properties().stream()
                .map(type -> new Body(operation, direction, type.getKey(), type.getValue()));
    }

    List<JsonNode> examples(Body body) {
        List<JsonNode> examples = new ArrayList<>();
        if (body.node().has("example")) {
            examples.add(body.node().path("example"));
        }
        body.node().path("examples").forEach(example -> examples.add(example.path("value")));
        return examples;
    }

    /** What is wrong with the examples of a body; nothing is allowed that is not documented. */
    List<String> objections(Body body) {
        ObjectNode root = body.schema().deepCopy();
        root.set("components", strictComponents);
        return examples(body).stream()
                .flatMap(example -> SCHEMAS.getSchema(root).validate(example).stream())
                .map(wrong -> body + ": " + wrong)
                .toList();
    }

    /** The values of a set of words, closed or growing; none for another schema. */
    Set<String> values(JsonNode schema) {
        Set<String> values = new LinkedHashSet<>();
        Stream.of(resolved(schema).path("enum"), resolved(schema).path("x-known-values"))
                .flatMap(Description::stream)
                .filter(JsonNode::isTextual)
                .forEach(value -> values.add(value.asText()));
        schema.path("anyOf").forEach(one -> values.addAll(values(one)));
        return values;
    }

    boolean mayBe(JsonNode schema, String type) {
        JsonNode types = resolved(schema).path("type");
        return type.equals(types.asText())
                || stream(types).anyMatch(one -> type.equals(one.asText()))
                || stream(schema.path("anyOf")).anyMatch(one -> mayBe(one, type));
    }

    /** Names of the schemas that bodies refer to, directly or through other schemas. */
    Set<String> reachable(Stream<Body> bodies) {
        Set<String> names = new HashSet<>();
        bodies.forEach(body -> {
            names.add(body.toString());
            collect(body.schema(), names);
        });
        return names;
    }

    private void collect(JsonNode schema, Set<String> names) {
        schema.findValuesAsText("$ref").forEach(reference -> {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (names.add(name)) {
                collect(schema(name), names);
            }
        });
    }

    private static Stream<JsonNode> stream(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
