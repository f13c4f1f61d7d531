package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * {@code POST /{phone_number_id}/messages}: checks a message as the Cloud API does, delivers it to the phone, and shows
 * which messages of the end user were read.
 */
final class MetaMessages {

    private static final int MAX_TEXT = 4096;
    private static final int MAX_CAPTION = 1024;

    private final PhoneMessages phones;
    private final PhoneFiles files;
    private final MetaTemplates templates;
    private final MetaLimits limits;
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    /** Gets the wamid and the error of a message that was accepted and cannot be delivered. */
    private final BiConsumer<String, MetaError> failed;

    MetaMessages(
            PhoneMessages phones,
            PhoneFiles files,
            MetaTemplates templates,
            MetaLimits limits,
            BiConsumer<String, MetaError> failed) {
        this.phones = phones;
        this.files = files;
        this.templates = templates;
        this.limits = limits;
        this.failed = failed;
    }

    /** An accepted message: the number that sent it, and its callback data. */
    record Sent(String numberId, String ourId) {}

    /** What is known of an accepted message. */
    Sent sent(String wamid) {
        return sent.getOrDefault(wamid, new Sent(MetaProvider.PHONE_NUMBER_ID, null));
    }

    /**
     * Answers a request.
     *
     * @param numberId the phone_number_id of the path
     * @param number its telephone number
     */
    void answer(Exchange exchange, String numberId, String number) {
        JsonNode message = Json.read(exchange.body());
        if (message.path("status").asText().equals("read")) {
            read(exchange, message.path("message_id").asText());
            return;
        }
        boolean byNumber = message.hasNonNull("to");
        String to = message.path(byNumber ? "to" : "recipient").asText();
        MetaError error = check(message, to);
        MetaError refusal = error == null ? limits.take(numberId, to) : limits.count(error);
        if (refusal != null) {
            refusal.answer(exchange);
            return;
        }
        String wamid = "wamid.SANDBOX" + last.incrementAndGet();
        sent.put(
                wamid,
                new Sent(numberId, message.path("biz_opaque_callback_data").asText()));
        boolean delivered =
                limits.isOpen(numberId, to) || message.path("type").asText().equals("template");
        if (delivered) {
            deliver(wamid, number, byNumber ? "+" + to.replace("+", "") : to, message);
        }
        exchange.answer(
                200,
                Map.of(
                        "messaging_product",
                        "whatsapp",
                        "contacts",
                        List.of(Map.of("input", to, byNumber ? "wa_id" : "user_id", to)),
                        "messages",
                        List.of(Map.of("id", wamid))));
        if (!delivered) {
            failed.accept(
                    wamid,
                    limits.count(new MetaError(
                            MetaError.OUTSIDE_WINDOW,
                            "Message failed to send because more than 24 hours have passed since the customer last"
                                    + " replied to this number.")));
        }
    }

    private void read(Exchange exchange, String wamid) {
        phones.findByProvider(wamid)
                .ifPresent(message -> phones.change(message.id(), one -> one.withProgress(PhoneMessage.Progress.READ)));
        exchange.answer(200, Map.of("success", true));
    }

    private void deliver(String wamid, String number, String person, JsonNode message) {
        boolean isTemplate = message.path("type").asText().equals("template");
        JsonNode template = message.path("template");
        ObjectNode content = isTemplate ? templates.shown(template) : MetaPhoneContent.of(message);
        if (PhoneContent.typeOf(content).equals(PhoneContent.REACTION)) {
            phones.react(content, number);
            return;
        }
        String text = isTemplate ? templates.text(template) : MetaPhoneContent.text(message);
        Long replyTo = phones.idOf(message.path("context").path("message_id").asText());
        PhoneContent.receive(phones, files, PhoneMessage.draft(number, person, text, known(content), wamid, replyTo));
    }

    /** The content with type and size of a file that Meta has. */
    private ObjectNode known(ObjectNode content) {
        JsonNode file = content == null ? null : content.get("file");
        if (file != null) {
            files.find(file.path("id").asText()).ifPresent(stored -> {
                ObjectNode described = PhoneContent.file(stored);
                PhoneContent.putPresent(described, "name", file.path("name").asText());
                content.set("file", described);
            });
        }
        return content;
    }

    private MetaError check(JsonNode message, String to) {
        String type = message.path("type").asText();
        if (!message.path("messaging_product").asText().equals("whatsapp") || to.isEmpty() || type.isEmpty()) {
            return new MetaError(
                    MetaError.INVALID_PARAMETER, "messaging_product, type and to or recipient are required");
        }
        JsonNode value = message.path(type);
        return switch (type) {
            case "text" -> length(value.path("body").asText(), MAX_TEXT, "text.body");
            case "image", "audio", "video", "document", "sticker" -> file(type, value);
            case "location" -> required(value, "latitude", "longitude");
            case "reaction" -> required(value, "message_id");
            case "contacts" ->
                value.isEmpty() ? new MetaError(MetaError.MISSING_PARAMETER, "contacts is required") : null;
            case "interactive" -> interactive(value);
            case "template" -> templates.check(value);
            default -> new MetaError(MetaError.INVALID_PARAMETER, "Param type must be one of the documented ones");
        };
    }

    private MetaError file(String type, JsonNode value) {
        String id = value.path("id").asText();
        if (id.isEmpty() == value.path("link").asText().isEmpty()) {
            return new MetaError(MetaError.INVALID_PARAMETER, type + " needs exactly one of id and link");
        }
        if (!id.isEmpty() && files.find(id).isEmpty()) {
            return new MetaError(MetaError.INVALID_PARAMETER, type + ".id is no file that was uploaded");
        }
        String caption = value.path("caption").asText();
        return caption.isEmpty() ? null : length(caption, MAX_CAPTION, type + ".caption");
    }

    private static MetaError interactive(JsonNode value) {
        JsonNode action = value.path("action");
        int rows = 0;
        for (JsonNode section : action.path("sections")) {
            rows += section.path("rows").size();
        }
        boolean fits =
                switch (value.path("type").asText()) {
                    case "button" ->
                        action.path("buttons").size() >= 1
                                && action.path("buttons").size() <= 3;
                    case "list" -> rows >= 1 && rows <= 10;
                    case "cta_url" ->
                        !action.path("parameters").path("url").asText().isEmpty();
                    default -> false;
                };
        return fits
                ? length(value.path("body").path("text").asText(), MAX_CAPTION, "interactive.body.text")
                : new MetaError(MetaError.INVALID_PARAMETER, "interactive.action does not fit its type");
    }

    private static MetaError required(JsonNode value, String... fields) {
        for (String field : fields) {
            if (value.path(field).asText().isEmpty()) {
                return new MetaError(MetaError.MISSING_PARAMETER, field + " is required");
            }
        }
        return null;
    }

    private static MetaError length(String text, int max, String field) {
        return text.isEmpty() || text.length() > max
                ? new MetaError(MetaError.INVALID_PARAMETER, field + " must have 1 to " + max + " characters")
                : null;
    }
}
