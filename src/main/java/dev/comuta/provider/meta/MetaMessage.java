package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.InboundMessage.DeliveryId;
import dev.comuta.message.SenderType;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageContext;
import dev.comuta.message.content.Notice;
import dev.comuta.message.content.Referral;
import dev.comuta.platform.rest.PhoneNumber;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A message of any type: of an end user, or an echo of one that a person wrote with the telephone's own application.
 *
 * @param sender the end user, or an internal user for an echo
 * @param phoneNumberId Meta's id of the number that received it
 * @param userId Meta's own id of the sender; null when Meta gives none
 * @param id the wamid
 * @param context what the message refers to
 * @param raw the message as received
 * @param time the time of sending; null when Meta gives none
 * @param past whether it was written before the number was connected
 */
record MetaMessage(
        SenderType sender,
        String phoneNumberId,
        Contact contact,
        String userId,
        String id,
        Content content,
        MessageContext context,
        JsonObject raw,
        Instant time,
        boolean past) {

    /** A webhook with one message, for the API's description. */
    static final String EXAMPLE = """
            {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{
              "field": "messages", "value": {"messaging_product": "whatsapp",
                "metadata": {"display_phone_number": "5511999999999", "phone_number_id": "106540352242922"},
                "contacts": [{"profile": {"name": "Maria"}, "wa_id": "5511998765432"}],
                "messages": [{"from": "5511998765432", "id": "wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRB",
                  "timestamp": "1749416383", "type": "text",
                  "text": {"body": "Quais imóveis estão disponíveis no bairro X?"}}]}}]}]}""";

    private static final int MAX_ID = 255;
    private static final long MAX_SECONDS = 32_503_680_000L;

    /**
     * Reads one message.
     *
     * @param contacts the contacts of the same change; may be missing, or in another order
     * @param sender an internal user for an echo
     * @return null when the message cannot be stored, or its id or sender is missing or invalid
     */
    static MetaMessage read(SenderType sender, String phoneNumberId, JsonNode message, JsonNode contacts) {
        String id = message.path("id").asText("");
        Ends ends = Ends.of(sender, message);
        Contact contact = contact(ends, contacts);
        if (id.isBlank()
                || id.length() > MAX_ID
                || contact == null
                || contact.key().length() > MAX_ID) {
            return null;
        }
        try {
            JsonObject raw = new JsonObject(message.toString());
            return new MetaMessage(
                    sender,
                    phoneNumberId,
                    contact,
                    userId(ends, contacts),
                    id,
                    MetaContent.read(message),
                    context(message),
                    raw,
                    time(message),
                    false);
        } catch (DecodeException notStorable) {
            return null;
        }
    }

    /** The same as a message that was written before the number was connected. */
    MetaMessage asPast() {
        return new MetaMessage(sender, phoneNumberId, contact, userId, id, content, context, raw, time, true);
    }

    /** The new number of a sender who changed it; null when the message reports no change. */
    PhoneNumber newNumber() {
        return !past
                        && raw.getValue("system") instanceof JsonObject system
                        && content instanceof Notice(String notice, String text)
                        && "user_changed_number".equals(notice)
                ? PhoneNumber.received(String.valueOf(system.getValue("wa_id", system.getValue("new_wa_id"))))
                : null;
    }

    /** The message in the form that the room {@code message} stores. */
    InboundMessage toInbound(long channelId) {
        DeliveryId deliveryId = new DeliveryId(MetaProvider.META, id, id);
        return new InboundMessage(sender, channelId, contact, deliveryId, content, context, raw, time, past);
    }

    private static MessageContext context(JsonNode message) {
        JsonNode context = message.path("context");
        boolean forwarded = context.path("forwarded").asBoolean()
                || context.path("frequently_forwarded").asBoolean();
        String groupId = firstText(message.path("group_id"), message.path("recipient_group_id"));
        return new MessageContext(
                firstText(context.path("id")), forwarded, groupId, referral(message.path("referral")));
    }

    private static Referral referral(JsonNode referral) {
        return referral.isMissingNode()
                ? null
                : new Referral(
                        firstText(referral.path("source_id")),
                        firstText(referral.path("source_type")),
                        firstText(referral.path("source_url")),
                        firstText(referral.path("headline")),
                        firstText(referral.path("body")),
                        firstText(referral.path("ctwa_clid")));
    }

    /**
     * The fields that name the end user of a message.
     *
     * @param phone the wa_id
     * @param user Meta's own id
     */
    private record Ends(JsonNode phone, JsonNode user) {

        static Ends of(SenderType sender, JsonNode message) {
            return sender == SenderType.END_USER
                    ? new Ends(message.path("from"), message.path("from_user_id"))
                    : new Ends(message.path("to"), message.path("to_user_id"));
        }
    }

    private static Contact contact(Ends ends, JsonNode contacts) {
        JsonNode profile = profile(ends, contacts);
        String phone = firstText(ends.phone(), profile.path("wa_id"));
        String user = firstText(ends.user(), profile.path("user_id"), ends.phone());
        String name = profile.path("profile").path("name").asText(null);
        PhoneNumber number = PhoneNumber.received(phone);
        if (number != null) {
            return Contact.of(number, name);
        }
        return user == null ? null : Contact.ofUserId(user, name);
    }

    private static String userId(Ends ends, JsonNode contacts) {
        String id = firstText(ends.user(), profile(ends, contacts).path("user_id"));
        return id == null || id.length() > MAX_ID ? null : id;
    }

    private static JsonNode profile(Ends ends, JsonNode contacts) {
        String phone = ends.phone().asText();
        String user = ends.user().asText();
        for (JsonNode contact : contacts) {
            if (isSame(phone, contact.path("wa_id")) || isSame(user, contact.path("user_id"))) {
                return contact;
            }
        }
        boolean hasNoSender = phone.isEmpty() && user.isEmpty();
        return contacts.path(hasNoSender && contacts.size() == 1 ? 0 : -1);
    }

    private static boolean isSame(String id, JsonNode other) {
        return !id.isEmpty() && id.equals(other.asText());
    }

    static String firstText(JsonNode... nodes) {
        return Stream.of(nodes)
                .map(node -> node.asText(""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse(null);
    }

    private static Instant time(JsonNode message) {
        long seconds = message.path("timestamp").asLong();
        return seconds > 0 && seconds < MAX_SECONDS ? Instant.ofEpochSecond(seconds) : null;
    }
}
