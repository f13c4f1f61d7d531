package dev.comuta.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.comuta.sandbox.MetaProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Registers clients and their channels by the REST API. */
final class Registrar implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String platformKey;

    Registrar(URI server, String platformKey) {
        this.server = server;
        this.platformKey = platformKey;
    }

    /** A client whose channels have no assistant: a turn finds nothing to say. */
    List<Channel> register(int channels) {
        return channels(client(), 0, channels, Map.of());
    }

    /**
     * The contacts of a client whose assistant asks the CRM and then answers.
     *
     * @param first the first of its channels and contacts
     * @param vendors where its CRM and its gateway are
     */
    Contacts registerTalkative(int first, URI vendors) {
        long clientId = client();
        String assistants = "/clients/" + clientId + "/assistants";
        long assistantId =
                post("/assistants", Scripts.assistant()).path("assistantId").asLong();
        post(assistants, Scripts.association(assistantId));
        post(assistants + "/" + assistantId + "/tools", Scripts.tool(vendors));
        Map<String, Object> use = Map.of(
                "assistantId",
                assistantId,
                "outboundUrl",
                vendors.resolve(Sink.GATEWAY).toString());
        return new Contacts(channels(clientId, first, Settings.CHANNELS / 2, use), first, Settings.CONTACTS);
    }

    private long client() {
        return post("/clients", Map.of("clientName", "Imobiliária XPTO"))
                .path("clientId")
                .asLong();
    }

    private List<Channel> channels(long clientId, int first, int count, Map<String, Object> more) {
        List<Channel> registered = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            registered.add(channel(clientId, number(i), more));
        }
        return registered;
    }

    private static String number(int channel) {
        return "+551130%06d".formatted(channel);
    }

    private Channel channel(long clientId, String identifier, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "channelType", "WhatsApp",
                "channelIdentifier", identifier,
                "status", "Ativo",
                "provider", "Gateway"));
        body.putAll(more);
        JsonNode channel = post("/clients/" + clientId + "/channels", body);
        return new Channel(
                clientId,
                channel.path("channelId").asLong(),
                identifier,
                channel.path("webhookSecret").asText());
    }

    /** A client whose voice channels ring a broker and then record a message. */
    List<Channel> registerVoice(int channels) {
        long clientId = client();
        long brokerId = post(
                        "/clients/" + clientId + "/users",
                        Map.of("userName", "João Correia", "userRole", "Corretor", "phoneNumber", "+5511988888888"))
                .path("userId")
                .asLong();
        return channels(clientId, 0, channels, Map.of("channelType", "VoiceCall", "defaultUserId", brokerId));
    }

    /** A client whose channels are Meta's; an identifier is a phone_number_id. */
    List<Channel> registerMeta(int first, int channels) {
        long clientId = client();
        List<Channel> registered = new ArrayList<>();
        for (int i = first; i < first + channels; i++) {
            String phoneNumberId = "1000000%08d".formatted(i);
            Map<String, Object> more = Map.of(
                    "provider",
                    "Meta",
                    "providerId",
                    phoneNumberId,
                    "credentials",
                    Map.of("accessToken", MetaProvider.ACCESS_TOKEN));
            Channel channel = channel(clientId, number(i), more);
            registered.add(new Channel(clientId, channel.channelId(), phoneNumberId, null));
        }
        return registered;
    }

    private JsonNode post(String path, Map<String, Object> body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                    .header("content-type", "application/json")
                    .header("authorization", "Bearer " + platformKey)
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 201) {
                throw new BenchFailure("POST " + path + " answered " + response.statusCode() + ": " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new BenchFailure("POST " + path + " failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailure("interrupted");
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
