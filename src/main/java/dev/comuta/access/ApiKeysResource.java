package dev.comuta.access;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Replacement;
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

/** API keys of a client company. */
@Path("/clients/{clientId}/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
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
    @Operation(
            operationId = "createApiKey",
            summary = "Create an API key",
            description =
                    "Creates a key for the company or, with `userId`, for one of its internal users. The secret is returned only once, in this response. A key cannot have more permissions than the key that creates it (403). Valid keys count towards the limit `apiKeys` (429).")
    @APIResponse(
            responseCode = "201",
            description = "The new key",
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
            summary = "Replace an API key",
            description =
                    "Creates a key with the same role, scopes and lifetime. The secret is returned only once, in this response. The old key stays valid for `overlapSeconds`, or until its own expiry when that is earlier. A key that is expired, revoked or already replaced cannot be replaced (409).")
    @APIResponse(
            responseCode = "201",
            description = "The new key",
            content = @Content(schema = @Schema(implementation = NewApiKey.class)))
    public Uni<RestResponse<NewApiKey>> rotate(
            @PathParam("clientId") long clientId,
            @PathParam("apiKeyId") long apiKeyId,
            @BeanParam IdempotencyKey key,
            @NotNull @Valid Replacement rotation) {
        ApiKeyRef ref = new ApiKeyRef(clientId, apiKeyId);
        return keys.rotate(
                Caller.of(caller), ref, rotation, idempotency.once(key, rotation, next -> created(clientId, next)));
    }

    @GET
    @Requires(Permission.API_KEYS_READ)
    @Operation(
            operationId = "listApiKeys",
            summary = "List API keys",
            description = "Lists the keys without their secrets, including revoked and expired keys.")
    public Uni<Page<ApiKeyView>> list(@PathParam("clientId") long clientId, @BeanParam PageRequest page) {
        return keys.list(clientId, page);
    }

    @GET
    @Path("/{apiKeyId}")
    @Requires(Permission.API_KEYS_READ)
    @Operation(operationId = "getApiKey", summary = "Get an API key", description = "Returns a key without its secret.")
    public Uni<RestResponse<ApiKeyView>> get(
            @PathParam("clientId") long clientId, @PathParam("apiKeyId") long apiKeyId) {
        return keys.get(new ApiKeyRef(clientId, apiKeyId)).map(Revision::found);
    }

    @PATCH
    @Path("/{apiKeyId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.API_KEYS_WRITE)
    @Operation(
            operationId = "renameApiKey",
            summary = "Rename an API key",
            description =
                    "Changes the name of a key. Only the name can be changed: to change anything else, create a new key and revoke this one.")
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
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke an API key",
            description =
                    "Revokes a key. Every server rejects it within a second. A revoked key cannot be restored. Revoking it again changes nothing.")
    public Uni<Void> revoke(@PathParam("clientId") long clientId, @PathParam("apiKeyId") long apiKeyId) {
        return keys.revoke(new ApiKeyRef(clientId, apiKeyId));
    }

    private static RestResponse<NewApiKey> created(long clientId, NewApiKey key) {
        return ResponseBuilder.<NewApiKey>create(RestResponse.Status.CREATED, key)
                .location(URI.create("/clients/" + clientId + "/api-keys/" + key.apiKeyId()))
                .build();
    }
}
