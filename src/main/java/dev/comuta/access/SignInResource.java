package dev.comuta.access;

import dev.comuta.platform.rest.EmailAddress;
import dev.comuta.platform.rest.OneLine;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
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

/** Sign-in by a mailed link. It requires no API key, because the caller does not have one yet. */
@Path("/sign-in")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Sign-in")
public class SignInResource {

    private final SignIn signIn;

    SignInResource(SignIn signIn) {
        this.signIn = signIn;
    }

    /** The address to which a sign-in link is mailed. */
    @Schema(name = "SignInLinkFields", description = "The address to which a sign-in link is mailed.")
    public record LinkFields(
            @OneLine
            @NotBlank
            @EmailAddress
            @Size(max = 320)
            @Schema(description = "E-mail address of the internal user", examples = "joao@imobiliariaxpto.com")
            String email) {}

    /** The token of a mailed link. */
    @Schema(
            name = "SignInFields",
            description = "The token of a mailed link, which proves that the caller received the mail.")
    public record TokenFields(
            @OneLine
            @NotBlank
            @Size(max = 100)
            @Schema(
                    description = "Token of the link, valid once and for 15 minutes",
                    examples = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU")
            String token) {}

    /** The new API key of a user who signed in. */
    @Schema(name = "SignedIn", description = "The new API key of an internal user who signed in.")
    public record SignedIn(
            long clientId,

            @Schema(description = "Internal user who signed in")
            long userId,

            @Schema(description = "Id of the new API key") long apiKeyId,

            @Schema(
                    description =
                            "The key itself. Send it as `Authorization: Bearer <key>`. It is returned only once, in this response.",
                    examples = "cmt_k3v9x2ab_47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFUq3ZB8xWk")
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
                    "Mails a link to the active internal users who have this address, one per company. The response does not reveal whether the address is known. A link can be used once, within 15 minutes. A user gets at most three links in 15 minutes; further requests send nothing.")
    @APIResponse(responseCode = "202", description = "Accepted. If the address is known, a link is mailed.")
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
                    "Returns a key of the internal user, valid for twelve hours. The key is returned only once, in this response. A token that was used or is older than 15 minutes is rejected (401): request a new link.")
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
