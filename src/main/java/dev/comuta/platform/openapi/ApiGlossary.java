package dev.comuta.platform.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds the descriptions of fields and parameters that mean the same everywhere, where the code gives none. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 6)
public class ApiGlossary implements OASFilter {

    /** The scanner's description of a response without a description of its own. */
    private static final String ANYTHING = "OK";

    private static final String NOTHING = "No Content";

    private static final Map<String, String> FIELDS = Map.ofEntries(
            Map.entry("channelId", "Id of the channel"),
            Map.entry("clientId", "Id of the client company"),
            Map.entry("createdAt", "Time of creation"),
            Map.entry("endUserId", "Id of the end user"),
            Map.entry("sessionId", "Id of the session"),
            Map.entry("updatedAt", "Time of the last change; null if never changed"));

    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("alertId", "Id of the alert"),
            Map.entry("apiKeyId", "Id of the API key"),
            Map.entry("assistantId", "Id of the assistant in the catalogue"),
            Map.entry("callId", "Id of the call"),
            Map.entry("channelId", "Id of the channel"),
            Map.entry(
                    "clientId",
                    "Id of the client company. A client key may use only its own client's id; any other id returns 404."),
            Map.entry("consentId", "Id of the consent entry"),
            Map.entry("endUserId", "Id of the end user"),
            Map.entry(
                    "If-Match",
                    "Entity tag of the version that the change is based on, as `ETag` returned it. When the resource has"
                            + " another version, nothing is changed and the response is 412. Without this header, the change"
                            + " applies to any version."),
            Map.entry("mediaId", "Id of the file"),
            Map.entry("messageId", "Id of the message"),
            Map.entry("parkedItemId", "Id of the parked item"),
            Map.entry("sessionId", "Id of the session"),
            Map.entry("taskId", "Id of the task"),
            Map.entry("templateId", "Id of the template"),
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

    /** A response without a description of its own gets that of its body. */
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
