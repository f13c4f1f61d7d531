package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
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

    /** Number of the LiveKit channel. */
    public static final String LIVEKIT_NUMBER = "+5511999990003";

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

    /** The LiveKit channel and its project. */
    public record LiveKit(long channelId, String apiKey, String apiSecret, String trunkId, String number) {}

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

    /** Registers a voice channel of the simulated LiveKit, besides the channels of the design document. */
    LiveKit liveKit(Registered client) {
        String apiSecret = Secrets.random();
        String trunkId = "ST_sandbox";
        Map<String, Object> body = Scenario.liveKit(
                LIVEKIT_NUMBER,
                Map.of("url", sandbox.toString(), "apiKey", LiveKitProvider.SANDBOX, "apiSecret", apiSecret),
                trunkId,
                client.userId());
        long channelId = post(platformKey, "/clients/" + client.clientId() + "/channels", body)
                .path("channelId")
                .asLong();
        return new LiveKit(channelId, LiveKitProvider.SANDBOX, apiSecret, trunkId, LIVEKIT_NUMBER);
    }

    private Twilio twilio(String base, long assistantId, long userId) {
        String accountSid = Secrets.sid("AC");
        String authToken = Secrets.random();
        Map<String, Object> body = Scenario.twilio(TWILIO_NUMBER, accountSid, authToken, assistantId, userId);
        long channelId =
                post(platformKey, base + "/channels", body).path("channelId").asLong();
        Map<String, Object> calls = new LinkedHashMap<>(body);
        calls.put("channelType", "VoiceCall");
        post(platformKey, base + "/channels", calls);
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
        return new ServerApi(server, key).post(path, body);
    }
}
