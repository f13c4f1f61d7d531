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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit of operations that belong to no client: registering clients, the catalogue of assistants. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
class AuditResource {

    private final AuditReading audit;

    AuditResource(AuditReading audit) {
        this.audit = audit;
    }

    @GET
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "listPlatformAudit",
            summary = "List the audit of the platform",
            description =
                    "Lists changes that concern no client, such as registering clients, in the order in which they were made.")
    public Uni<Page<AuditEntryView>> list(
            @BeanParam PageRequest page,
            @QueryParam("action") @Parameter(description = "Only entries of this `operationId`") String action,
            @QueryParam("target") @Parameter(description = "Only entries with exactly this path") String target) {
        return audit.ofPlatform(page, new AuditReading.Filter(action, target, null, null));
    }

    @GET
    @Path("/verification")
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "verifyPlatformAudit",
            summary = "Verify the audit of the platform",
            description =
                    "Reads the whole hash chain of the platform and reports the first entry that was changed, removed or moved. The time grows with the number of entries.")
    public Uni<AuditVerification> verify() {
        return audit.verifyPlatform();
    }
}
