package dev.comuta.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Registers one client and its channels, which have no assistant, by the REST API. */
final class Registrar implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String platformKey;

    Registrar(URI server, String platformKey) {
        this.server = server;
        this.platformKey = platformKey;
    }

    List<Channel> register(int channels) {
        long clientId = post("/clients", Map.of("clientName", "Imobiliária XPTO"))
                .path("clientId")
                .asLong();
        List<Channel> registered = new ArrayList<>();
        for (int i = 0; i < channels; i++) {
            registered.add(channel(clientId, "+551130%06d".formatted(i)));
        }
        return registered;
    }

    private Channel channel(long clientId, String identifier) {
        JsonNode channel = post(
                "/clients/" + clientId + "/channels",
                Map.of(
                        "channelType", "WhatsApp",
                        "channelIdentifier", identifier,
                        "status", "Ativo",
                        "provider", "Gateway"));
        return new Channel(
                clientId,
                channel.path("channelId").asLong(),
                identifier,
                channel.path("webhookSecret").asText());
    }

    private JsonNode post(String path, Map<String, String> body) {
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
