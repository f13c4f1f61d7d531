package dev.comuta.message;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Writes into the OpenAPI document that unsupported content has none of the known kinds, so that one schema fits. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 7)
public class ContentSchemas implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        List<Object> known = List.copyOf(
                schemas.get("Content").getDiscriminator().getMapping().keySet());
        schemas.get("UnsupportedContent")
                .getProperties()
                .get(Content.TYPE)
                .not(OASFactory.createSchema().enumeration(known))
                .examples(List.of(ContentType.CONTACT.stored()));
    }
}
