package dev.comuta.assistant.tryout;

import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Try-outs of a client's assistant. */
@Path("/clients/{clientId}/assistants/{assistantId}/try")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Client assistants")
class AssistantTryoutResource {

    private final Tryouts tryouts;

    AssistantTryoutResource(Tryouts tryouts) {
        this.tryouts = tryouts;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "tryAssistant",
            summary = "Try an assistant",
            description =
                    "Asks the assistant for its answer to one text, with the stored configuration, credentials and tools. Nothing is stored or sent, and no tool is called: a tool call is returned, and `results` of a further request contains its result. When the engine rejects the request, the response is 409 and gives the reason. When it does not answer within 5 seconds, the response is 503.")
    public Uni<TryAnswer> run(
            @PathParam("clientId") long clientId,
            @PathParam("assistantId") long assistantId,
            @NotNull @Valid TryTurn turn) {
        return tryouts.answer(clientId, assistantId, turn);
    }
}
