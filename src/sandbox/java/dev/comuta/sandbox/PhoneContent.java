package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;

/**
 * Content of a message as the phone page shows it: an object whose {@code type} is
 *
 * <ul>
 *   <li>image, audio, video, document or sticker, with {@code file} (id, url, mimeType, name)
 *   <li>location, with latitude, longitude, name, address
 *   <li>contacts, with a list of name, phones, emails, organization
 *   <li>options or template, with header, footer, buttons, list, link; a template also has its name, and may have a file
 *   <li>choice, what an end user chose: id, title, description, and kind: button, list or template
 *   <li>reaction, with emoji and target
 * </ul>
 */
final class PhoneContent {

    static final String TYPE = "type";
    static final String REACTION = "reaction";

    private PhoneContent() {}

    static ObjectNode of(String type) {
        return JsonNodeFactory.instance.objectNode().put(TYPE, type);
    }

    static String typeOf(JsonNode content) {
        return content == null ? "text" : content.path(TYPE).asText();
    }

    static boolean isFile(String type) {
        return switch (type) {
            case "image", "audio", "video", "document", "sticker" -> true;
            default -> false;
        };
    }

    /** A file that the sandbox has. */
    static ObjectNode file(StoredFile file) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("id", file.id())
                .put("mimeType", file.mimeType())
                .put("size", file.bytes().length());
        return file.name() == null ? node : node.put("name", file.name());
    }

    /** A file that a company sends by its address. */
    static ObjectNode link(String url, String mimeType, String name) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("url", url);
        putPresent(node, "mimeType", mimeType);
        putPresent(node, "name", name);
        return node;
    }

    static void putPresent(ObjectNode node, String field, String value) {
        if (value != null && !value.isEmpty()) {
            node.put(field, value);
        }
    }

    /** Stores the message of a company, and reads the file that it names, when it is on this machine. */
    static long receive(PhoneMessages messages, PhoneFiles files, PhoneMessage message) {
        long id = messages.received(message);
        String link = message.content() == null
                ? ""
                : message.content().path("file").path("url").asText();
        if (PhoneFiles.isLocal(link)) {
            var _ = files.fetch(URI.create(link)).thenAccept(file -> {
                if (file != null) {
                    messages.change(id, stored -> stored.withContent(withFile(stored.content(), file)));
                }
            });
        }
        return id;
    }

    private static JsonNode withFile(JsonNode content, StoredFile file) {
        ObjectNode copy = content.deepCopy();
        String kind = file.mimeType().replaceFirst("/.*", "");
        if (typeOf(content).equals("document") && kind.matches("image|audio|video")) {
            copy.put(TYPE, kind);
        }
        ObjectNode described = file(file);
        putPresent(described, "name", content.path("file").path("name").asText());
        return copy.set("file", described);
    }
}
