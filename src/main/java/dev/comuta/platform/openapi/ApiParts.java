package dev.comuta.platform.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** The parts of an OpenAPI document: operations, bodies, and the schemas inside schemas. */
final class ApiParts {

    private static final String REF = "#/components/schemas/";

    private ApiParts() {}

    /** Those of the paths and those of the webhooks that Comuta sends. */
    static Stream<Operation> operations(OpenAPI document) {
        return Stream.concat(operations(document.getPaths().getPathItems()), operations(document.getWebhooks()));
    }

    private static Stream<Operation> operations(Map<String, PathItem> items) {
        return items == null
                ? Stream.empty()
                : items.values().stream().flatMap(item -> item.getOperations().values().stream());
    }

    /** Bodies that others write: requests to Comuta, and their responses to what Comuta sends. */
    static Stream<MediaType> ofOthers(OpenAPI document) {
        return Stream.concat(
                operations(document.getPaths().getPathItems()).flatMap(ApiParts::requests),
                operations(document.getWebhooks()).flatMap(ApiParts::responses));
    }

    static Stream<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? Stream.empty() : operation.getParameters().stream();
    }

    static Stream<MediaType> requests(Operation operation) {
        return operation.getRequestBody() == null
                ? Stream.empty()
                : mediaTypes(operation.getRequestBody().getContent());
    }

    /** Bodies of responses; problems are references and not among them. */
    static Stream<MediaType> responses(Operation operation) {
        return own(operation).flatMap(response -> mediaTypes(response.getContent()));
    }

    /** Responses that are described at the operation itself. */
    static Stream<APIResponse> own(Operation operation) {
        return operation.getResponses().getAPIResponses().values().stream()
                .filter(response -> response.getRef() == null);
    }

    static Stream<MediaType> mediaTypes(Content content) {
        return content == null ? Stream.empty() : content.getMediaTypes().values().stream();
    }

    static Schema reference(String name) {
        return OASFactory.createSchema().ref(REF + name);
    }

    /** {@return the name of the schema that is referred to, or null for a schema that is no reference} */
    static String nameOf(Schema schema) {
        return schema.getRef() == null ? null : schema.getRef().substring(REF.length());
    }

    /** Names of all schemas that the bodies refer to, directly or through other schemas. */
    static Set<String> reachable(Map<String, Schema> schemas, Stream<MediaType> bodies) {
        Set<String> names = new HashSet<>();
        bodies.map(MediaType::getSchema).filter(Objects::nonNull).forEach(schema -> collect(schema, schemas, names));
        return names;
    }

    private static void collect(Schema schema, Map<String, Schema> schemas, Set<String> names) {
        String name = nameOf(schema);
        if (name == null) {
            inner(schema).forEach(part -> collect(part, schemas, names));
        } else if (names.add(name) && schemas.containsKey(name)) {
            collect(schemas.get(name), schemas, names);
        }
    }

    private static Stream<Schema> inner(Schema schema) {
        List<Schema> inner = new ArrayList<>();
        replaceInner(schema, part -> {
            inner.add(part);
            return part;
        });
        return inner.stream();
    }

    /** Replaces every schema inside of the document's bodies, parameters and schemas, but no named schema itself. */
    static void replaceAll(OpenAPI document, UnaryOperator<Schema> change) {
        document.getComponents().getSchemas().values().forEach(schema -> replaceInner(schema, change));
        operations(document).forEach(operation -> {
            parameters(operation).forEach(parameter -> parameter.setSchema(replaced(parameter.getSchema(), change)));
            Stream.concat(requests(operation), responses(operation))
                    .filter(body -> body.getSchema() != null)
                    .forEach(body -> body.setSchema(replaced(body.getSchema(), change)));
        });
    }

    private static Schema replaced(Schema schema, UnaryOperator<Schema> change) {
        replaceInner(schema, change);
        return change.apply(schema);
    }

    private static void replaceInner(Schema schema, UnaryOperator<Schema> change) {
        if (schema.getProperties() != null) {
            Map<String, Schema> properties = new LinkedHashMap<>();
            schema.getProperties().forEach((name, property) -> properties.put(name, replaced(property, change)));
            schema.setProperties(properties);
        }
        if (schema.getItems() != null) {
            schema.setItems(replaced(schema.getItems(), change));
        }
        if (schema.getAnyOf() != null) {
            schema.setAnyOf(all(schema.getAnyOf(), change));
        }
        if (schema.getOneOf() != null) {
            schema.setOneOf(all(schema.getOneOf(), change));
        }
    }

    private static List<Schema> all(List<Schema> schemas, UnaryOperator<Schema> change) {
        return schemas.stream().map(schema -> replaced(schema, change)).toList();
    }

    static boolean isNullable(Schema schema) {
        boolean alternative =
                schema.getAnyOf() != null && schema.getAnyOf().stream().anyMatch(ApiParts::isNullable);
        return alternative || (schema.getType() != null && schema.getType().contains(SchemaType.NULL));
    }

    /** The same schema, which also allows null. */
    static Schema orNull(Schema schema) {
        if (isNullable(schema)) {
            return schema;
        }
        if (schema.getRef() != null) {
            Schema reference = OASFactory.createSchema().ref(schema.getRef());
            schema.setRef(null);
            return schema.anyOf(List.of(reference, OASFactory.createSchema().type(List.of(SchemaType.NULL))));
        }
        if (schema.getType() != null) {
            schema.setType(Stream.concat(schema.getType().stream(), Stream.of(SchemaType.NULL))
                    .toList());
        }
        if (schema.getEnumeration() != null) {
            List<Object> values = new ArrayList<>(schema.getEnumeration());
            values.add(null);
            schema.setEnumeration(values);
        }
        return schema;
    }
}
