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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
                    "Checks up to 50,000 entries of the hash chain of the platform, from the last checkpoint on, and reports the first one that was changed, removed or moved. With `after=0` it begins with the first entry; repeat it with `next` until that is null.")
    public Uni<AuditVerification> verify(
            @QueryParam("after")
                    @Parameter(
                            description =
                                    "Place after which the check begins, 0 for the whole chain; by default the last checkpoint",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String after) {
        return audit.verifyPlatform(Numbers.parseOptional("after", after));
    }
}
