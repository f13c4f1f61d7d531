package dev.comuta.message.transcription;

import dev.comuta.message.content.AudioTranscript;
import dev.comuta.platform.audit.AuditedRead;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import dev.comuta.session.SessionRef;
import dev.comuta.task.TaskView;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Transcripts of a message. */
@Path("/clients/{clientId}/sessions/{sessionId}/messages/{messageId}/transcripts")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
class TranscriptsResource {

    private final Transcripts transcripts;
    private final IdempotencyKeys keys;

    TranscriptsResource(Transcripts transcripts, IdempotencyKeys keys) {
        this.transcripts = transcripts;
        this.keys = keys;
    }

    @GET
    @Requires(Permission.SESSIONS_READ)
    @AuditedRead
    @Operation(
            operationId = "listTranscripts",
            summary = "List the transcripts of a message",
            description =
                    "Lists the transcripts of the message's audio file, newest first, at most 100. Reading by an internal user leaves an entry in the audit.")
    public Uni<Page<AudioTranscript>> list(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @PathParam("messageId") long messageId) {
        return transcripts.list(new SessionRef(clientId, sessionId), messageId).map(found -> new Page<>(found, null));
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "requestTranscript",
            summary = "Transcribe a voice note once more",
            description =
                    "Starts a task that transcribes the message's audio file, for example with another model. Earlier transcripts are kept, and the newest one applies. While such a task is open, it is returned and no other one is started. The body may be left out. 409 when the message has no audio file, its file cannot be read, or transcription is switched off.")
    @APIResponse(
            responseCode = "202",
            headers = @Header(name = "Location", ref = "Location"),
            description = "Started. The body is the task that transcribes.",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    public Uni<RestResponse<TaskView>> request(
            @PathParam("clientId") long clientId,
            @PathParam("sessionId") long sessionId,
            @PathParam("messageId") long messageId,
            @BeanParam IdempotencyKey key,
            @Valid
                    @RequestBody(
                            required = false,
                            content = @Content(schema = @Schema(implementation = RerunFields.class)))
                    RerunFields given) {
        RerunFields fields = given == null ? RerunFields.NONE : given;
        return transcripts.request(
                new SessionRef(clientId, sessionId), messageId, fields, keys.once(key, fields, TaskView::accepted));
    }
}
