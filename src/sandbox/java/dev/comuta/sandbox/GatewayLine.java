package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The Gateway's form: a text, or a file with its address. A choice is its title. */
final class GatewayLine implements PhoneLine {

    /** The address under which the server finds the files of phones. */
    private final Supplier<URI> sandbox;

    GatewayLine(Supplier<URI> sandbox) {
        this.sandbox = sandbox;
    }

    @Override
    public HttpRequest.Builder webhook(URI server, PhoneChannel channel, PhoneMessage message, PhoneMessage target) {
        Map<String, Object> fields = new TreeMap<>(Map.of("from", message.from(), "to", message.to()));
        JsonNode content = message.content();
        String type = PhoneContent.typeOf(content);
        if (PhoneContent.isFile(type)) {
            JsonNode file = content.path("file");
            String url = sandbox.get() + GatewayProvider.FILES + file.path("id").asText();
            fields.put(
                    "media",
                    Map.of("url", url, "contentType", file.path("mimeType").asText()));
        } else if (!type.equals("text") && !type.equals("choice")) {
            throw new NotCarried("O Gateway leva texto e arquivos. Use um canal da Meta ou da Twilio.");
        }
        if (!message.message().isEmpty()) {
            fields.put("message", message.message());
        }
        String body = Json.write(fields);
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/webhooks/whatsapp"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        StandardWebhook.headers(channel.secret(), message.providerId(), body).forEach(request::header);
        return request;
    }
}
