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
@Tag(name = "Sign-in")
public class SignInResource {

    private final SignIn signIn;

    SignInResource(SignIn signIn) {
        this.signIn = signIn;
    }

    /** Who wants to sign in. */
    @Schema(name = "SignInLinkFields", description = "Address for a sign-in link.")
    public record LinkFields(
            @NotBlank
            @Email
            @Size(max = 320)
            @Schema(description = "E-mail address of the internal user", examples = "joao@imobiliariaxpto.com")
            String email) {}

    /** The token that came by mail. */
    @Schema(name = "SignInFields", description = "Proof that the caller received the sign-in mail.")
    public record TokenFields(
            @NotBlank
            @Size(max = 100)
            @Schema(
                    description = "Token of the link in the mail. It can be used once, within 15 minutes.",
                    examples = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")
            String token) {}

    /** Who signed in. */
    @Schema(name = "SignedIn", description = "The key of an internal user who signed in.")
    public record SignedIn(
            long clientId,

            @Schema(description = "Internal user who signed in")
            long userId,

            @Schema(description = "Id of the new API key") long apiKeyId,

            @Schema(
                    description =
                            "The key itself, sent as `Authorization: Bearer <key>`. It is returned only once, in this response.",
                    examples = "cmt_k3v9x2ab_47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")
            String key,

            @Schema(description = "When the key expires") Instant expiresAt) {}

    @POST
    @Path("/links")
    @SecurityRequirements
    @Requires(Permission.OPEN)
    @Operation(
            operationId = "requestSignInLink",
            summary = "Request a sign-in link",
            description =
                    "Sends a mail with a link to the internal user who has this address. The response is the same whether or not somebody has it. The link works once, within 15 minutes. A user gets at most three links in 15 minutes; further requests send nothing.")
    @APIResponse(responseCode = "202", description = "Accepted. If somebody has this address, a mail is on its way.")
    public Uni<RestResponse<Void>> request(@NotNull @Valid LinkFields fields) {
        return signIn.request(fields.email()).replaceWith(RestResponse.accepted());
    }

    @POST
    @Path("/keys")
    @SecurityRequirements
    @Requires(Permission.OPEN)
    @Operation(
            operationId = "signIn",
            summary = "Exchange a sign-in token for an API key",
            description =
                    "Returns a key of the internal user, valid for twelve hours. The key is returned only once, in this response. A token that was used or is older than 15 minutes is refused with 401: request another link.")
    @APIResponse(
            responseCode = "201",
            description = "Signed in",
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
