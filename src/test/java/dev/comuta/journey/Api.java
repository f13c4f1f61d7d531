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
 * The REST API for one caller with one key. Each request and each response is validated against the API description, so
 * a test fails when the description is wrong.
 */
record Api(URI server, String key, Validated validated) {

    /** The part of an exchange that is validated against the description. */
    enum Validated {
        EXCHANGE,
        RESPONSE,
        NOTHING
    }

    Api(URI server, String key) {
        this(server, key, Validated.EXCHANGE);
    }

    /** The same caller, for requests that violate the description on purpose. They are sent unchanged. */
    Api withInvalidRequest() {
        return new Api(server, key, Validated.RESPONSE);
    }

    /** The same caller, for paths and responses that the description does not have. Nothing is validated. */
    Api undocumented() {
        return new Api(server, key, Validated.NOTHING);
    }

    /** A response: status, headers and body. */
    record Answer(int status, Map<String, String> headers, String body) {

        /** Reads a response. The body of a stream is left out. */
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

        /** The path in the Location header, where a created resource can be read. */
        String location() {
            return URI.create(header("location")).getPath();
        }

        Answer expect(int expected) {
            assertEquals(expected, status, body);
            return this;
        }

        /** Expects a problem with this status and type, which is the last part of the type's URI. */
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

    /** The path contains its query, unencoded. For an invalid request it is sent as given. */
    Answer send(String method, String path, String body, String... headers) {
        try (Exchange exchange = Exchange.of(this, method, path, body, headers)) {
            return exchange.answer();
        }
    }

    CompletableFuture<Answer> sendAsync(String method, String path, String body, String... headers) {
        return CompletableFuture.supplyAsync(() -> send(method, path, body, headers), Thread::startVirtualThread);
    }

    /** Opens a stream. It ends when the server ends it, or when it is closed here. */
    Exchange stream(String path, String... headers) {
        return Exchange.of(this, "GET", path, null, headers);
    }
}
