package dev.comuta.provider.twilio;

import dev.comuta.message.ContentType;
import dev.comuta.message.InboundMessage;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.InboundMessage.DeliveryId;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** An incoming WhatsApp message as Twilio describes it ("Twilio's request to your incoming message webhook URL"). */
record TwilioMessage(TwilioForm form) {

    static final String PROVIDER = "Twilio";

    private static final String WHATSAPP = "whatsapp:";
    private static final String BODY = "Body";
    private static final int MAX_ID = 255;

    /** How contacts arrive: as a card, perhaps with parameters. */
    private static final Pattern VCARD = Pattern.compile("text/(x-)?vcard\\s*(;.*)?");

    /** How WhatsApp names somebody who hides the number: country and an opaque id. */
    private static final Pattern BSUID = Pattern.compile("[A-Z]{2}\\.[A-Za-z0-9.]{1,128}");

    /** A WhatsApp address without its scheme; null when the text is missing or is no WhatsApp address. */
    static String withoutScheme(String address) {
        return address == null || !address.startsWith(WHATSAPP) ? null : address.substring(WHATSAPP.length());
    }

    /** As WhatsApp addresses are written to Twilio. */
    static String withScheme(String address) {
        return WHATSAPP + address;
    }

    /** The telephone number in a WhatsApp address in E.164; null when there is none. */
    static String numberIn(String address) {
        try {
            String number = withoutScheme(address);
            return number == null ? null : PhoneNumber.parse("To", number).e164();
        } catch (Problem notANumber) {
            return null;
        }
    }

    /** As conversation takes it. Fails with a problem that names the field. */
    InboundMessage toInbound(long channelId) {
        String sid = form.get("MessageSid");
        if (sid == null || sid.length() > MAX_ID || sid.indexOf('\0') >= 0) {
            throw Problem.invalid("MessageSid", "must have 1 to " + MAX_ID + " characters");
        }
        return new InboundMessage(
                channelId, contact(), new DeliveryId(PROVIDER, sid, sid), contentType(), text(), payload(), null);
    }

    /** WhatsApp's own id of the writer; null when Twilio tells none. */
    String userId() {
        String id = withoutScheme(form.get("ExternalUserId"));
        return id != null && BSUID.matcher(id).matches() ? id : null;
    }

    private Contact contact() {
        String address = storable(withoutScheme(form.get("From")));
        if (address == null) {
            throw Problem.invalid("From", "must be a WhatsApp address");
        }
        String name = storable(form.get("ProfileName"));
        if (BSUID.matcher(address).matches()) {
            return new Contact("bsuid", address, null, name);
        }
        try {
            PhoneNumber number = PhoneNumber.parse("From", address);
            return new Contact("phone", number.identityKey(), number.e164(), name);
        } catch (Problem unusual) {
            return new Contact("whatsapp", address, address, name);
        }
    }

    private String text() {
        String body = form.get(BODY);
        return storable(body == null ? form.get("ButtonText") : body);
    }

    private ContentType contentType() {
        String media = form.get("MediaContentType0");
        if (media != null) {
            return ofMedia(media.toLowerCase(Locale.ROOT));
        }
        if (form.get("Latitude") != null && form.get("Longitude") != null) {
            return ContentType.LOCATION;
        }
        return text() == null ? ContentType.UNKNOWN : ContentType.TEXT;
    }

    private static ContentType ofMedia(String type) {
        if (VCARD.matcher(type).matches()) {
            return ContentType.CONTACT;
        }
        return switch (type.replaceFirst("/.*", "")) {
            case "audio" -> ContentType.AUDIO;
            case "image" -> ContentType.IMAGE;
            case "video" -> ContentType.VIDEO;
            case "application", "text" -> ContentType.DOCUMENT;
            default -> ContentType.UNKNOWN;
        };
    }

    private JsonObject payload() {
        JsonObject payload = new JsonObject();
        form.forEach((name, values) -> {
            if (!name.equals(BODY)) {
                List<String> stored =
                        values.stream().map(TwilioMessage::storable).toList();
                payload.put(storable(name), stored.size() == 1 ? stored.getFirst() : new JsonArray(stored));
            }
        });
        return payload;
    }

    /** PostgreSQL's text holds every character but one. */
    private static String storable(String text) {
        return text == null ? null : text.replace('\0', '\uFFFD');
    }
}
