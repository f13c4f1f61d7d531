package dev.comuta.message;

import dev.comuta.channel.Provider;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageContext;
import dev.comuta.platform.rest.PhoneNumber;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * One message as a provider delivered it, verified and parsed.
 *
 * @param channelId the channel on which it arrived; the owner of the channel is the tenant
 * @param contact the sender
 * @param deliveryId two deliveries with the same id are the same message
 * @param context what the message refers to
 * @param raw the provider's own JSON; may be null
 * @param providerTime time of the message according to the provider; may be null
 */
public record InboundMessage(
        long channelId,
        Contact contact,
        DeliveryId deliveryId,
        Content content,
        MessageContext context,
        JsonObject raw,
        Instant providerTime) {

    private static final Duration WINDOW = Duration.ofHours(24);
    private static final Duration WINDOW_AFTER_AD = Duration.ofDays(3);

    /**
     * The sender of a message.
     *
     * @param kind 'phone', or the provider's own kind of id
     * @param key the phone number or id in one normalized spelling, by which the end user is found
     * @param phone the phone number to reply to, as received; may be null
     * @param name the person's name according to the provider; may be null
     */
    public record Contact(String kind, String key, String phone, String name) {

        /** A sender who is identified by a phone number. */
        public static Contact of(PhoneNumber phone) {
            return new Contact("phone", phone.identityKey(), phone.e164(), null);
        }
    }

    /**
     * The identity of a delivery on its channel.
     *
     * @param provider the provider that issued the ids
     * @param id unique among the provider's messages on one channel
     * @param messageId the provider's own id of the message, for later requests to the provider; may be null
     */
    public record DeliveryId(Provider provider, String id, String messageId) {}

    /** The time for which free texts may be sent after the message. A notice of the provider gives none. */
    Duration window() {
        if (content instanceof Content.Notice) {
            return Duration.ZERO;
        }
        boolean fromAd = context.referral() != null && context.referral().isAd();
        return fromAd ? WINDOW_AFTER_AD : WINDOW;
    }

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
                .put("context", context.toJson())
                .put("asksForAnswer", content.asksForAnswer())
                .put("windowHours", window().toHours())
                .put("payload", raw)
                .put("providerMessageId", deliveryId.messageId())
                .put("providerTime", providerTime);
    }
}
