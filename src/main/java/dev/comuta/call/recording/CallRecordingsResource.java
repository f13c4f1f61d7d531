package dev.comuta.call.recording;

import dev.comuta.call.CallRef;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The recordings of a call. */
@Path("/clients/{clientId}/calls/{callId}/recordings")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Calls")
class CallRecordingsResource {

    private final CallRecordings recordings;

    CallRecordingsResource(CallRecordings recordings) {
        this.recordings = recordings;
    }

    @GET
    @Requires(Permission.SESSIONS_READ)
    @Operation(
            operationId = "listCallRecordings",
            summary = "List the recordings of a call",
            description =
                    "Lists the recordings of a call, the oldest first. `createMediaLink` makes a link to a file by its `mediaId`.")
    public Uni<Page<RecordingView>> list(@PathParam("clientId") long clientId, @PathParam("callId") long callId) {
        return recordings.list(new CallRef(clientId, callId)).map(found -> new Page<>(found, null));
    }
}
