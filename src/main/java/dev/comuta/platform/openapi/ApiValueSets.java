package dev.comuta.platform.openapi;

import dev.comuta.platform.problem.ClosedSet;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.IndexView;

/**
 * Writes sets of values into the OpenAPI document. A constraint {@code @Pattern("A|B")} is the enum A, B; where an enum has
 * the values of a named schema it becomes a reference to that schema, so that one set has one name. A named set that is
 * marked with {@link #GROWS} is no enum: it lists the known values in {@code x-known-values} and in its description.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 9)
public class ApiValueSets implements OASFilter {

    /** Extension of a named set to which later versions may add values. */
    public static final String GROWS = "x-grows";

    static final String KNOWN_VALUES = "x-known-values";

    /** Alternatives without other syntax: a pattern that is an enum. */
    private final Map<String, String> descriptions;

    /** @param index the classes of the application, each possibly more than once */
    public ApiValueSets(IndexView index) {
        descriptions = index.getAnnotations(org.eclipse.microprofile.openapi.annotations.media.Schema.class).stream()
                .filter(schema -> schema.target().kind() == AnnotationTarget.Kind.CLASS)
                .filter(schema -> schema.value("name") != null && schema.value("description") != null)
                .collect(Collectors.toMap(
                        schema -> schema.value("name").asString(),
                        schema -> schema.value("description").asString(),
                        (one, same) -> one));
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        Map<Set<Object>, String> names = names(schemas);
        ApiParts.replaceAll(document, schema -> named(schema, names));
        schemas.forEach(this::restore);
        schemas.values().stream().filter(ApiValueSets::grows).forEach(ApiValueSets::open);
    }

    /** The scanner may write into a named set what it read at a property that refers to the set. */
    private void restore(String name, Schema schema) {
        if (schema.getEnumeration() != null) {
            schema.type(List.of(SchemaType.STRING))
                    .description(descriptions.get(name))
                    .examples(null);
        }
    }

    private static Map<Set<Object>, String> names(Map<String, Schema> schemas) {
        Map<Set<Object>, String> names = new HashMap<>();
        schemas.forEach((name, schema) -> {
            if (schema.getEnumeration() != null) {
                String other = names.put(Set.copyOf(schema.getEnumeration()), name);
                if (other != null) {
                    throw new IllegalStateException(name + " and " + other + " are one set of values");
                }
            }
        });
        return names;
    }

    /** A new schema: a property may share its schema with the named set itself. */
    private static Schema named(Schema schema, Map<Set<Object>, String> names) {
        List<Object> values = values(schema);
        if (values.isEmpty()) {
            return schema;
        }
        String name = names.get(Set.copyOf(values));
        Schema named = name == null
                ? OASFactory.createSchema().type(List.of(SchemaType.STRING)).enumeration(values)
                : ApiParts.reference(name);
        named.description(schema.getDescription()).examples(schema.getExamples());
        return ApiParts.isNullable(schema) ? ApiParts.orNull(named) : named;
    }

    /** The values of an enum; none for another schema. */
    private static List<Object> values(Schema schema) {
        List<Object> declared = schema.getEnumeration() == null
                ? List.of()
                : schema.getEnumeration().stream().filter(Objects::nonNull).toList();
        List<Object> accepted = List.copyOf(ClosedSet.of(schema.getPattern()));
        if (accepted.isEmpty()) {
            return declared;
        }
        if (!declared.isEmpty() && !Set.copyOf(declared).equals(Set.copyOf(accepted))) {
            throw new IllegalStateException("the API describes " + declared + " and accepts " + accepted);
        }
        return accepted;
    }

    private static boolean grows(Schema schema) {
        return schema.hasExtension(GROWS);
    }

    private static void open(Schema schema) {
        List<Object> values = schema.getEnumeration();
        schema.removeExtension(GROWS);
        schema.setEnumeration(null);
        open(schema, values);
    }

    /** Lists the known values of a set that grows. */
    static Schema open(Schema schema, List<Object> values) {
        String known = values.stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
        schema.addExtension(KNOWN_VALUES, values);
        return schema.examples(List.of(values.getFirst()))
                .description(schema.getDescription() + " Known values: " + known
                        + ". Later versions may add values: ignore those that you do not know.");
    }
}
