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

/** The platform's assistants. */
@Path("/assistants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Assistants")
class AssistantsResource {

    private final AssistantCatalogue assistants;
    private final IdempotencyKeys keys;

    AssistantsResource(AssistantCatalogue assistants, IdempotencyKeys keys) {
        this.assistants = assistants;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "createAssistant",
            summary = "Add an assistant to the catalogue",
            description =
                    "Adds an assistant that any client can associate. A URL in `implementationReference` or in the configuration must lead to a public address, or to a host that a client is allowed to use.")
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = AssistantView.class)))
    public Uni<RestResponse<AssistantView>> create(
            @BeanParam IdempotencyKey key, @NotNull @Valid AssistantFields fields) {
        return assistants.create(
                fields, keys.once(key, fields, made -> made.created(a -> "/assistants/" + a.assistantId())));
    }

    @GET
    @Requires(Permission.CATALOGUE_READ)
    @Operation(
            operationId = "listAssistants",
            summary = "List the catalogue",
            description = "Lists the assistants that a client can associate.")
    public Uni<Page<AssistantView>> list(@BeanParam PageRequest page) {
        return assistants.list(page);
    }

    @GET
    @Path("/{assistantId}")
    @Requires(Permission.CATALOGUE_READ)
    @Operation(
            operationId = "getAssistant",
            summary = "Get an assistant of the catalogue",
            description = "Returns an assistant of the catalogue.")
    public Uni<RestResponse<AssistantView>> get(@PathParam("assistantId") long assistantId) {
        return assistants.get(assistantId).map(Revision::found);
    }

    @PATCH
    @Path("/{assistantId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "changeAssistant",
            summary = "Change an assistant of the catalogue",
            description =
                    "Changes an assistant for every client that uses it. The change applies from the next turn on.")
    public Uni<RestResponse<AssistantView>> change(
            @PathParam("assistantId") long assistantId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = AssistantFields.class)))
                    ObjectNode patch) {
        return assistants.change(assistantId, patch, ifMatch).map(Revision::found);
    }

    @DELETE
    @Path("/{assistantId}")
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "deleteAssistant",
            summary = "Remove an assistant from the catalogue",
            description =
                    "Removes an assistant. An assistant that a client uses or a session refers to cannot be removed (409).")
    public Uni<Void> remove(@PathParam("assistantId") long assistantId) {
        return assistants.remove(assistantId);
    }
}
