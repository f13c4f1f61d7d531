package dev.comuta.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Writes into the OpenAPI document an example of every body that has none of its own, put together from its fields'. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 0)
public class ApiSamples implements OASFilter {

    private static final String REF = "#/components/schemas/";

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        List<Operation> operations = Stream.of(document.getPaths().getPathItems(), webhooks(document))
                .flatMap(items -> items.values().stream())
                .flatMap(item -> item.getOperations().values().stream())
                .toList();
        complete(operations.stream().flatMap(ApiSamples::requests), new Samples(schemas, false));
        complete(operations.stream().flatMap(ApiSamples::answers), new Samples(schemas, true));
    }

    private static void complete(Stream<MediaType> bodies, Samples samples) {
        bodies.filter(body -> body.getSchema() != null && body.getExample() == null && body.getExamples() == null)
                .forEach(body -> body.setExample(samples.of(body.getSchema())));
    }

    private static Map<String, PathItem> webhooks(OpenAPI document) {
        return document.getWebhooks() == null ? Map.of() : document.getWebhooks();
    }

    private static Stream<MediaType> requests(Operation operation) {
        return operation.getRequestBody() == null
                ? Stream.empty()
                : mediaTypes(operation.getRequestBody().getContent());
    }

    /** Problems are references and have their examples where they stand. */
    private static Stream<MediaType> answers(Operation operation) {
        return operation.getResponses().getAPIResponses().values().stream()
                .filter(response -> response.getRef() == null)
                .flatMap(response -> mediaTypes(response.getContent()));
    }

    private static Stream<MediaType> mediaTypes(Content content) {
        return content == null ? Stream.empty() : content.getMediaTypes().values().stream();
    }

    /** Of what is sent, or of what is told: secrets are only sent. */
    private record Samples(Map<String, Schema> schemas, boolean told) {

        Object of(Schema schema) {
            if (schema.getRef() != null) {
                return of(schemas.get(schema.getRef().substring(REF.length())));
            } else if (schema.getExamples() != null) {
                return schema.getExamples().getFirst();
            } else if (schema.getEnumeration() != null) {
                return schema.getEnumeration().getFirst();
            } else if (schema.getProperties() != null) {
                return fields(schema);
            }
            return plain(schema);
        }

        /** What the caller may leave out and nobody exemplified is left out; sorted, to be the same at every build. */
        private Map<String, Object> fields(Schema schema) {
            List<String> required = Objects.requireNonNullElse(schema.getRequired(), List.of());
            Map<String, Object> fields = new TreeMap<>();
            schema.getProperties().forEach((name, property) -> {
                Object sample = told && Boolean.TRUE.equals(property.getWriteOnly()) ? null : of(property);
                if (sample != null || required.contains(name)) {
                    fields.put(name, sample);
                }
            });
            return fields;
        }

        private Object plain(Schema schema) {
            Schema.SchemaType type = schema.getType() == null
                    ? Schema.SchemaType.NULL
                    : schema.getType().getFirst();
            return switch (type) {
                case ARRAY -> schema.getItems() == null ? List.of() : List.of(of(schema.getItems()));
                case BOOLEAN -> false;
                case INTEGER, NUMBER -> 1;
                case STRING -> text(schema);
                case OBJECT, NULL -> null;
            };
        }

        private static String text(Schema schema) {
            return "date-time".equals(schema.getFormat()) ? "2026-01-31T12:00:00Z" : null;
        }
    }
}
