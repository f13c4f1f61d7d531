package dev.comuta.assistant.tryout;

import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Try-outs of a tool. */
@Path("/clients/{clientId}/assistants/{assistantId}/tools/{toolId}/try")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tools")
class ToolTryoutResource {

    private final Tryouts tryouts;
    private final IdempotencyKeys keys;

    ToolTryoutResource(Tryouts tryouts, IdempotencyKeys keys) {
        this.tryouts = tryouts;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "tryTool",
            summary = "Try a tool",
            description =
                    "Calls the other system once with these arguments and returns the result as the assistant would get it. A tool of method `POST` has its effect there. Arguments that do not match the tool's JSON Schema get 400. When the system rejects the call, or its response does not fit the configuration, the response is 409 and gives the reason. When it does not answer within 5 seconds, the response is 503.")
    @APIResponse(
            responseCode = "200",
            description = "The result",
            content = @Content(schema = @Schema(implementation = TryResult.class)))
    public Uni<RestResponse<TryResult>> run(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @PathParam("toolId") long toolId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid TryCall call) {
        return tryouts.call(
                new Tryouts.Tried(clientId, assistantId), toolId, call, keys.once(key, call, RestResponse::ok));
    }
}
