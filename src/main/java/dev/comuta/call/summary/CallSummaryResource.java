package dev.comuta.call.summary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.call.CallRef;
import dev.comuta.platform.audit.AuditedRead;
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

/** The summary of a call. */
@Path("/clients/{clientId}/calls/{callId}/summary")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
class CallSummaryResource {

    private final CallSummaries summaries;

    CallSummaryResource(CallSummaries summaries) {
        this.summaries = summaries;
    }

    @GET
    @Requires(Permission.SESSIONS_READ)
    @AuditedRead
    @Operation(
            operationId = "getCallSummary",
            summary = "Get the summary of a call",
            description =
                    "Returns what was said in a call and how it ended. The assistant of the session, or else of the channel, writes it after the call when something was said. The fields are null when there is no summary. Reading by an internal user leaves an entry in the audit.")
    public Uni<RestResponse<CallSummary>> get(@PathParam("clientId") long clientId, @PathParam("callId") long callId) {
        return summaries.get(new CallRef(clientId, callId)).map(Revision::found);
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.SESSIONS_WRITE)
    @Operation(
            operationId = "changeCallSummary",
            summary = "Change the summary of a call",
            description =
                    "Changes the fields that are sent; null removes a field. From then on no assistant changes the summary of this call. 409 when the end user of the call was erased.")
    public Uni<RestResponse<CallSummary>> change(
            @PathParam("clientId") long clientId,
            @PathParam("callId") long callId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = SummaryFields.class))) ObjectNode patch) {
        return summaries.change(new CallRef(clientId, callId), patch, ifMatch).map(Revision::found);
    }
}
