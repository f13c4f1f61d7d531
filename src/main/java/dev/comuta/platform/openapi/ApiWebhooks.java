package dev.comuta.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;

/**
 * Adds the operations that providers call to the paths. They are not REST resources, so each vendor's package-info
 * describes them, under {@code webhooks} and with their path as the name.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 20)
public class ApiWebhooks implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, PathItem> webhooks = new HashMap<>(document.getWebhooks());
        Map<String, PathItem> paths = new TreeMap<>(document.getPaths().getPathItems());
        document.getWebhooks().forEach((name, item) -> {
            if (name.startsWith("/")) {
                paths.put(name, item);
                webhooks.remove(name);
            }
        });
        document.setWebhooks(webhooks);
        document.getPaths().setPathItems(paths);
    }
}
