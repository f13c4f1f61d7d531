package dev.comuta.platform.audit;

import dev.comuta.platform.rest.Numbers;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit of a client. */
@Path("/clients/{clientId}/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
class ClientAuditResource {

    private final AuditReading audit;

    ClientAuditResource(AuditReading audit) {
        this.audit = audit;
    }

    @GET
    @Requires(Permission.AUDIT_READ)
    @Operation(
            operationId = "listAudit",
            summary = "List the audit of a client",
            description =
                    "Lists every change, and every read of a conversation by a person, in the order of time. Entries hold ids, never content.")
    public Uni<Page<AuditEntryView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("action") @Parameter(description = "Only entries of this `operationId`") String action,
            @QueryParam("target") @Parameter(description = "Only entries with exactly this path") String target,
            @QueryParam("callerKind")
                    @Parameter(
                            description = "Only entries of this kind of caller",
                            schema = @Schema(implementation = AuditCallerKind.class))
                    String callerKind,
            @QueryParam("callerId")
                    @Parameter(
                            description =
                                    "Only entries of the API key or internal user with this id; combine it with `callerKind`",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String callerId) {
        Long caller = Numbers.parseOptional("callerId", callerId);
        return audit.ofClient(clientId, page, new AuditReading.Filter(action, target, callerKind, caller));
    }

    @GET
    @Path("/verification")
    @Requires(Permission.AUDIT_READ)
    @Operation(
            operationId = "verifyAudit",
            summary = "Verify the audit of a client",
            description =
                    "Checks up to 50,000 entries of the hash chain of a client, from the last checkpoint on, and reports the first one that was changed, removed or moved. With `after=0` it begins with the first entry; repeat it with `next` until that is null.")
    public Uni<AuditVerification> verify(
            @PathParam("clientId") long clientId,
            @QueryParam("after")
                    @Parameter(
                            description =
                                    "Place after which the check begins, 0 for the whole chain; by default the last checkpoint",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String after) {
        return audit.verifyClient(clientId, Numbers.parseOptional("after", after));
    }
}
