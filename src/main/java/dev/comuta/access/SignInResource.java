package dev.comuta.access;

import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Signing in by a link in a mail: without a key, because one is what it is for. */
@Path("/sign-in")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-in", description = "How internal users come by a key of their own")
public class SignInResource {

    private final SignIn signIn;

    SignInResource(SignIn signIn) {
        this.signIn = signIn;
    }

    /** Who wants to sign in. */
    @Schema(name = "SignInLinkFields")
    public record LinkFields(
            @NotBlank @Email @Size(max = 320) @Schema(examples = "joao@imobiliariaxpto.com")
            String email) {}

    /** The token that came by mail. */
    @Schema(name = "SignInFields")
    public record TokenFields(
            @NotBlank @Size(max = 100) @Schema(examples = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")
            String token) {}

    /**
     * Who signed in.
     *
     * @param key to be sent as {@code Authorization: Bearer}, told only this once
     * @param expiresAt when it ends by itself
     */
    public record SignedIn(long clientId, long userId, long apiKeyId, String key, Instant expiresAt) {}

    @POST
    @Path("/links")
    @SecurityRequirements
    @Requires(Permission.OPEN)
    @Operation(
            operationId = "requestSignInLink",
            summary = "Have a link mailed; the answer is the same whether somebody has this address or not")
    @APIResponse(responseCode = "202", description = "If somebody has this address, a link is on its way")
    public Uni<RestResponse<Void>> request(@NotNull @Valid LinkFields fields) {
        return signIn.request(fields.email()).replaceWith(RestResponse.accepted());
    }

    @POST
    @Path("/keys")
    @SecurityRequirements
    @Requires(Permission.OPEN)
    @Operation(operationId = "signIn", summary = "Take the token of a link for a key that ends after twelve hours")
    @APIResponse(
            responseCode = "201",
            description = "Signed in; the answer is the only place that tells the key",
            content = @Content(schema = @Schema(implementation = SignedIn.class)))
    public Uni<RestResponse<SignedIn>> signIn(@NotNull @Valid TokenFields fields) {
        return signIn.exchange(fields.token()).map(SignInResource::answer);
    }

    private static RestResponse<SignedIn> answer(SignIn.SignedIn signedIn) {
        SignedIn answer = new SignedIn(
                signedIn.clientId(),
                signedIn.userId(),
                signedIn.key().apiKeyId(),
                signedIn.key().key(),
                signedIn.key().expiresAt());
        return RestResponse.ResponseBuilder.<SignedIn>create(RestResponse.Status.CREATED, answer)
                .build();
    }
}
