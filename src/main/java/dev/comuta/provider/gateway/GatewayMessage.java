package dev.comuta.provider.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.comuta.media.MediaRef;
import dev.comuta.message.Content;
import dev.comuta.message.ContentType;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.InboundMessage.DeliveryId;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The seed's WhatsApp body (scenario 2), with what a gateway may add. Fields that we do not know are ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(name = "GatewayMessage")
record GatewayMessage(
        @Schema(required = true, examples = "+5511998765432", description = "Number of the end user, E.164")
        String from,

        @Schema(required = true, examples = "+5511999999999", description = "Number of the channel, E.164")
        String to,

        @Schema(examples = "Quais imóveis estão disponíveis no bairro X?", description = "Text; required without media")
        String message,

        @Schema(description = "The gateway's own id of the message; without it webhook-id is taken")
        String messageId,

        Media media) {

    /** Name of the signature in the API's description. */
    static final String SIGNATURE_SCHEME = "standardWebhooks";

    private static final int MAX_TEXT = 65_536;
    private static final int MAX_ID = 255;

    /** A file that belongs to the message. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "GatewayMedia")
    record Media(
            @Schema(
                    required = true,
                    examples = "https://gateway.example.com/media/1",
                    description = "Where the file can be fetched")
            String url,

            @Schema(required = true, examples = "audio/ogg") String contentType) {}

    /**
     * As conversation takes it. Fails with a problem that names the field.
     *
     * @param webhookId of the delivery, the message's id when the body has none
     */
    InboundMessage toInbound(long channelId, String webhookId) {
        if (from == null) {
            throw Problem.invalid("from", "is required");
        }
        String id = messageId == null ? webhookId : messageId;
        if (id.isBlank() || id.length() > MAX_ID) {
            throw Problem.invalid("messageId", "must have 1 to " + MAX_ID + " characters");
        }
        return new InboundMessage(
                channelId,
                Contact.of(PhoneNumber.parse("from", from)),
                new DeliveryId(GatewayProvider.GATEWAY, channelId + ":" + id, id),
                content(),
                null,
                null);
    }

    private String text() {
        if (message == null ? media == null : message.isBlank()) {
            throw Problem.invalid("message", "must not be empty");
        }
        if (message != null && (message.length() > MAX_TEXT || message.indexOf('\0') >= 0)) {
            throw Problem.invalid("message", "must have at most " + MAX_TEXT + " characters and none of them NUL");
        }
        return message;
    }

    private Content content() {
        String text = text();
        if (media == null) {
            return new Content.Text(text);
        }
        if (media.url() == null || media.contentType() == null) {
            throw Problem.invalid("media", "needs url and contentType");
        }
        MediaRef file = new MediaRef(null, media.url(), media.contentType(), null, null);
        return switch (media.contentType().toLowerCase(Locale.ROOT).replaceFirst("/.*", "")) {
            case "audio" -> new Content.Media(ContentType.AUDIO.stored(), file, text);
            case "image" -> new Content.Media(ContentType.IMAGE.stored(), file, text);
            case "video" -> new Content.Media(ContentType.VIDEO.stored(), file, text);
            case "application", "text" -> new Content.Media(ContentType.DOCUMENT.stored(), file, text);
            default -> new Content.Unsupported(ContentType.UNKNOWN.stored(), text);
        };
    }
}
