package dev.comuta.platform.openapi;

import dev.comuta.platform.rest.Patch;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** Writes into the OpenAPI document what holds for all of it: problems, and that what is not required may be null. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 3)
public class ApiDocument implements OASFilter {

    private static final String REF = "#/components/schemas/";
    static final String PROBLEM = "Problem";
    /** How the schemas of what is sent to make a thing are named. */
    private static final String FIELDS = "Fields";
    /** What a text is that may not be blank; every other pattern stands for the whole text. */
    private static final String ANYTHING = "\\S";

    private static final String INSTANT = "Instant";

    /** Names, nulls, ids and changes, without what only changes were made from; adds the schema of a problem, which no operation returns by itself. */
    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = new TreeMap<>();
        document.getComponents().getSchemas().forEach((name, schema) -> schemas.put(publicName(name), schema));
        schemas.remove(INSTANT);
        schemas.values().forEach(ApiDocument::refine);
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations().values().forEach(operation -> {
                    order(path, operation);
                    refine(operation, schemas);
                }));
        schemas.keySet().removeIf(name -> name.endsWith(FIELDS) && !isSent(name, document));
        schemas.put(PROBLEM, problem());
        document.getComponents().setSchemas(schemas);
        if (document.getWebhooks() != null) {
            document.setWebhooks(new TreeMap<>(document.getWebhooks()));
        }
    }

    private static boolean isSent(String name, OpenAPI document) {
        return document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .filter(operation -> operation.getRequestBody() != null)
                .flatMap(operation -> mediaTypes(operation.getRequestBody().getContent()))
                .anyMatch(body -> body.getSchema() != null
                        && (REF + name).equals(body.getSchema().getRef()));
    }

    private static void refine(Operation operation, Map<String, Schema> schemas) {
        APIResponses responses = operation.getResponses();
        responses.getAPIResponses().values().stream()
                .flatMap(response -> mediaTypes(response.getContent()))
                .map(MediaType::getSchema)
                .filter(schema -> schema.getRef() != null)
                .forEach(schema -> schema.setRef(REF + publicName(nameOf(schema))));
        parameters(operation)
                .filter(ApiDocument::isId)
                .forEach(parameter -> parameter.getSchema().setFormat("int64"));
        if (operation.getRequestBody() != null) {
            changes(operation.getRequestBody().getContent(), schemas);
        }
    }

    private static Stream<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? Stream.empty() : operation.getParameters().stream();
    }

    /** As the path names them: a client's id before that of its assistant, in generated clients too. */
    private static void order(String path, Operation operation) {
        if (operation.getParameters() != null) {
            List<Parameter> parameters = new ArrayList<>(operation.getParameters());
            parameters.sort(Comparator.comparingInt(parameter -> place(path, parameter)));
            operation.setParameters(parameters);
        }
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
                && parameter.getSchema().getType().contains(Schema.SchemaType.INTEGER);
    }

    private static Stream<MediaType> mediaTypes(Content content) {
        return content == null ? Stream.empty() : content.getMediaTypes().values().stream();
    }

    /** A change need not name what a new thing must have. */
    private static void changes(Content content, Map<String, Schema> schemas) {
        if (!content.hasMediaType(Patch.MEDIA_TYPE)) {
            return;
        }
        String fields = nameOf(content.getMediaType(Patch.MEDIA_TYPE).getSchema());
        String changes = fields.replaceFirst(FIELDS + "$", "") + "Changes";
        Schema all = schemas.get(fields);
        schemas.put(changes, object(all.getProperties()).description("JSON Merge Patch (RFC 7396)"));
        mediaTypes(content)
                .forEach(type -> type.setSchema(OASFactory.createSchema().ref(REF + changes)));
    }

    private static String nameOf(Schema reference) {
        return reference.getRef().substring(REF.length());
    }

    private static String publicName(String name) {
        return name.replaceFirst("^Page(.+)View$", "$1Page");
    }

    /** What is not required may be null; a time is a text of its own form. */
    private static void refine(Schema schema) {
        if (schema.getProperties() == null) {
            return;
        }
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        Map<String, Schema> properties = new LinkedHashMap<>();
        schema.getProperties().forEach((name, property) -> {
            Schema typed = (REF + INSTANT).equals(property.getRef()) ? text().format("date-time") : property;
            if (typed.getPattern() != null && !ANYTHING.equals(typed.getPattern())) {
                typed.setPattern("^(?:" + typed.getPattern() + ")$");
            }
            properties.put(name, required.contains(name) ? typed : nullable(typed));
        });
        schema.setProperties(properties);
    }

    private static Schema nullable(Schema property) {
        if (property.getType() != null) {
            Stream<Schema.SchemaType> types =
                    Stream.concat(property.getType().stream(), Stream.of(Schema.SchemaType.NULL));
            property.setType(types.distinct().toList());
        }
        return property;
    }

    private static Schema problem() {
        Schema violation = object(Map.of("field", text(), "message", text()));
        return object(Map.of(
                        "type", text().format("uri"),
                        "title", text(),
                        "status", of(Schema.SchemaType.INTEGER),
                        "detail", text(),
                        "instance", text(),
                        "traceId", text(),
                        "violations", of(Schema.SchemaType.ARRAY).items(violation),
                        "limit", text()))
                .description("RFC 9457 problem details")
                .required(List.of("type", "title", "status", "detail", "instance", "traceId", "violations"));
    }

    private static Schema object(Map<String, Schema> properties) {
        // sorted, so that the document is the same at every build
        return of(Schema.SchemaType.OBJECT).properties(new TreeMap<>(properties));
    }

    private static Schema text() {
        return of(Schema.SchemaType.STRING);
    }

    private static Schema of(Schema.SchemaType type) {
        return OASFactory.createSchema().type(List.of(type));
    }
}
