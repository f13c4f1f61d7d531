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

/** Tools of a client's assistant. */
@Path("/clients/{clientId}/assistants/{assistantId}/tools")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tools")
class ToolsResource {

    private final Tools tools;
    private final IdempotencyKeys keys;

    ToolsResource(Tools tools, IdempotencyKeys keys) {
        this.tools = tools;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "createTool",
            summary = "Add a tool to an assistant",
            description =
                    "Lets an assistant query a system of the client. Credentials, the URL and the headers are stored encrypted; credentials are never returned, and `***` takes the place of the values of headers and query parameters. The URL must lead to a public address or to an allowed host (400).")
    @APIResponse(
            responseCode = "201",
            description = "Added",
            content = @Content(schema = @Schema(implementation = ToolView.class)))
    public Uni<RestResponse<ToolView>> create(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid ToolFields fields) {
        String path = "/clients/" + clientId + "/assistants/" + assistantId + "/tools/";
        Tools.NewTool tool = new Tools.NewTool(clientId, assistantId, fields);
        return tools.create(tool, keys.once(key, fields, made -> made.created(t -> path + t.toolId())));
    }

    @GET
    @Requires(Permission.ASSISTANTS_READ)
    @Operation(
            operationId = "listTools",
            summary = "List the tools of an assistant",
            description = "Lists the tools in the order in which they were added.")
    public Uni<Page<ToolView>> list(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @BeanParam PageRequest page) {
        return tools.list(clientId, assistantId, page);
    }

    @GET
    @Path("/{toolId}")
    @Requires(Permission.ASSISTANTS_READ)
    @Operation(operationId = "getTool", summary = "Get a tool", description = "Returns a tool without its credentials.")
    public Uni<RestResponse<ToolView>> get(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @PathParam("toolId") long toolId) {
        return tools.get(new ToolRef(clientId, assistantId, toolId)).map(Revision::found);
    }

    @PATCH
    @Path("/{toolId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "changeTool",
            summary = "Change a tool",
            description =
                    "Changes the fields that are sent. While the tool has an authentication or headers, a request that moves `configuration.url` to another host must contain new ones (400).")
    public Uni<RestResponse<ToolView>> change(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @PathParam("toolId") long toolId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = ToolFields.class))) ObjectNode patch) {
        return tools.change(new ToolRef(clientId, assistantId, toolId), patch, ifMatch)
                .map(Revision::found);
    }

    @DELETE
    @Path("/{toolId}")
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "deleteTool",
            summary = "Remove a tool",
            description = "Removes a tool. Its calls that have not run yet fail.")
    public Uni<Void> remove(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @PathParam("toolId") long toolId) {
        return tools.remove(new ToolRef(clientId, assistantId, toolId));
    }
}
