package dev.comuta.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.people.EndUserMerges.MergeFields;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.Numbers;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.security.Caller;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** End users of a client. */
@Path("/clients/{clientId}/end-users")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "End users")
class EndUsersResource {

    private final EndUsers endUsers;
    private final EndUserMerges merges;
    private final IdempotencyKeys keys;
    private final SecurityIdentity caller;

    EndUsersResource(EndUsers endUsers, EndUserMerges merges, IdempotencyKeys keys, SecurityIdentity caller) {
        this.endUsers = endUsers;
        this.merges = merges;
        this.keys = keys;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.END_USERS_WRITE)
    @Operation(
            operationId = "createEndUser",
            summary = "Register an end user",
            description =
                    "Registers a person with whom the client talks. The first message from an unknown number registers its sender automatically. Two end users of a client cannot have the same phone number (409). With a broker's key the end user belongs to that broker. An end user counts against the limit `endUsers` (429).")
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(schema = @Schema(implementation = EndUserView.class)))
    public Uni<RestResponse<EndUserView>> create(
            @PathParam("clientId") long clientId, @BeanParam IdempotencyKey key, @NotNull @Valid EndUserFields fields) {
        String path = "/clients/" + clientId + "/end-users/";
        EndUserFields owned = fields.ownedBy(Caller.of(caller).ownRowsOf());
        return endUsers.create(
                clientId, owned, keys.once(key, fields, person -> person.created(p -> path + p.endUserId())));
    }

    @GET
    @Requires(Permission.END_USERS_READ)
    @Operation(
            operationId = "listEndUsers",
            summary = "List end users",
            description = "Lists end users, inactive ones included.")
    public Uni<Page<EndUserView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("phoneNumber")
                    @Parameter(
                            description =
                                    "Only the end user with this phone number, with its country code and with or without `+`, in whichever of its forms (for example with or without the ninth digit of Brazil); 400 when it is not a valid phone number")
                    String phoneNumber,
            @QueryParam("email")
                    @Parameter(description = "Only end users with exactly this e-mail address, ignoring case")
                    String email,
            @QueryParam("name") @Parameter(description = "Only end users with exactly this name, ignoring case")
                    String name,
            @QueryParam("userId")
                    @Parameter(
                            description = "Only end users of this broker",
                            schema = @Schema(type = SchemaType.INTEGER))
                    String userId,
            @QueryParam("tag")
                    @Parameter(
                            description =
                                    "Only end users with this tag, ignoring case; 400 when it is empty or too long")
                    String tag,
            @QueryParam("status")
                    @Parameter(
                            description = "Only end users in this state",
                            schema = @Schema(implementation = ActivationStatus.class))
                    String status) {
        Long broker = Numbers.parseOptional("userId", userId);
        return endUsers.list(
                clientId,
                page,
                new EndUserFilter(phoneNumber, email, name, broker, EndUserFields.requireTag(tag), status));
    }

    @GET
    @Path("/{endUserId}")
    @Requires(Permission.END_USERS_READ)
    @Operation(operationId = "getEndUser", summary = "Get an end user", description = "Returns an end user.")
    public Uni<RestResponse<EndUserView>> get(
            @PathParam("clientId") long clientId, @PathParam("endUserId") long endUserId) {
        return endUsers.get(clientId, endUserId).map(Revision::found);
    }

    @PATCH
    @Path("/{endUserId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.END_USERS_WRITE)
    @Operation(
            operationId = "changeEndUser",
            summary = "Change an end user",
            description =
                    "Changes the fields that are sent. An end user whose data were erased cannot be changed (409).")
    public Uni<RestResponse<EndUserView>> change(
            @PathParam("clientId") long clientId,
            @PathParam("endUserId") long endUserId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = EndUserFields.class))) ObjectNode patch) {
        return endUsers.change(clientId, endUserId, patch, ifMatch).map(Revision::found);
    }

    @DELETE
    @Path("/{endUserId}")
    @Requires(Permission.END_USERS_WRITE)
    @Operation(
            operationId = "deactivateEndUser",
            summary = "Deactivate an end user",
            description = "Sets the end user `Inativo`. To remove the personal data use `eraseEndUser`.")
    public Uni<Void> deactivate(@PathParam("clientId") long clientId, @PathParam("endUserId") long endUserId) {
        return endUsers.deactivate(clientId, endUserId);
    }

    @POST
    @Path("/{endUserId}/merge")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.PRIVACY_WRITE)
    @Operation(
            operationId = "mergeEndUsers",
            summary = "Merge two end users who are one person",
            description =
                    "Moves the identities, sessions and consents of `mergedEndUserId` to the end user of the path, who also gets its tags and the fields that are empty. The merged end user becomes `Inativo`, with `mergedInto`. Of two open sessions on one channel, the one with the older last message is closed. A repeated merge changes nothing. Fails when one of the two was erased, or was merged into somebody else (409). A merge cannot be undone, and erasing one of the two erases both.")
    @APIResponse(
            responseCode = "200",
            description = "Merged. The body is the end user of the path.",
            content = @Content(schema = @Schema(implementation = EndUserView.class)))
    public Uni<RestResponse<EndUserView>> merge(
            @PathParam("clientId") long clientId,
            @PathParam("endUserId") long endUserId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid MergeFields fields) {
        return merges.merge(
                new PersonRef(clientId, endUserId), fields.mergedEndUserId(), keys.once(key, fields, Revision::found));
    }
}
