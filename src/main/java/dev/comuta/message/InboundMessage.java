package dev.comuta.message;

import dev.comuta.channel.Provider;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageContext;
import dev.comuta.message.content.Notice;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.rest.PhoneNumber;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One message as a provider delivered it, verified and parsed. It is of an end user, or of a person of the company who
 * wrote it with the telephone's own application.
 *
 * @param sender the end user, or an internal user
 * @param channelId the channel on which it arrived; the owner of the channel is the tenant
 * @param contact the end user of the conversation
 * @param deliveryId two deliveries with the same id are the same message
 * @param context what the message refers to
 * @param raw the provider's own JSON; may be null
 * @param providerTime time of the message according to the provider; may be null
 * @param past whether it was written before the number was connected: nobody answers it, and it has no effect but to be
 *     read
 */
public record InboundMessage(
        SenderType sender,
        long channelId,
        Contact contact,
        DeliveryId deliveryId,
        Content content,
        MessageContext context,
        JsonObject raw,
        Instant providerTime,
        boolean past) {

    private static final Duration WINDOW = Duration.ofHours(24);
    private static final Duration WINDOW_AFTER_AD = Duration.ofDays(3);

    /** A message that was written now. */
    public InboundMessage(
            SenderType sender,
            long channelId,
            Contact contact,
            DeliveryId deliveryId,
            Content content,
            MessageContext context,
            JsonObject raw,
            Instant providerTime) {
        this(sender, channelId, contact, deliveryId, content, context, raw, providerTime, false);
    }

    /** A message of an end user. */
    public InboundMessage(
            long channelId,
            Contact contact,
            DeliveryId deliveryId,
            Content content,
            MessageContext context,
            JsonObject raw,
            Instant providerTime) {
        this(SenderType.END_USER, channelId, contact, deliveryId, content, context, raw, providerTime);
    }

    /**
     * The end user of a conversation.
     *
     * @param kind 'phone', or 'bsuid' for WhatsApp's own id of a person
     * @param key {@link PhoneNumber#identityKey}, or the id; by it the end user is found
     * @param phone the phone number to reply to, as received; null for a sender without one
     * @param name the person's name according to the provider: one line, at most 200 characters, not blank; may be null
     */
    public record Contact(String kind, String key, String phone, String name) {

        private static final int MAX_NAME = 200;

        /** Characters that show nothing; some people have a name of them only. */
        private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{C}\u115F\u1160\u2800\u3164\uFFA0]*");

        private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");

        /** A sender, whose name is brought into its form. */
        public Contact {
            name = readable(name);
        }

        /** A sender who is identified by a phone number. */
        public static Contact of(PhoneNumber phone, String name) {
            return new Contact("phone", phone.identityKey(), phone.e164(), name);
        }

        /** A sender who is identified by WhatsApp's own id, because the number is hidden. */
        public static Contact ofUserId(String userId, String name) {
            return new Contact("bsuid", userId, null, name);
        }

        private static String readable(String name) {
            return name == null || INVISIBLE.matcher(name).matches()
                    ? null
                    : StorableText.cut(BREAKS.matcher(name).replaceAll(" ").strip(), MAX_NAME);
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

    /** Whether an assistant answers it, or its writer takes the session over. */
    boolean asksForAnswer() {
        return !past && (sender == SenderType.USER || content.asksForAnswer());
    }

    /**
     * The time for which free texts may be sent to its writer after it. A notice of the provider gives none, and a message
     * in a group none either, because it opens no window to its writer.
     */
    Duration window() {
        if (past || sender != SenderType.END_USER || content instanceof Notice || context.groupId() != null) {
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
                .put("sender", sender.stored())
                .put("asksForAnswer", asksForAnswer())
                .put("windowHours", window().toHours())
                .put("payload", raw)
                .put("providerMessageId", deliveryId.messageId())
                .put("providerTime", providerTime);
    }
}
