package dev.comuta.retention;

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

/** The retention periods of a client. */
@Path("/clients/{clientId}/retention")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Retention")
class RetentionResource {

    private final Retention retention;

    RetentionResource(Retention retention) {
        this.retention = retention;
    }

    @GET
    @Requires(Permission.CLIENT_READ)
    @Operation(
            operationId = "getRetention",
            summary = "Get the retention of a client",
            description = "Returns how many days messages, media and events are kept.")
    public Uni<RestResponse<RetentionView>> get(@PathParam("clientId") long clientId) {
        return retention.get(clientId).map(Revision::found);
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.CLIENT_WRITE)
    @Operation(
            operationId = "changeRetention",
            summary = "Change the retention of a client",
            description =
                    "Changes the fields that are sent; null restores the platform's default. Data that are older than the new periods are deleted permanently, beginning within ten minutes.")
    public Uni<RestResponse<RetentionView>> change(
            @PathParam("clientId") long clientId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = RetentionFields.class)))
                    ObjectNode patch) {
        return retention.change(clientId, patch, ifMatch).map(Revision::found);
    }
}
