package dev.comuta.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Writes into the OpenAPI document what fields and parameters mean that mean the same everywhere, where they do not say. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 6)
public class ApiGlossary implements OASFilter {

    /** What the scanner says of a response that has no words of its own. */
    private static final String ANYTHING = "OK";

    private static final String NOTHING = "No Content";

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("channelId", "Channel through which it came or goes"),
            Map.entry("clientId", "Client company to which it belongs"),
            Map.entry("createdAt", "When it was created"),
            Map.entry("endUserId", "Id of the end user"),
            Map.entry("sessionId", "Session to which it belongs"),
            Map.entry("updatedAt", "When it was last changed; null when it never was"));

    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("alertId", "Id of the alert"),
            Map.entry("apiKeyId", "Id of the API key"),
            Map.entry("assistantId", "Id of the assistant in the catalogue"),
            Map.entry("channelId", "Id of the channel"),
            Map.entry(
                    "clientId",
                    "Id of the client company. With a client key it must be the client's own: any other id answers 404."),
            Map.entry("consentId", "Id of the consent entry"),
            Map.entry("endUserId", "Id of the end user"),
            Map.entry(
                    "If-Match",
                    "Entity tag of the version that the change is based on, as `ETag` returned it. When the resource has"
                            + " another version, nothing is changed and the answer is 412. Without it the change applies to"
                            + " whatever version there is."),
            Map.entry("messageId", "Id of the message"),
            Map.entry("sessionId", "Id of the session"),
            Map.entry("taskId", "Id of the task"),
            Map.entry("toolId", "Id of the tool"),
            Map.entry("userId", "Id of the internal user"));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getComponents().getSchemas().values().stream()
                .filter(schema -> schema.getProperties() != null)
                .forEach(schema -> schema.getProperties().forEach(ApiGlossary::describe));
        ApiParts.operations(document).flatMap(ApiParts::parameters).forEach(ApiGlossary::describe);
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        ApiParts.operations(document).flatMap(ApiParts::own).forEach(response -> describe(response, schemas));
    }

    /** A response without words of its own is what its body is. */
    private static void describe(APIResponse response, Map<String, Schema> schemas) {
        if (NOTHING.equals(response.getDescription())) {
            response.setDescription("Done. The response has no body.");
        } else if (ANYTHING.equals(response.getDescription())) {
            ApiParts.mediaTypes(response.getContent())
                    .map(body -> schemas.get(ApiParts.nameOf(body.getSchema())).getDescription())
                    .forEach(response::setDescription);
        }
    }

    private static void describe(String name, Schema property) {
        if (property.getDescription() == null) {
            property.setDescription(FIELDS.get(name));
        }
    }

    private static void describe(Parameter parameter) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(PARAMETERS.get(parameter.getName()));
        }
    }
}
