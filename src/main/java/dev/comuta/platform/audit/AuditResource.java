package dev.comuta.platform.audit;

import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit of operations that belong to no client: registering clients, the catalogue of assistants. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit", description = "Who changed what, when and from where; entries are added and stay")
class AuditResource {

    private final AuditReading audit;

    AuditResource(AuditReading audit) {
        this.audit = audit;
    }

    @GET
    @Requires(Permission.PLATFORM_READ)
    @Operation(operationId = "listPlatformAudit", summary = "List who did what to no client (platform key)")
    public Uni<Page<AuditEntryView>> list(
            @BeanParam PageRequest page, @QueryParam("action") String action, @QueryParam("target") String target) {
        return audit.ofPlatform(page, new AuditReading.Filter(action, target, null, null));
    }

    @GET
    @Path("/verification")
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "verifyPlatformAudit",
            summary = "See whether the audit of what concerns no client is as it was written (platform key)",
            description = "Reads every entry of the chain")
    public Uni<AuditVerification> verify() {
        return audit.verifyPlatform();
    }
}
