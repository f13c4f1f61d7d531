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
 * Writes into the OpenAPI document what the types say without annotations: a request may leave out, or set to null, what is
 * not required; a response has every field.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 8)
public class ApiDocument implements OASFilter {

    /** How the schemas of what is sent to make a thing are named. */
    private static final String FIELDS = "Fields";
    /** What a text is that may not be blank; every other pattern stands for the whole text. */
    private static final String ANYTHING = "\\S";

    private static final String INSTANT = "Instant";
    private static final String TIME = "date-time";

    /** Names, nulls, ids and changes, without what only changes were made from. */
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

    /** Public names of schemas, the form of a time, and patterns that stand for the whole text. */
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

    /** A reference or a time that may be null: the type beside the alternatives says nothing. */
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
        return name.replaceFirst("^Page(.+)View$", "$1Page");
    }

    private static void describePages(Map<String, Schema> schemas) {
        schemas.forEach((name, schema) -> {
            if (name.endsWith("Page") && schema.getDescription() == null) {
                schema.setDescription("One page of a list, in ascending order.");
            }
        });
    }

    /** As the path names them: a client's id before that of its assistant, in generated clients too. */
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

    /** What others write has what is required, and the rest may be null; what Comuta writes has all of it. */
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

    /** A change need not name what a new thing must have. */
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
                                "Changes as JSON Merge Patch (RFC 7396): a field that is left out stays, null clears it.")
                        .properties(new LinkedHashMap<>(all.getProperties())));
        ApiParts.mediaTypes(content).forEach(type -> type.setSchema(ApiParts.reference(changes)));
    }
}
