package dev.comuta.provider.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.comuta.media.MediaRef;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.InboundMessage.DeliveryId;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentType;
import dev.comuta.message.content.MessageContext;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A WhatsApp message as a gateway sends it, with optional fields. Unknown fields are ignored. */
@JsonIgnoreProperties(ignoreUnknown = true)
@Schema(
        name = "GatewayMessage",
        description = "A message in the form of the Gateway provider. Unknown fields are ignored.")
record GatewayMessage(
        @Schema(
                required = true,
                description =
                        "Phone number of the sender with its country code, with or without `+`: the end user in a message "
                                + "to Comuta, the channel in a message from Comuta, which has the `+`",
                examples = "+5511998765432")
        String from,

        @Schema(
                required = true,
                description =
                        "Phone number of the recipient with its country code, with or without `+`: the channel in a "
                                + "message to Comuta; in a message from Comuta the number from which the end user wrote "
                                + "last, with `+` and the digits that were received",
                examples = "+5511999999999")
        String to,

        @Schema(
                description = "Text, at most 65536 characters; required without `media`",
                examples = "Quais imóveis estão disponíveis no bairro X?")
        String message,

        @Schema(
                description = "The gateway's own id of the message, at most 255 characters. Without it, the header "
                        + "`webhook-id` is the id. A second delivery with the same id changes nothing.")
        String messageId,

        @Schema(description = "A file that belongs to the message")
        Media media) {

    /** Name of the security scheme in the API description. */
    static final String SIGNATURE_SCHEME = "standardWebhooks";

    private static final int MAX_TEXT = 65_536;
    private static final int MAX_ID = 255;

    /** A file that belongs to the message. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @Schema(name = "GatewayMedia", description = "A file that belongs to a message.")
    record Media(
            @Schema(required = true, description = "URL of the file", examples = "https://gateway.example.com/media/1")
            String url,

            @Schema(
                    required = true,
                    description = "MIME type of the file; its first part decides the content type of the message",
                    examples = "audio/ogg")
            String contentType) {}

    /**
     * The message in the form that the room {@code message} stores. Fails with a problem that names an invalid field.
     *
     * @param webhookId the {@code webhook-id} of the delivery; the id of the message when the body has none
     */
    InboundMessage toInbound(long channelId, String webhookId) {
        PhoneNumber sender = PhoneNumber.received(from);
        if (sender == null) {
            throw Problem.invalid(
                    "from", from == null ? "is required" : "must be a phone number with its country code");
        }
        String id = messageId == null ? webhookId : messageId;
        if (id.isBlank() || id.length() > MAX_ID) {
            throw Problem.invalid("messageId", "must have 1 to " + MAX_ID + " characters");
        }
        return new InboundMessage(
                channelId,
                Contact.of(sender, null),
                new DeliveryId(GatewayProvider.GATEWAY, id, id),
                content(),
                MessageContext.NONE,
                null,
                null);
    }

    private String text() {
        if (message == null ? media == null : message.isBlank()) {
            throw Problem.invalid("message", "must not be empty");
        }
        if (message != null && message.length() > MAX_TEXT) {
            throw Problem.invalid("message", "must have at most " + MAX_TEXT + " characters");
        }
        return message;
    }

    private Content content() {
        String text = text();
        if (media == null) {
            return new Content.Text(text);
        }
        if (media.url() == null || media.contentType() == null) {
            throw Problem.invalid("media", "must have url and contentType");
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
