package dev.comuta.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Writes into the OpenAPI document an example of every body that has none of its own, made from those of its fields. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 0)
public class ApiSamples implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        complete(ApiParts.operations(document).flatMap(ApiParts::requests), new Samples(schemas, false));
        complete(ApiParts.operations(document).flatMap(ApiParts::responses), new Samples(schemas, true));
    }

    private static void complete(Stream<MediaType> bodies, Samples samples) {
        bodies.filter(body -> body.getSchema() != null && body.getExample() == null && body.getExamples() == null)
                .forEach(body -> body.setExample(samples.of(body.getSchema())));
    }

    /** Of requests, or of responses, which hold no field that is only written. */
    private record Samples(Map<String, Schema> schemas, boolean ofResponses) {

        Object of(Schema schema) {
            if (schema.getExamples() != null) {
                return schema.getExamples().getFirst();
            } else if (schema.getRef() != null) {
                return of(schemas.get(ApiParts.nameOf(schema)));
            } else if (schema.getAnyOf() != null) {
                return of(schema.getAnyOf().getFirst());
            } else if (schema.getOneOf() != null) {
                return of(schema.getOneOf().getFirst());
            } else if (schema.getEnumeration() != null) {
                return schema.getEnumeration().getFirst();
            } else if (schema.getProperties() != null) {
                return fields(schema);
            }
            return plain(schema);
        }

        /** Omits optional fields without an example. Sorted, so that every build has the same order. */
        private Map<String, Object> fields(Schema schema) {
            List<String> required = Objects.requireNonNullElse(schema.getRequired(), List.of());
            Map<String, Object> fields = new TreeMap<>();
            schema.getProperties().forEach((name, property) -> {
                boolean hidden = ofResponses && Boolean.TRUE.equals(property.getWriteOnly());
                Object sample = hidden ? null : of(property);
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
                case ARRAY ->
                    Stream.ofNullable(schema.getItems())
                            .map(this::of)
                            .filter(Objects::nonNull)
                            .toList();
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
