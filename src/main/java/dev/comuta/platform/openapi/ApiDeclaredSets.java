package dev.comuta.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;

/**
 * Writes the known values of open sets whose members rooms declare as CDI beans: a static producer field of a record with a
 * component {@code stored} and a named schema, for example the types of tasks.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 10)
public class ApiDeclaredSets implements OASFilter {

    private static final DotName SCHEMA =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);

    /** Name of a schema -> its values, in alphabetical order. */
    private final Map<String, TreeSet<String>> values = new TreeMap<>();

    private final Map<String, String> descriptions = new TreeMap<>();

    /**
     * Reads the declarations.
     *
     * @param index the classes of the application, each possibly more than once
     */
    public ApiDeclaredSets(IndexView index) {
        index.getAnnotations(Produces.class).stream()
                .filter(produced -> produced.target().kind() == AnnotationTarget.Kind.FIELD)
                .map(produced -> produced.target().asField())
                .forEach(field -> read(index, field));
    }

    private void read(IndexView index, FieldInfo field) {
        ClassInfo type = index.getClassByName(field.type().name());
        if (type != null && type.hasDeclaredAnnotation(SCHEMA)) {
            String name = type.declaredAnnotation(SCHEMA).value("name").asString();
            descriptions.put(
                    name, type.declaredAnnotation(SCHEMA).value("description").asString());
            values.computeIfAbsent(name, set -> new TreeSet<>()).add(stored(field));
        }
    }

    private static String stored(FieldInfo field) {
        try {
            Class<?> room = Class.forName(
                    field.declaringClass().name().toString(), true, ApiDeclaredSets.class.getClassLoader());
            var declared = room.getDeclaredField(field.name());
            declared.setAccessible(true);
            Object member = declared.get(null);
            return (String) member.getClass().getMethod("stored").invoke(member);
        } catch (ReflectiveOperationException unreadable) {
            throw new IllegalStateException("cannot read the declaration " + field, unreadable);
        }
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        values.forEach((name, known) -> document.getComponents()
                .addSchema(
                        name,
                        OASFactory.createSchema()
                                .type(List.of(SchemaType.STRING))
                                .description(descriptions.get(name))
                                .enumeration(List.copyOf(known))
                                .addExtension(ApiValueSets.GROWS, "true")));
    }
}
