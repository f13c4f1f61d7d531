package dev.comuta.message.transcription;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The settings of transcription of a client. */
@Path("/clients/{clientId}/transcription")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Assistants")
class TranscriptionResource {

    private final Transcription transcription;

    TranscriptionResource(Transcription transcription) {
        this.transcription = transcription;
    }

    @GET
    @Requires(Permission.ASSISTANTS_READ)
    @Operation(
            operationId = "getTranscription",
            summary = "Get the settings of transcription",
            description = "Returns whether and how voice notes become text. The key of the API is never returned.")
    public Uni<RestResponse<TranscriptionView>> get(@PathParam("clientId") long clientId) {
        return transcription.get(clientId).map(Revision::found);
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.ASSISTANTS_WRITE)
    @Operation(
            operationId = "changeTranscription",
            summary = "Change the settings of transcription",
            description =
                    "Changes the fields that are sent; null restores the default. Voice notes that arrive later are transcribed by the new settings.")
    public Uni<RestResponse<TranscriptionView>> change(
            @PathParam("clientId") long clientId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = TranscriptionFields.class)))
                    ObjectNode patch) {
        return transcription.change(clientId, patch, ifMatch).map(Revision::found);
    }
}
