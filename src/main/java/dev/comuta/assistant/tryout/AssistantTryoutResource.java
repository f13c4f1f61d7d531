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

/** Try-outs of a client's assistant. */
@Path("/clients/{clientId}/assistants/{assistantId}/try")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Client assistants")
class AssistantTryoutResource {

    private final Tryouts tryouts;
    private final IdempotencyKeys keys;

    AssistantTryoutResource(Tryouts tryouts, IdempotencyKeys keys) {
        this.tryouts = tryouts;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "tryAssistant",
            summary = "Try an assistant",
            description =
                    "Asks the assistant for its answer to one text, with the stored configuration, credentials and tools. Nothing is stored or sent, and no tool is called: a tool call is returned, and `results` of a further request contains its result. When the engine rejects the request, the response is 409 and gives the reason. When it does not answer within 5 seconds, the response is 503.")
    @APIResponse(
            responseCode = "200",
            description = "The answer",
            content = @Content(schema = @Schema(implementation = TryAnswer.class)))
    public Uni<RestResponse<TryAnswer>> run(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid TryTurn turn) {
        return tryouts.answer(new Tryouts.Tried(clientId, assistantId), turn, keys.once(key, turn, RestResponse::ok));
    }
}
