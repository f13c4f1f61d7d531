package dev.comuta.platform.openapi;

import dev.comuta.platform.rest.Patch;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/**
 * Completes the OpenAPI document from the Java types: a request may leave out a field that is not required, or set it to
 * null; a response has every field.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 8)
public class ApiDocument implements OASFilter {

    /** Suffix of the schemas of requests that create a resource. */
    private static final String FIELDS = "Fields";

    /** The pattern of a text that is not blank. Every other pattern describes the whole text. */
    private static final String ANYTHING = "\\S";

    private static final String INSTANT = "Instant";
    private static final String TIME = "date-time";

    /** Sets names, nulls and formats of ids, derives the schemas of changes, and removes schemas without a use. */
    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = new TreeMap<>();
        document.getComponents().getSchemas().forEach((name, schema) -> schemas.put(publicName(name), schema));
        schemas.remove(INSTANT);
        document.getComponents().setSchemas(schemas);
        ApiParts.replaceAll(document, ApiDocument::refined);
        describePages(schemas);
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> order(path, operation)));
        Set<String> ofOthers = ApiParts.reachable(schemas, ApiParts.ofOthers(document));
        schemas.forEach((name, schema) -> complete(schema, ofOthers.contains(name)));
        ApiParts.operations(document).forEach(operation -> changes(operation, schemas));
        Set<String> used = ApiParts.reachable(schemas, ApiParts.ofOthers(document));
        schemas.keySet().removeIf(name -> name.endsWith(FIELDS) && !used.contains(name));
        document.getComponents().setSchemas(schemas);
        if (document.getWebhooks() != null) {
            document.setWebhooks(new TreeMap<>(document.getWebhooks()));
        }
    }

    /** Sets public names, the format of times, and patterns for whole texts. */
    private static Schema refined(Schema schema) {
        String name = ApiParts.nameOf(schema);
        if (INSTANT.equals(name)) {
            schema.setRef(null);
            return time(schema);
        }
        if (name != null) {
            return schema.type((List<SchemaType>) null)
                    .ref(ApiParts.reference(publicName(name)).getRef());
        }
        if (schema.getPattern() != null && !ANYTHING.equals(schema.getPattern())) {
            schema.setPattern("^(?:" + schema.getPattern() + ")$");
        }
        return schema.getAnyOf() == null ? schema : alternative(schema);
    }

    /** A reference or a time that may be null. The type beside the alternatives is removed, because it has no effect. */
    private static Schema alternative(Schema schema) {
        boolean time = schema.getAnyOf().stream().anyMatch(ApiDocument::isTime);
        schema.setType(null);
        return time ? ApiParts.orNull(time(schema.anyOf(null))) : schema;
    }

    private static Schema time(Schema schema) {
        return schema.type(List.of(SchemaType.STRING)).format(TIME);
    }

    private static boolean isTime(Schema schema) {
        return TIME.equals(schema.getFormat());
    }

    private static String publicName(String name) {
        return name.replaceFirst("^Page(.+?)(View)?$", "$1Page");
    }

    private static void describePages(Map<String, Schema> schemas) {
        schemas.forEach((name, schema) -> {
            if (name.endsWith("Page") && schema.getDescription() == null) {
                schema.setDescription("One page of a list.");
            }
        });
    }

    /** Orders parameters as in the path, for generated clients: the client's id is before the assistant's. */
    private static void order(String path, Operation operation) {
        List<Parameter> parameters =
                new ArrayList<>(ApiParts.parameters(operation).toList());
        parameters.sort(Comparator.comparingInt(parameter -> place(path, parameter)));
        parameters.stream().filter(ApiDocument::isId).forEach(id -> id.getSchema()
                .setFormat("int64"));
        operation.setParameters(parameters.isEmpty() ? null : parameters);
    }

    private static int place(String path, Parameter parameter) {
        int place = path.indexOf("{" + parameter.getName() + "}");
        return place < 0 ? Integer.MAX_VALUE : place;
    }

    private static boolean isId(Parameter parameter) {
        return parameter.getName() != null
                && parameter.getName().endsWith("Id")
                && parameter.getSchema() != null
                && parameter.getSchema().getType() != null
                && parameter.getSchema().getType().contains(SchemaType.INTEGER);
    }

    /** In a request only required fields are present, and others may be null. A response has every field. */
    private static void complete(Schema schema, boolean ofOthers) {
        if (schema.getProperties() == null) {
            return;
        }
        if (!ofOthers) {
            schema.setRequired(List.copyOf(schema.getProperties().keySet()));
            return;
        }
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        Map<String, Schema> properties = new LinkedHashMap<>();
        schema.getProperties()
                .forEach((name, property) ->
                        properties.put(name, required.contains(name) ? property : ApiParts.orNull(property)));
        schema.setProperties(properties);
    }

    /** Derives the schema of a change from that of a new resource: no field is required. */
    private static void changes(Operation operation, Map<String, Schema> schemas) {
        Content content = operation.getRequestBody() == null
                ? null
                : operation.getRequestBody().getContent();
        if (content == null || !content.hasMediaType(Patch.MEDIA_TYPE)) {
            return;
        }
        String fields = ApiParts.nameOf(content.getMediaType(Patch.MEDIA_TYPE).getSchema());
        String changes = fields.replaceFirst(FIELDS + "$", "") + "Changes";
        Schema all = schemas.get(fields);
        schemas.put(
                changes,
                OASFactory.createSchema()
                        .type(List.of(SchemaType.OBJECT))
                        .description(
                                "Changes as JSON Merge Patch (RFC 7396): a field that is left out stays; null removes the value or restores the default.")
                        .properties(new LinkedHashMap<>(all.getProperties())));
        ApiParts.mediaTypes(content).forEach(type -> type.setSchema(ApiParts.reference(changes)));
    }
}
