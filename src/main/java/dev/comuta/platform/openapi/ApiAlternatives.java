package dev.comuta.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Discriminator;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;

/**
 * Completes the schemas of which exactly one applies, as a discriminator says. One that the discriminator does not name
 * is for values that a client does not know yet: it excludes the known ones, so that never two schemas match, and is
 * named by its own name, because validators and generators want each alternative named. No value has that name.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 6)
public class ApiAlternatives implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        schemas.values().stream()
                .filter(schema -> schema.getOneOf() != null && schema.getDiscriminator() != null)
                .forEach(schema -> complete(schema, schemas));
    }

    private static void complete(Schema alternatives, Map<String, Schema> schemas) {
        Discriminator discriminator = alternatives.getDiscriminator();
        List<Object> known = List.copyOf(discriminator.getMapping().keySet());
        alternatives.setType(null);
        alternatives.getOneOf().stream()
                .filter(one -> !discriminator.getMapping().containsValue(one.getRef()))
                .forEach(other -> {
                    String name = ApiParts.nameOf(other);
                    exclude(schemas.get(name), discriminator.getPropertyName(), known);
                    discriminator.addMapping(name, other.getRef());
                });
    }

    private static void exclude(Schema other, String property, List<Object> known) {
        Map<String, Schema> fields = new LinkedHashMap<>(other.getProperties());
        Schema open = OASFactory.createSchema()
                .type(List.of(SchemaType.STRING))
                .description(fields.get(property).getDescription())
                .examples(fields.get(property).getExamples())
                .not(OASFactory.createSchema().enumeration(known));
        fields.put(property, open);
        other.setProperties(fields);
    }
}
