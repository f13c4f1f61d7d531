package dev.comuta.platform;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Writes into the OpenAPI document what holds for all of it: problems, and that what is not required may be null. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDocument implements OASFilter {

    static final String PROBLEM = "Problem";

    /** Lets properties be null and adds the schema of a problem, which no operation returns by itself. */
    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().getSchemas().values().forEach(ApiDocument::allowNull);
        document.getComponents().addSchema(PROBLEM, problem());
    }

    private static void allowNull(Schema schema) {
        if (schema.getProperties() == null) {
            return;
        }
        List<String> required = schema.getRequired() == null ? List.of() : schema.getRequired();
        schema.getProperties().forEach((name, property) -> {
            if (!required.contains(name) && property.getType() != null) {
                List<Schema.SchemaType> types = new ArrayList<>(property.getType());
                types.add(Schema.SchemaType.NULL);
                property.setType(types.stream().distinct().toList());
            }
        });
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
                        "violations", of(Schema.SchemaType.ARRAY).items(violation)))
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
