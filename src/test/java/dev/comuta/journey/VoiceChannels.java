package dev.comuta.journey;

import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** Makes active voice channels of a client company, each with a new number. */
final class VoiceChannels {

    private final Comuta comuta;
    private final String home;

    /**
     * @param home path of the client
     */
    VoiceChannels(Comuta comuta, String home) {
        this.comuta = comuta;
        this.home = home;
    }

    /** A channel of an account at Twilio. */
    record Twilio(long channelId, String number, String accountSid, String authToken) {}

    /** A channel of a project at LiveKit. */
    record LiveKit(long channelId, String number, String apiKey, String apiSecret) {}

    Twilio twilio() {
        String account = "AC" + UUID.randomUUID().toString().replace("-", "");
        String number = Comuta.newNumber();
        JsonObject credentials = new JsonObject().put("accountSid", account).put("authToken", "segredo");
        return new Twilio(create("Twilio", number, credentials), number, account, "segredo");
    }

    LiveKit liveKit() {
        String apiKey = "API" + UUID.randomUUID().toString().replace("-", "");
        String number = Comuta.newNumber();
        JsonObject credentials = new JsonObject()
                .put("url", comuta.sandbox().providers().url().toString())
                .put("apiKey", apiKey)
                .put("apiSecret", "segredo");
        return new LiveKit(create("LiveKit", number, credentials), number, apiKey, "segredo");
    }

    private long create(String provider, String number, JsonObject credentials) {
        return comuta.platform()
                .post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "VoiceCall")
                                .put("channelIdentifier", number)
                                .put("status", "Ativo")
                                .put("provider", provider)
                                .put("credentials", credentials))
                .expect(201)
                .json()
                .getLong("channelId");
    }
}
