package dev.comuta.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
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
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Keys of a client company. */
@Path("/clients/{clientId}/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys", description = "Keys with which a client company calls this API")
class ApiKeysResource {

    private final ApiKeys keys;
    private final IdempotencyKeys idempotency;
    private final SecurityIdentity caller;

    ApiKeysResource(ApiKeys keys, IdempotencyKeys idempotency, SecurityIdentity caller) {
        this.keys = keys;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.API_KEYS_WRITE)
    @Operation(operationId = "createApiKey", summary = "Issue a key; the answer is the only ref that tells it")
    @APIResponse(
            responseCode = "201",
            description = "Issued",
            content = @Content(schema = @Schema(implementation = NewApiKey.class)))
    public Uni<RestResponse<NewApiKey>> issue(
            @PathParam("clientId") long clientId, @BeanParam IdempotencyKey key, @NotNull @Valid NewKeyFields fields) {
        return keys.issue(
                Caller.of(caller),
                clientId,
                fields,
                idempotency.once(key, fields, issued -> created(clientId, issued)));
    }

    @POST
    @Path("/{apiKeyId}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.API_KEYS_WRITE)
    @Operation(
            operationId = "rotateApiKey",
            summary = "Issue a key in the ref of another, which stays in force for a while")
    @APIResponse(
            responseCode = "201",
            description = "Issued; the answer is the only ref that tells it",
            content = @Content(schema = @Schema(implementation = NewApiKey.class)))
    public Uni<RestResponse<NewApiKey>> rotate(
            @PathParam("clientId") long clientId,
            @PathParam("apiKeyId") long apiKeyId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid ApiKeyReplacement rotation) {
        ApiKeyRef ref = new ApiKeyRef(clientId, apiKeyId);
        return keys.rotate(
                Caller.of(caller), ref, rotation, idempotency.once(key, rotation, next -> created(clientId, next)));
    }

    @GET
    @Requires(Permission.API_KEYS_READ)
    @Operation(operationId = "listApiKeys", summary = "List keys, without their secrets")
    public Uni<Page<ApiKeyView>> list(@PathParam("clientId") long clientId, @BeanParam PageRequest page) {
        return keys.list(clientId, page);
    }

    @GET
    @Path("/{apiKeyId}")
    @Requires(Permission.API_KEYS_READ)
    @Operation(operationId = "getApiKey", summary = "Read a key, without its secret")
    public Uni<RestResponse<ApiKeyView>> get(
            @PathParam("clientId") long clientId, @PathParam("apiKeyId") long apiKeyId) {
        return keys.get(new ApiKeyRef(clientId, apiKeyId)).map(Revision::found);
    }

    @PATCH
    @Path("/{apiKeyId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.API_KEYS_WRITE)
    @Operation(operationId = "renameApiKey", summary = "Change the name of a key")
    public Uni<RestResponse<ApiKeyView>> rename(
            @PathParam("clientId") long clientId,
            @PathParam("apiKeyId") long apiKeyId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = ApiKeyFields.class))) ObjectNode patch) {
        return keys.rename(new ApiKeyRef(clientId, apiKeyId), patch, ifMatch).map(Revision::found);
    }

    @DELETE
    @Path("/{apiKeyId}")
    @Requires(Permission.API_KEYS_WRITE)
    @Operation(operationId = "revokeApiKey", summary = "Revoke a key; it is out of force within a second")
    public Uni<Void> revoke(@PathParam("clientId") long clientId, @PathParam("apiKeyId") long apiKeyId) {
        return keys.revoke(new ApiKeyRef(clientId, apiKeyId));
    }

    private static RestResponse<NewApiKey> created(long clientId, NewApiKey key) {
        return ResponseBuilder.<NewApiKey>create(RestResponse.Status.CREATED, key)
                .location(URI.create("/clients/" + clientId + "/api-keys/" + key.apiKeyId()))
                .build();
    }
}
