package dev.comuta.provider.twilio;

import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.InboundMessage.DeliveryId;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageContext;
import dev.comuta.message.content.Referral;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A received WhatsApp message, as a form of Twilio ("Twilio's request to your incoming message webhook URL"). */
record TwilioMessage(TwilioForm form) {

    /** The fields of a message, for the API's description. */
    static final String EXAMPLE = """
            {"MessageSid": "SM0123456789abcdef0123456789abcdef", "AccountSid": "AC0123456789abcdef0123456789abcdef",
             "From": "whatsapp:+5511998765432", "To": "whatsapp:+5511999999999", "ProfileName": "Maria",
             "NumMedia": "0", "Body": "Quais imóveis estão disponíveis no bairro X?"}""";

    private static final String WHATSAPP = "whatsapp:";
    private static final String BODY = "Body";
    private static final int MAX_ID = 255;

    /** WhatsApp's id of a person who hides the number: a country code and an opaque text. */
    private static final Pattern BSUID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9.]{1,128}");

    /** {@return a WhatsApp address without its scheme, or null when the text is missing or is no WhatsApp address} */
    static String withoutScheme(String address) {
        return address == null || !address.startsWith(WHATSAPP) ? null : address.substring(WHATSAPP.length());
    }

    /** A WhatsApp address with the scheme that Twilio requires. */
    static String withScheme(String address) {
        return WHATSAPP + address;
    }

    /** The telephone number of a WhatsApp address, as received; null when it has none. */
    static PhoneNumber numberIn(String address) {
        return PhoneNumber.received(withoutScheme(address));
    }

    /**
     * The message in the form that the room {@code message} stores: one message for each of its files, or one without a
     * file. Fails with a problem that names an invalid field.
     */
    List<InboundMessage> toInbound(long channelId) {
        return toInbound(channelId, null);
    }

    /** @param sentAt the time of sending; null when it is not known, as in a webhook */
    List<InboundMessage> toInbound(long channelId, Instant sentAt) {
        String sid = form.get("MessageSid");
        if (sid == null || sid.length() > MAX_ID) {
            throw Problem.invalid("MessageSid", "must have 1 to " + MAX_ID + " characters");
        }
        Contact contact = contact();
        MessageContext context = context();
        JsonObject raw = raw();
        List<Content> contents = TwilioContent.read(form);
        return IntStream.range(0, contents.size())
                .mapToObj(no -> new InboundMessage(
                        channelId,
                        contact,
                        new DeliveryId(TwilioProvider.TWILIO, no == 0 ? sid : sid + "/" + no, sid),
                        contents.get(no),
                        context,
                        raw,
                        sentAt))
                .toList();
    }

    /** {@return WhatsApp's own id of the sender, or null when Twilio gives none} */
    String userId() {
        String id = withoutScheme(form.get("ExternalUserId"));
        return id != null && BSUID.matcher(id).matches() ? id : null;
    }

    private Contact contact() {
        String address = withoutScheme(form.get("From"));
        if (address == null || address.isBlank() || address.length() > MAX_ID) {
            throw Problem.invalid("From", "must be a WhatsApp address");
        }
        String name = form.get("ProfileName");
        PhoneNumber number = PhoneNumber.received(address);
        return number == null ? Contact.ofUserId(address, name) : Contact.of(number, name);
    }

    private MessageContext context() {
        boolean forwarded = "true".equals(form.get("Forwarded")) || "true".equals(form.get("FrequentlyForwarded"));
        return new MessageContext(form.get("OriginalRepliedMessageSid"), forwarded, null, referral());
    }

    private Referral referral() {
        Referral referral = new Referral(
                form.get("ReferralSourceId"),
                form.get("ReferralSourceType"),
                form.get("ReferralSourceUrl"),
                form.get("ReferralHeadline"),
                form.get("ReferralBody"),
                form.get("ReferralCtwaClid"));
        return referral.equals(Referral.NONE) ? null : referral;
    }

    private JsonObject raw() {
        JsonObject raw = new JsonObject();
        form.forEach((name, values) -> {
            if (!name.equals(BODY)) {
                List<String> storable = values.stream().map(StorableText::of).toList();
                raw.put(StorableText.of(name), storable.size() == 1 ? storable.getFirst() : new JsonArray(storable));
            }
        });
        return raw;
    }
}
