package dev.comuta.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
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
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Internal users of a client. */
@Path("/clients/{clientId}/users")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users")
class UsersResource {

    private final Users users;
    private final IdempotencyKeys keys;

    UsersResource(Users users, IdempotencyKeys keys) {
        this.users = users;
        this.keys = keys;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.USERS_WRITE)
    @Operation(
            operationId = "createUser",
            summary = "Register an internal user",
            description =
                    "Registers a person who works at the client. Two active users of a client cannot have the same e-mail address (409). A user counts against the limit `users` (429).")
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public Uni<RestResponse<UserView>> create(
            @PathParam("clientId") long clientId, @BeanParam IdempotencyKey key, @NotNull @Valid UserFields fields) {
        String path = "/clients/" + clientId + "/users/";
        return users.create(clientId, fields, keys.once(key, fields, user -> user.created(u -> path + u.userId())));
    }

    @GET
    @Requires(Permission.USERS_READ)
    @Operation(
            operationId = "listUsers",
            summary = "List internal users",
            description = "Lists internal users, inactive ones included.")
    public Uni<Page<UserView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("userRole")
                    @Parameter(
                            description = "Only users with this role",
                            schema = @Schema(implementation = UserRole.class))
                    String userRole,
            @QueryParam("email") @Parameter(description = "Only users with exactly this e-mail address, ignoring case")
                    String email,
            @QueryParam("status")
                    @Parameter(
                            description = "Only users in this state",
                            schema = @Schema(implementation = ActivationStatus.class))
                    String status,
            @QueryParam("externalUserId") @Parameter(description = "Only the user with this id in your own system")
                    String externalUserId) {
        return users.list(clientId, page, new UserFilter(userRole, email, status, externalUserId));
    }

    @GET
    @Path("/{userId}")
    @Requires(Permission.USERS_READ)
    @Operation(operationId = "getUser", summary = "Get an internal user", description = "Returns an internal user.")
    public Uni<RestResponse<UserView>> get(@PathParam("clientId") long clientId, @PathParam("userId") long userId) {
        return users.get(clientId, userId).map(Revision::found);
    }

    @PATCH
    @Path("/{userId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.USERS_WRITE)
    @Operation(
            operationId = "changeUser",
            summary = "Change an internal user",
            description =
                    "Changes the fields that are sent. A new role applies to the keys of the user within a second.")
    public Uni<RestResponse<UserView>> change(
            @PathParam("clientId") long clientId,
            @PathParam("userId") long userId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = UserFields.class))) ObjectNode patch) {
        return users.change(clientId, userId, patch, ifMatch).map(Revision::found);
    }

    @DELETE
    @Path("/{userId}")
    @Requires(Permission.USERS_WRITE)
    @Operation(
            operationId = "deactivateUser",
            summary = "Deactivate an internal user",
            description = "Sets the user `Inativo`: the keys of the user are rejected within a second.")
    public Uni<Void> deactivate(@PathParam("clientId") long clientId, @PathParam("userId") long userId) {
        return users.deactivate(clientId, userId);
    }
}
