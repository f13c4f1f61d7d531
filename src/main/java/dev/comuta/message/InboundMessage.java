package dev.comuta.message;

import dev.comuta.channel.Provider;
import dev.comuta.platform.rest.PhoneNumber;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * One message as a provider delivered it, verified and parsed.
 *
 * @param channelId the channel it came in by; the tenant is the one that owns it
 * @param contact who wrote it
 * @param deliveryId what makes two deliveries the same message
 * @param raw the JSON of the provider; may be null
 * @param providerTime when the provider says that it was written; may be null
 */
public record InboundMessage(
        long channelId, Contact contact, DeliveryId deliveryId, Content content, JsonObject raw, Instant providerTime) {

    /**
     * Who wrote a message.
     *
     * @param kind 'phone', or the provider's own kind of id
     * @param key one spelling for one person
     * @param phone the number to answer to, as received; may be null
     * @param name what the provider calls the person; may be null
     */
    public record Contact(String kind, String key, String phone, String name) {

        /** Somebody known by telephone number. */
        public static Contact of(PhoneNumber phone) {
            return new Contact("phone", phone.identityKey(), phone.e164(), null);
        }
    }

    /**
     * The name of a delivery.
     *
     * @param provider whose ids these are
     * @param id unique among the provider's messages
     * @param messageId the provider's own id, to be quoted back to it; may be null
     */
    public record DeliveryId(Provider provider, String id, String messageId) {}

    JsonObject toJson() {
        return new JsonObject()
                .put("channel", channelId)
                .put("contactKind", contact.kind())
                .put("contact", contact.key())
                .put("phone", contact.phone())
                .put("contactName", contact.name())
                .put("provider", deliveryId.provider().stored())
                .put("providerId", deliveryId.id())
                .put("contentType", content.contentType())
                .put("content", content.readableText())
                .put("contentData", content.data())
                .put("payload", raw)
                .put("providerMessageId", deliveryId.messageId())
                .put("providerTime", providerTime);
    }
}
