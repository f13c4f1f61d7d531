package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/**
 * Registers the client of the design document (scenario 1) over the REST API, as an operator and the client would:
 * Imobiliária XPTO with João Correia, the assistant with its CRM tool, and one number with a WhatsApp and a voice
 * channel.
 */
public final class Registration {

    /** Number of the WhatsApp and the voice channel. */
    public static final String NUMBER = "+5511999999999";

    /** Number of the Twilio channel. */
    public static final String TWILIO_NUMBER = "+5511999990002";

    /** Number of the Meta channel. */
    public static final String META_NUMBER = "+5511999990001";

    private final URI server;
    private final String platformKey;
    private final URI sandbox;

    /**
     * Prepares the registration; nothing is sent yet.
     *
     * @param server address of the server
     * @param platformKey key of the platform's operator
     * @param sandbox address of the simulated gateway and CRM
     */
    public Registration(URI server, String platformKey, URI sandbox) {
        this.server = server;
        this.platformKey = platformKey;
        this.sandbox = sandbox;
    }

    /** A registered channel. */
    public record Channel(String channelType, long channelId, String identifier, String webhookSecret) {}

    /** The Twilio channel and its account. */
    public record Twilio(long channelId, String accountSid, String authToken, String number) {}

    /** Everything that was registered. */
    public record Registered(
            long clientId,
            String clientKey,
            long assistantId,
            long clientAssistantId,
            long userId,
            long toolId,
            Channel whatsapp,
            Channel voice,
            Channel meta,
            Twilio twilio) {}

    /** Registers everything; fails with the server's response when a request is not accepted. */
    public Registered register() {
        long clientId = post(platformKey, "/clients", Scenario.client())
                .path("clientId")
                .asLong();
        String base = "/clients/" + clientId;
        String clientKey = post(platformKey, base + "/api-keys", Map.of("name", "sandbox", "role", "Administrador"))
                .path("key")
                .asText();
        long assistantId = post(platformKey, "/assistants", Scenario.assistant())
                .path("assistantId")
                .asLong();
        long userId =
                post(clientKey, base + "/users", Scenario.user()).path("userId").asLong();
        long clientAssistantId = post(clientKey, base + "/assistants", Scenario.association(assistantId))
                .path("clientAssistantId")
                .asLong();
        long toolId = post(clientKey, base + "/assistants/" + assistantId + "/tools", Scenario.tool(sandbox))
                .path("toolId")
                .asLong();
        Channel whatsapp = channel(base, "WhatsApp", Scenario.whatsApp(NUMBER, sandbox, assistantId, userId));
        Channel voice = channel(base, "VoiceCall", Scenario.voice(NUMBER, sandbox, assistantId, userId));
        Channel meta = channel(base, "WhatsApp", Scenario.meta(META_NUMBER, sandbox, assistantId, userId));
        Twilio twilio = twilio(base, assistantId, userId);
        return new Registered(
                clientId, clientKey, assistantId, clientAssistantId, userId, toolId, whatsapp, voice, meta, twilio);
    }

    private Twilio twilio(String base, long assistantId, long userId) {
        String accountSid = Secrets.sid("AC");
        String authToken = Secrets.random();
        Map<String, Object> body = Scenario.twilio(TWILIO_NUMBER, accountSid, authToken, assistantId, userId);
        long channelId =
                post(platformKey, base + "/channels", body).path("channelId").asLong();
        return new Twilio(channelId, accountSid, authToken, TWILIO_NUMBER);
    }

    private Channel channel(String base, String type, Map<String, Object> body) {
        JsonNode channel = post(platformKey, base + "/channels", body);
        return new Channel(
                type,
                channel.path("channelId").asLong(),
                channel.path("channelIdentifier").asText(),
                channel.path("webhookSecret").asText());
    }

    private JsonNode post(String key, String path, Map<String, Object> body) {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + key)
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new IllegalStateException(
                        "POST " + path + " answered " + response.statusCode() + ": " + response.body());
            }
            return Json.read(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("POST " + path + " failed: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
