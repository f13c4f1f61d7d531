package dev.comuta.assistant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Assistants of a client. */
@Path("/clients/{clientId}/assistants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Client assistants")
class ClientAssistantsResource {

    private final ClientAssistants assistants;
    private final IdempotencyKeys keys;

    ClientAssistantsResource(ClientAssistants assistants, IdempotencyKeys keys) {
        this.assistants = assistants;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "associateAssistant",
            summary = "Associate an assistant with a client",
            description =
                    "Lets a client use an assistant of the catalogue, with a configuration and credentials of its own. A client has each assistant at most once (409). Assign it to a channel to let it answer.")
    @APIResponse(
            responseCode = "201",
            description = "Associated",
            content = @Content(schema = @Schema(implementation = ClientAssistantView.class)))
    public Uni<RestResponse<ClientAssistantView>> associate(
            @PathParam("clientId") long clientId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid ClientAssistantFields fields) {
        String path = "/clients/" + clientId + "/assistants/";
        return assistants.associate(
                clientId, fields, keys.once(key, fields, made -> made.created(a -> path + a.assistantId())));
    }

    @GET
    @Requires(Permission.ASSISTANTS_READ)
    @Operation(
            operationId = "listClientAssistants",
            summary = "List the assistants of a client",
            description = "Lists the assistants that a client uses.")
    public Uni<Page<ClientAssistantView>> list(@PathParam("clientId") long clientId, @BeanParam PageRequest page) {
        return assistants.list(clientId, page);
    }

    @GET
    @Path("/{assistantId}")
    @Requires(Permission.ASSISTANTS_READ)
    @Operation(
            operationId = "getClientAssistant",
            summary = "Get an assistant of a client",
            description = "Returns how a client uses an assistant, without its credentials.")
    public Uni<RestResponse<ClientAssistantView>> get(
            @PathParam("clientId") long clientId, @PathParam("assistantId") long assistantId) {
        return assistants.get(clientId, assistantId).map(Revision::found);
    }

    @PUT
    @Path("/{assistantId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "replaceClientAssistant",
            summary = "Replace the configuration of an assistant",
            description =
                    "Replaces the client's configuration as a whole. The credentials stay. While credentials are stored, a `configuration.baseUrl` at another host is rejected (400): send it with new credentials by PATCH.")
    public Uni<RestResponse<ClientAssistantView>> replace(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @HeaderParam("If-Match") String ifMatch,
            @NotNull @Valid ClientAssistantConfiguration next) {
        return assistants.replace(clientId, assistantId, next, ifMatch).map(Revision::found);
    }

    @PATCH
    @Path("/{assistantId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "changeClientAssistant",
            summary = "Change the configuration or credentials of an assistant",
            description =
                    "Changes the fields that are sent. Credentials are never returned. While credentials are stored, a request that moves `configuration.baseUrl` to another host must contain new ones (400).")
    public Uni<RestResponse<ClientAssistantView>> change(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = AssistantUseFields.class)))
                    ObjectNode patch) {
        return assistants.change(clientId, assistantId, patch, ifMatch).map(Revision::found);
    }

    @DELETE
    @Path("/{assistantId}")
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "removeClientAssistant",
            summary = "Remove an assistant from a client",
            description =
                    "Ends the association. An assistant that a channel or a tool refers to cannot be removed (409).")
    public Uni<Void> remove(@PathParam("clientId") long clientId, @PathParam("assistantId") long assistantId) {
        return assistants.remove(clientId, assistantId);
    }
}
