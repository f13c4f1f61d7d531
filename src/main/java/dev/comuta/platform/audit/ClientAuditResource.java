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
@Tag(name = "Audit", description = "Who changed what, when and from where; entries are added and stay")
class ClientAuditResource {

    private final AuditReading audit;

    ClientAuditResource(AuditReading audit) {
        this.audit = audit;
    }

    @GET
    @Requires(Permission.AUDIT_READ)
    @Operation(
            operationId = "listAudit",
            summary = "List who did what, oldest first",
            description = "Every change, and what was read of conversations by people; ids, never content")
    public Uni<Page<AuditEntryView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("action") String action,
            @QueryParam("target") String target,
            @QueryParam("callerKind") String callerKind,
            @QueryParam("callerId") @Parameter(schema = @Schema(type = SchemaType.INTEGER)) String callerId) {
        Long caller = Numbers.parseOptional("callerId", callerId);
        return audit.ofClient(clientId, page, new AuditReading.Filter(action, target, callerKind, caller));
    }

    @GET
    @Path("/verification")
    @Requires(Permission.AUDIT_READ)
    @Operation(
            operationId = "verifyAudit",
            summary = "See whether the audit is as it was written",
            description = "Reads every entry of the chain")
    public Uni<AuditVerification> verify(@PathParam("clientId") long clientId) {
        return audit.verifyClient(clientId);
    }
}
