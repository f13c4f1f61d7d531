package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.sandbox.voice.VoiceGateway;
import java.net.URI;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that may call at any hour, with a broker and a number at each carrier of calls, registered over the REST API and
 * with the simulated carriers.
 */
public final class CallingClient {

    private static final AtomicInteger LAST_NUMBER = new AtomicInteger(0);
    private static final String LIVEKIT_SECRET = "livekit-secret";
    private static final String TRUNK = "ST_out1";

    /** The faults that only keep the response back. */
    private static final Set<String> DOES_ITS_WORK =
            Set.of(Fault.Mode.MUTE.word(), Fault.Mode.CUT.word(), Fault.Mode.SLOW.word());

    private final Map<Carrier, String> numbers = new EnumMap<>(Carrier.class);
    private final Map<Carrier, JsonNode> channels = new EnumMap<>(Carrier.class);
    private final String accountSid = Secrets.sid("AC");
    private final String authToken = Secrets.random();
    private final String liveKitKey = Secrets.sid("API");
    private final String broker = newNumber();
    private final Sandbox sandbox;
    private final URI server;
    private final ServerApi api;
    private final long clientId;
    private final long brokerId;

    /** What carries calls. */
    public enum Carrier {
        /** The client's own gateway. */
        GATEWAY,
        /** Twilio. */
        TWILIO,
        /** A LiveKit project. */
        LIVEKIT
    }

    private CallingClient(Sandbox sandbox, URI server) {
        this.sandbox = sandbox;
        this.server = server;
        api = new ServerApi(server, sandbox.platformKey());
        clientId = api.post("/clients", Map.of("clientName", "Imobiliária XPTO"))
                .path("clientId")
                .asLong();
        Map<String, Object> user = new HashMap<>(Scenario.user());
        user.put("phoneNumber", broker);
        brokerId = api.post(home() + "/users", user).path("userId").asLong();
    }

    /** Registers the client at a server. */
    public static CallingClient register(Sandbox sandbox, ServerProcess server) {
        CallingClient client = new CallingClient(sandbox, server.baseUrl());
        client.api.put(
                client.home() + "/call-rules", Map.of("callingHours", Map.of("from", "00:00", "until", "24:00")));
        client.api.put(
                client.home() + "/limits",
                Map.of("limits", Map.of("callsAtOnce", 2000, "callsPerHour", 20_000, "callsPerDay", 20_000)));
        for (Carrier carrier : Carrier.values()) {
            client.numbers.put(carrier, newNumber());
            client.channels.put(carrier, client.api.post(client.home() + "/channels", client.channel(carrier)));
        }
        client.connect();
        return client;
    }

    /** A mobile number that nothing else of this JVM has. */
    public static String newNumber() {
        return "+551197%07d".formatted(LAST_NUMBER.incrementAndGet());
    }

    private Map<String, Object> channel(Carrier carrier) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "channelType",
                "VoiceCall",
                "channelIdentifier",
                numbers.get(carrier),
                "status",
                "Ativo",
                "defaultUserId",
                brokerId));
        URI carriers = sandbox.providers().url();
        switch (carrier) {
            case GATEWAY ->
                body.put("outboundUrl", carriers.resolve(VoiceGateway.PATH).toString());
            case TWILIO -> {
                body.put("provider", "Twilio");
                body.put("credentials", Map.of("accountSid", accountSid, "authToken", authToken));
            }
            case LIVEKIT -> {
                body.put("provider", "LiveKit");
                body.put("sipTrunkId", TRUNK);
                body.put(
                        "credentials",
                        Map.of("url", carriers.toString(), "apiKey", liveKitKey, "apiSecret", LIVEKIT_SECRET));
            }
        }
        return body;
    }

    private void connect() {
        VoiceSimulation voice = sandbox.providers().voice();
        voice.registerGateway(number(Carrier.GATEWAY), webhookSecret(), server);
        voice.registerTwilio(accountSid, authToken, number(Carrier.TWILIO), server);
        String address = server.resolve("/webhooks/twilio/voice").toString();
        voice.twilio()
                .number(number(Carrier.TWILIO), address + "#rc=3&rp=all", address, address + "/status#rc=3&rp=all");
        LiveKitProvider liveKit = sandbox.providers().liveKit();
        liveKit.register(liveKitKey, LIVEKIT_SECRET, TRUNK, number(Carrier.LIVEKIT));
        liveKit.rule(liveKitKey, number(Carrier.LIVEKIT), "comuta-in");
    }

    public long clientId() {
        return clientId;
    }

    /** Path of the client in the REST API. */
    public String home() {
        return "/clients/" + clientId;
    }

    /** The company's number at a carrier. */
    public String number(Carrier carrier) {
        return numbers.get(carrier);
    }

    /** The channel of that number. */
    public long channelId(Carrier carrier) {
        return channels.get(carrier).path("channelId").asLong();
    }

    /** The telephone that rings when somebody calls the company. */
    public String broker() {
        return broker;
    }

    /** The secret of the gateway's channel. */
    public String webhookSecret() {
        return channels.get(Carrier.GATEWAY).path("webhookSecret").asText();
    }

    /** The account at Twilio. */
    public String accountSid() {
        return accountSid;
    }

    /** The secret of that account. */
    public String authToken() {
        return authToken;
    }

    /** The key of the LiveKit project. */
    public String liveKitKey() {
        return liveKitKey;
    }

    /** How often a number was dialled at a carrier. */
    public int dials(Carrier carrier, String number) {
        VoiceSimulation voice = sandbox.providers().voice();
        return switch (carrier) {
            case GATEWAY -> voice.gateway().dialled(number).size();
            case TWILIO -> voice.twilio().dialled(number).size();
            case LIVEKIT -> dialRequests(carrier, number);
        };
    }

    /** How many requests to dial a number reached a carrier. */
    public int dialRequests(Carrier carrier, String number) {
        String path =
                switch (carrier) {
                    case GATEWAY -> VoiceGateway.PATH;
                    case TWILIO -> "/2010-04-01/Accounts/" + accountSid + "/Calls.json";
                    case LIVEKIT -> "/twirp/livekit.SIP/CreateSIPParticipant";
                };
        return Math.toIntExact(sandbox.providers().requests(nameOf(carrier)).stream()
                .filter(request -> request.method().equals("POST")
                        && request.path().equals(path)
                        && request.body().contains(number.substring(1))
                        && (request.fault() == null || DOES_ITS_WORK.contains(request.fault())))
                .count());
    }

    /** The name of a carrier in recorded requests and faults. */
    public static String nameOf(Carrier carrier) {
        return switch (carrier) {
            case GATEWAY -> "voice-gateway";
            case TWILIO -> "twilio-voice";
            case LIVEKIT -> LiveKitProvider.NAME;
        };
    }
}
