package dev.comuta.keyrotation;

import dev.comuta.platform.idempotency.IdempotencyKey;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The master keys that encrypt secrets at rest: shows which are still needed, and starts a rotation. */
@Path("/secret-keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Secret keys")
class SecretKeysResource {

    private final MasterKeyRotation rotation;
    private final IdempotencyKeys keys;

    SecretKeysResource(MasterKeyRotation rotation, IdempotencyKeys keys) {
        this.rotation = rotation;
        this.keys = keys;
    }

    @GET
    @Requires(Permission.PLATFORM_READ)
    @Operation(
            operationId = "getSecretKeys",
            summary = "Get the state of the master keys",
            description =
                    "Returns the number of encrypted rows that still need another master key. A key that no row needs can be removed from the configuration.")
    public Uni<MasterKeyRotation.State> get() {
        return rotation.state();
    }

    @POST
    @Path("/rotation")
    @Requires(Permission.PLATFORM_WRITE)
    @Operation(
            operationId = "rotateSecretKeys",
            summary = "Encrypt all secrets with the current master key",
            description =
                    "Starts a background task that encrypts every stored secret with the current key. A second start during the task changes nothing. `getSecretKeys` returns the progress.")
    @APIResponse(
            responseCode = "202",
            description = "Started",
            content = @Content(schema = @Schema(implementation = MasterKeyRotation.State.class)))
    public Uni<RestResponse<MasterKeyRotation.State>> rotate(@BeanParam IdempotencyKey key) {
        return rotation.begin(keys.once(key, null, state -> RestResponse.status(RestResponse.Status.ACCEPTED, state)));
    }
}
