package dev.comuta.provider.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.channel.Channels;
import dev.comuta.conversation.InboundMessage;
import dev.comuta.conversation.InboundMessages;
import dev.comuta.conversation.Received;
import dev.comuta.platform.Deadline;
import dev.comuta.platform.OutsideJson;
import dev.comuta.platform.Permission;
import dev.comuta.platform.PhoneNumber;
import dev.comuta.platform.Problem;
import dev.comuta.platform.ProblemType;
import dev.comuta.platform.Requires;
import dev.comuta.platform.StandardWebhook;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
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

/** Messages from gateways. The signature is checked on the raw bytes, before anything in them counts. */
@Path("/webhooks/whatsapp")
@Tag(name = "Webhooks", description = "What providers deliver; each proves its origin by a signature")
@SecurityScheme(
        securitySchemeName = GatewayWebhookResource.SIGNATURE_SCHEME,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.HEADER,
        apiKeyName = StandardWebhook.SIGNATURE,
        description =
                "HMAC-SHA256 with the channel's webhookSecret over webhook-id, webhook-timestamp and the raw body, "
                        + "as the Standard Webhooks specification says")
public class GatewayWebhookResource {

    static final String SIGNATURE_SCHEME = "standardWebhooks";

    private static final String CHANNEL_TYPE = "WhatsApp";

    private final Channels channels;
    private final InboundMessages inbound;
    private final ObjectMapper json;
    private final GatewayConfig config;
    private final Clock clock;

    GatewayWebhookResource(
            Channels channels, InboundMessages inbound, ObjectMapper json, GatewayConfig config, Clock clock) {
        this.channels = channels;
        this.inbound = inbound;
        this.json = OutsideJson.limited(json);
        this.config = config;
        this.clock = clock;
    }

    /**
     * What became of a message.
     *
     * @param duplicate whether it had been stored before; then the ids are absent
     */
    @Schema(name = "MessageAccepted")
    public record Accepted(Long sessionId, Long messageId, boolean duplicate) {}

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
        StandardWebhook.Headers headers = new StandardWebhook.Headers(id, timestamp, signature);
        return findChannel(body)
                .invoke(route -> verify(route, headers, body))
                .map(route -> read(body).toInbound(route.channelId(), id))
                .chain(this::store)
                .plug(Deadline.of(config.webhookTimeLimit()));
    }

    private Uni<ChannelRoute> findChannel(byte[] body) {
        String number = peekAtRecipient(body);
        return number == null ? Uni.createFrom().nullItem() : channels.findRoute(CHANNEL_TYPE, number);
    }

    /** Reads one field, only to learn whose secret applies; null when there is none to be read. */
    private String peekAtRecipient(byte[] body) {
        try {
            JsonNode to = json.readTree(body).path("to");
            return to.isTextual() ? PhoneNumber.parse("to", to.textValue()).e164() : null;
        } catch (IOException | Problem unreadable) {
            return null;
        }
    }

    private void verify(ChannelRoute route, StandardWebhook.Headers headers, byte[] body) {
        List<String> secrets = route == null ? List.of() : route.webhookSecrets();
        if (!StandardWebhook.verifies(secrets, headers, body, clock.instant())) {
            throw Problem.of(ProblemType.UNAUTHENTICATED, "The webhook signature does not match");
        }
    }

    private GatewayMessage read(byte[] body) {
        try {
            return json.readValue(body, GatewayMessage.class);
        } catch (IOException notAMessage) {
            throw Problem.invalid("body", "is not a message: every field must have the documented type");
        }
    }

    private Uni<Accepted> store(InboundMessage message) {
        return inbound.receive(List.of(message)).map(received -> accepted(received.getFirst()));
    }

    private static Accepted accepted(Received received) {
        return switch (received.outcome()) {
            case ACCEPTED -> new Accepted(received.sessionId(), received.messageId(), false);
            case DUPLICATE -> new Accepted(null, null, true);
            case UNKNOWN -> throw Problem.of(ProblemType.UNAUTHENTICATED, "The webhook signature does not match");
        };
    }
}
