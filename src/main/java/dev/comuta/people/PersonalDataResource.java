package dev.comuta.people;

import dev.comuta.platform.audit.AuditedRead;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import dev.comuta.task.TaskView;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Export and erasure of the personal data of an end user. */
@Path("/clients/{clientId}/end-users/{endUserId}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "End users")
class PersonalDataResource {

    private final Erasures erasures;
    private final IdempotencyKeys keys;

    PersonalDataResource(Erasures erasures, IdempotencyKeys keys) {
        this.erasures = erasures;
        this.keys = keys;
    }

    @GET
    @Path("/export")
    @AuditedRead(byAnyone = true)
    @Requires(Permission.PRIVACY_READ)
    @Operation(
            operationId = "exportEndUser",
            summary = "Export the data of an end user",
            description =
                    "Returns everything that is stored about an end user. Media are listed as the provider's references. Each export leaves an entry in the audit.")
    public Uni<PersonExport> export(@PathParam("clientId") long clientId, @PathParam("endUserId") long endUserId) {
        return erasures.export(new PersonRef(clientId, endUserId));
    }

    @POST
    @Path("/erase")
    @Requires(Permission.PRIVACY_WRITE)
    @Operation(
            operationId = "eraseEndUser",
            summary = "Erase the data of an end user",
            description =
                    "Removes name, phone number, e-mail address and identities immediately, and starts a task that closes the person's sessions, cancels their open tasks, and erases messages and query results. Of messages, sessions and events, ids and times remain. A revoked consent remains in force for the person's numbers, of which only keyed hashes are kept. An erasure cannot be undone; it can be repeated.")
    @APIResponse(
            responseCode = "202",
            headers = @Header(name = "Location", ref = "Location"),
            description = "Started. The body is the task that erases.",
            content = @Content(schema = @Schema(implementation = TaskView.class)))
    public Uni<RestResponse<TaskView>> erase(
            @PathParam("clientId") long clientId,
            @PathParam("endUserId") long endUserId,
            @BeanParam IdempotencyKey key) {
        return erasures.request(new PersonRef(clientId, endUserId), keys.once(key, null, TaskView::accepted));
    }
}
