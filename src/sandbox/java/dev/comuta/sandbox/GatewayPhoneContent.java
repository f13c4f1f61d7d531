package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Messages in the Gateway's form as the phone page shows them. */
final class GatewayPhoneContent {

    private static final Map<String, String> FILES = Map.of(
            "Imagem", "image",
            "Áudio", "audio",
            "Vídeo", "video",
            "Documento", "document",
            "Figurinha", "sticker");

    private GatewayPhoneContent() {}

    /** The content of a message; null for a text. */
    static ObjectNode of(JsonNode message) {
        String kind = message.path("contentType").asText();
        JsonNode content = message.path("content");
        if (FILES.containsKey(kind)) {
            return file(FILES.get(kind), message.path("media"));
        }
        return switch (kind) {
            case "Localização" -> copy("location", content);
            case "Contatos", "Contato" -> copy("contacts", content);
            case "Reação" -> copy(PhoneContent.REACTION, content);
            case "Opções" -> copy("options", content);
            case "Modelo" -> template(content);
            default -> null;
        };
    }

    private static ObjectNode file(String type, JsonNode media) {
        ObjectNode content = PhoneContent.of(type);
        return content.set(
                "file",
                PhoneContent.link(
                        media.path("url").asText(),
                        media.path("contentType").asText(),
                        media.path("fileName").asText()));
    }

    /** A gateway gets the template's name and values only: it knows the text itself. */
    private static ObjectNode template(JsonNode content) {
        StringBuilder values = new StringBuilder();
        content.path("body")
                .forEach(value -> values.append(values.isEmpty() ? "" : " · ").append(value.asText()));
        return PhoneContent.of("template")
                .put("name", content.path("name").asText())
                .put("text", values.toString());
    }

    private static ObjectNode copy(String type, JsonNode content) {
        ObjectNode copy = PhoneContent.of(type);
        content.properties().forEach(field -> copy.set(field.getKey(), field.getValue()));
        copy.put(PhoneContent.TYPE, type);
        return copy;
    }
}
