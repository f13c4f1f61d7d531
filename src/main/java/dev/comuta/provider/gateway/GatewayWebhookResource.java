package dev.comuta.provider.gateway;

import dev.comuta.platform.rest.Deadline;
import dev.comuta.platform.security.Permission;
import dev.comuta.platform.security.Requires;
import dev.comuta.platform.webhook.StandardWebhook;
import dev.comuta.provider.gateway.GatewayWebhook.Accepted;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeIn;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Messages from gateways: describes {@link GatewayWebhook}, and takes requests that do not come in the plain form. */
@Path(GatewayWebhookResource.PATH)
@Tag(name = "Webhooks", description = "What providers deliver; each proves its origin by a signature")
@SecurityScheme(
        securitySchemeName = GatewayWebhookResource.SIGNATURE_SCHEME,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.HEADER,
        apiKeyName = StandardWebhook.SIGNATURE,
        description =
                "HMAC-SHA256 with the channel's webhookSecret over webhook-id, webhook-timestamp and the raw body, "
                        + "as the Standard Webhooks specification says")
class GatewayWebhookResource {

    static final String SIGNATURE_SCHEME = "standardWebhooks";

    static final String PATH = "/webhooks/whatsapp";

    private final GatewayWebhook webhook;
    private final GatewayConfig config;

    GatewayWebhookResource(GatewayWebhook webhook, GatewayConfig config) {
        this.webhook = webhook;
        this.config = config;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @SecurityRequirement(name = GatewayWebhookResource.SIGNATURE_SCHEME)
    @Requires(Permission.OPEN)
    @Operation(
            operationId = "receiveWhatsAppMessage",
            summary = "Receive a WhatsApp message from a gateway",
            description = "Signed by the Standard Webhooks specification. 200 means that the message is stored; "
                    + "a repeated delivery changes nothing and is answered with 200 as well.")
    @APIResponse(responseCode = "200", description = "Stored, now or before")
    @APIResponse(responseCode = "400", description = "Signed, but not a message")
    @APIResponse(responseCode = "401", description = "Not signed by the owner of the channel")
    @APIResponse(responseCode = "503", description = "Not stored; send again")
    public Uni<Accepted> receive(
            @HeaderParam(StandardWebhook.ID) String id,
            @HeaderParam(StandardWebhook.TIMESTAMP) String timestamp,
            @Parameter(hidden = true) @HeaderParam(StandardWebhook.SIGNATURE) String signature,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = GatewayMessage.class)))
                    byte[] body) {
        return webhook.receive(new StandardWebhook.Headers(id, timestamp, signature), body)
                .plug(Deadline.of(config.webhookTimeLimit()));
    }
}
