package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Twilio's form of a received WhatsApp message. Twilio does not deliver reactions. */
final class TwilioLine implements PhoneLine {

    private static final String BODY = "Body";

    private final PhoneFiles files;
    private final TwilioFiles media;
    private final Supplier<URI> sandbox;

    TwilioLine(PhoneFiles files, TwilioFiles media, Supplier<URI> sandbox) {
        this.files = files;
        this.media = media;
        this.sandbox = sandbox;
    }

    @Override
    public HttpRequest.Builder webhook(URI server, PhoneChannel channel, PhoneMessage message, PhoneMessage target) {
        URI url = server.resolve("/webhooks/twilio/messages");
        Map<String, String> form = envelope(channel, message);
        putContent(form, channel, message);
        if (target != null) {
            form.put("OriginalRepliedMessageSid", target.providerId());
            form.put("OriginalRepliedMessageSender", "whatsapp:" + target.from());
        }
        return HttpRequest.newBuilder(url)
                .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
                .header("x-twilio-signature", TwilioSignature.of(channel.secret(), url.toString(), form))
                .POST(HttpRequest.BodyPublishers.ofString(TwilioSignature.encoded(form)));
    }

    private static Map<String, String> envelope(PhoneChannel channel, PhoneMessage message) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("SmsMessageSid", message.providerId());
        form.put("MessageSid", message.providerId());
        form.put("SmsSid", message.providerId());
        form.put("AccountSid", channel.account());
        form.put("ProfileName", "Cliente do telefone");
        form.put("WaId", message.from().replace("+", ""));
        form.put("From", "whatsapp:" + message.from());
        form.put("To", "whatsapp:" + message.to());
        form.put("SmsStatus", "received");
        form.put("NumSegments", "1");
        form.put("NumMedia", "0");
        form.put(BODY, message.message());
        form.put("ApiVersion", "2010-04-01");
        return form;
    }

    private void putContent(Map<String, String> form, PhoneChannel channel, PhoneMessage message) {
        JsonNode content = message.content();
        String type = PhoneContent.typeOf(content);
        form.put("MessageType", type.equals("choice") ? "button" : type);
        switch (type) {
            case "text" -> {
                // the body is all
            }
            case "image", "audio", "video", "document", "sticker" -> {
                StoredFile file = files.find(content.path("file").path("id").asText())
                        .orElseThrow(() -> new NotCarried("O arquivo não está mais no telefone."));
                putFile(form, channel, message, file);
            }
            case "location" -> {
                form.put("Latitude", content.path("latitude").asText());
                form.put("Longitude", content.path("longitude").asText());
                putPresent(form, "Label", content.path("name").asText());
                putPresent(form, "Address", content.path("address").asText());
            }
            case "contacts" ->
                putFile(form, channel, message, card(content.path("contacts").path(0)));
            case "choice" -> choice(form, content);
            default -> throw new NotCarried("A Twilio não entrega este tipo de mensagem.");
        }
    }

    private void putFile(Map<String, String> form, PhoneChannel channel, PhoneMessage message, StoredFile file) {
        form.put("NumMedia", "1");
        form.put("MediaContentType0", file.mimeType());
        form.put("MediaUrl0", sandbox.get() + media.publish(channel.account(), message.providerId(), file.id()));
    }

    private StoredFile card(JsonNode contact) {
        String name = contact.path("name").asText();
        StringBuilder card = new StringBuilder("BEGIN:VCARD\nVERSION:3.0\nFN:" + name + "\n");
        contact.path("phones")
                .forEach(phone ->
                        card.append("TEL;TYPE=CELL:").append(phone.asText()).append('\n'));
        return files.add(Buffer.buffer(card + "END:VCARD\n"), "text/vcard", name + ".vcf");
    }

    private static void choice(Map<String, String> form, JsonNode chosen) {
        String title = chosen.path("title").asText();
        form.put(BODY, title);
        if (chosen.path("kind").asText().equals("list")) {
            form.put("ListId", chosen.path("id").asText());
            form.put("ListTitle", title);
        } else {
            form.put("ButtonPayload", chosen.path("id").asText());
            form.put("ButtonText", title);
        }
    }

    private static void putPresent(Map<String, String> form, String field, String value) {
        if (!value.isEmpty()) {
            form.put(field, value);
        }
    }
}
