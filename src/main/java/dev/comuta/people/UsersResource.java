package dev.comuta.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Internal users of a client. */
@Path("/clients/{clientId}/users")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Users", description = "Who works at the client: brokers, administrators")
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
    @Operation(operationId = "createUser", summary = "Register an internal user")
    @APIResponse(
            responseCode = "201",
            description = "Registered",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public Uni<RestResponse<UserView>> create(
            @PathParam("clientId") long clientId, @BeanParam IdempotencyKey key, @NotNull @Valid UserFields fields) {
        String place = "/clients/" + clientId + "/users/";
        return users.create(clientId, fields, keys.once(key, fields, user -> user.created(u -> place + u.userId())));
    }

    @GET
    @Requires(Permission.USERS_READ)
    @Operation(operationId = "listUsers", summary = "List internal users")
    public Uni<Page<UserView>> list(
            @PathParam("clientId") long clientId,
            @BeanParam PageRequest page,
            @QueryParam("userRole") String userRole,
            @QueryParam("email") String email,
            @QueryParam("status") String status,
            @QueryParam("externalUserId") String externalUserId) {
        return users.list(clientId, page, new UserFilter(userRole, email, status, externalUserId));
    }

    @GET
    @Path("/{userId}")
    @Requires(Permission.USERS_READ)
    @Operation(operationId = "getUser", summary = "Read an internal user")
    public Uni<RestResponse<UserView>> get(@PathParam("clientId") long clientId, @PathParam("userId") long userId) {
        return users.get(clientId, userId).map(Revision::found);
    }

    @PATCH
    @Path("/{userId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.USERS_WRITE)
    @Operation(operationId = "changeUser", summary = "Change fields of an internal user")
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
    @Operation(operationId = "deactivateUser", summary = "Set an internal user 'Inativo'")
    public Uni<Void> deactivate(@PathParam("clientId") long clientId, @PathParam("userId") long userId) {
        return users.deactivate(clientId, userId);
    }
}
