package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * The REST API as one caller with one key sees it. Each request and each response is validated against the description of
 * the API, so a journey fails where that description is wrong.
 */
record Api(URI server, String key, Validated validated) {

    /** The part of an exchange that must be as described. */
    enum Validated {
        EXCHANGE,
        RESPONSE,
        NOTHING
    }

    Api(URI server, String key) {
        this(server, key, Validated.EXCHANGE);
    }

    /** The same caller with requests that break the description on purpose, and are sent as given. */
    Api withInvalidRequest() {
        return new Api(server, key, Validated.RESPONSE);
    }

    /** The same caller outside the description, on paths or for conditions that it does not have. */
    Api undocumented() {
        return new Api(server, key, Validated.NOTHING);
    }

    /** A response, with what tests look at. */
    record Answer(int status, Map<String, String> headers, String body) {

        /** The body of a stream is empty. */
        static Answer of(Response response) {
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.getHeaders().forEach(header -> headers.putIfAbsent(header.getName(), header.getValue()));
            String body = Exchange.isStream(response) ? "" : new String(response.asByteArray(), StandardCharsets.UTF_8);
            return new Answer(response.statusCode(), headers, body);
        }

        JsonObject json() {
            return new JsonObject(body);
        }

        JsonArray items() {
            return json().getJsonArray("items");
        }

        String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The path that a new thing can be read at. */
        String location() {
            return URI.create(header("location")).getPath();
        }

        Answer expect(int expected) {
            assertEquals(expected, status, body);
            return this;
        }

        /** A problem of this status and the last part of its type. */
        Answer expectProblem(int expected, String type) {
            expect(expected);
            assertEquals("application/problem+json", header("content-type").split(";", 2)[0], body);
            assertEquals("https://comuta.dev/problems/" + type, json().getString("type"));
            assertEquals(expected, json().getInteger("status"));
            return this;
        }
    }

    Answer get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Answer post(String path, JsonObject body, String... headers) {
        return send("POST", path, body == null ? null : body.encode(), headers);
    }

    Answer patch(String path, JsonObject body, String... headers) {
        return send("PATCH", path, body.encode(), headers);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** The path holds its query unencoded; that of an invalid request goes out as given. */
    Answer send(String method, String path, String body, String... headers) {
        try (Exchange exchange = Exchange.of(this, method, path, body, headers)) {
            return exchange.answer();
        }
    }

    CompletableFuture<Answer> sendAsync(String method, String path, String body, String... headers) {
        return CompletableFuture.supplyAsync(() -> send(method, path, body, headers), Thread::startVirtualThread);
    }

    /** Opens a stream, which ends when the server ends it or when it is closed. */
    Exchange stream(String path, String... headers) {
        return Exchange.of(this, "GET", path, null, headers);
    }
}
