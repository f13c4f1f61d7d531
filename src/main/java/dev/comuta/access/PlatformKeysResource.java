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

/** API keys of the platform's administrators, except the key in the configuration. */
@Path("/api-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Platform keys")
class PlatformKeysResource {

    private final ApiKeys keys;
    private final IdempotencyKeys idempotency;
    private final SecurityIdentity caller;

    PlatformKeysResource(ApiKeys keys, IdempotencyKeys idempotency, SecurityIdentity caller) {
        this.keys = keys;
        this.idempotency = idempotency;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "createPlatformKey",
            summary = "Create a platform key",
            description =
                    "Creates a key for the platform's administrators. The secret is returned only once, in this response. A key cannot have more permissions than the key that creates it (403).")
    @APIResponse(
            responseCode = "201",
            description = "The new key",
            content = @Content(schema = @Schema(implementation = NewApiKey.class)))
    public Uni<RestResponse<NewApiKey>> issue(@BeanParam IdempotencyKey key, @NotNull @Valid PlatformKeyFields fields) {
        return keys.issue(
                Caller.of(caller),
                null,
                fields.toNewKeyFields(),
                idempotency.once(key, fields, PlatformKeysResource::created));
    }

    @POST
    @Path("/{apiKeyId}/rotate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "rotatePlatformKey",
            summary = "Replace a platform key",
            description =
                    "Creates a key with the same scopes and lifetime. The secret is returned only once, in this response. The old key stays valid for `overlapSeconds`, or until its own expiry when that is earlier. A key that is expired, revoked or already replaced cannot be replaced (409).")
    @APIResponse(
            responseCode = "201",
            description = "The new key",
            content = @Content(schema = @Schema(implementation = NewApiKey.class)))
    public Uni<RestResponse<NewApiKey>> rotate(
            @PathParam("apiKeyId") long apiKeyId, @BeanParam IdempotencyKey key, @NotNull @Valid Replacement rotation) {
        ApiKeyRef ref = new ApiKeyRef(null, apiKeyId);
        return keys.rotate(
                Caller.of(caller), ref, rotation, idempotency.once(key, rotation, PlatformKeysResource::created));
    }

    @GET
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "listPlatformKeys",
            summary = "List platform keys",
            description =
                    "Lists the platform's keys without their secrets, including revoked and expired keys. The key in the server's configuration is not listed.")
    public Uni<Page<ApiKeyView>> list(@BeanParam PageRequest page) {
        return keys.list(null, page);
    }

    @GET
    @Path("/{apiKeyId}")
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "getPlatformKey",
            summary = "Get a platform key",
            description = "Returns a platform key without its secret.")
    public Uni<RestResponse<ApiKeyView>> get(@PathParam("apiKeyId") long apiKeyId) {
        return keys.get(new ApiKeyRef(null, apiKeyId)).map(Revision::found);
    }

    @PATCH
    @Path("/{apiKeyId}")
    @Consumes({MediaType.APPLICATION_JSON, Patch.MEDIA_TYPE})
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "renamePlatformKey",
            summary = "Rename a platform key",
            description =
                    "Changes the name of a platform key. Only the name can be changed: to change anything else, create a new key and revoke this one.")
    public Uni<RestResponse<ApiKeyView>> rename(
            @PathParam("apiKeyId") long apiKeyId,
            @HeaderParam("If-Match") String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = ApiKeyFields.class))) ObjectNode patch) {
        return keys.rename(new ApiKeyRef(null, apiKeyId), patch, ifMatch).map(Revision::found);
    }

    @DELETE
    @Path("/{apiKeyId}")
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "revokePlatformKey",
            summary = "Revoke a platform key",
            description =
                    "Revokes a platform key. Every server rejects it within a second. A revoked key cannot be restored. Revoking it again changes nothing.")
    public Uni<Void> revoke(@PathParam("apiKeyId") long apiKeyId) {
        return keys.revoke(new ApiKeyRef(null, apiKeyId));
    }

    private static RestResponse<NewApiKey> created(NewApiKey key) {
        return ResponseBuilder.<NewApiKey>create(RestResponse.Status.CREATED, key)
                .location(URI.create("/api-keys/" + key.apiKeyId()))
                .build();
    }
}
