package dev.comuta.provider.twilio.voice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.comuta.Contracts;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers requests as a test says, and records them. */
final class StubTwilio implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> effects = new ConcurrentHashMap<>();
    private final String root;
    private final HttpServer server;

    StubTwilio(String account) {
        root = "/2010-04-01/Accounts/" + account;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    private record Answer(int status, JsonObject body) {}

    /** A request, with its form. */
    record Request(String method, String path, String query, Map<String, List<String>> form) {

        /** The violations of Twilio's description in the form; one for a path that it does not have. */
        List<String> violations() {
            JsonNode document = Contracts.json("twilio/oai/twilio_api_v2010.json");
            String pattern = path.replaceFirst("Accounts/\\w+", "Accounts/{AccountSid}")
                    .replaceFirst(
                            "Conferences/[^/]+/Participants/[^/]+\\.json",
                            "Conferences/{ConferenceSid}/Participants/{CallSid}.json")
                    .replaceFirst("Calls/[^/]+/Recordings/[^/]+\\.json", "Calls/{CallSid}/Recordings/{Sid}.json")
                    .replaceFirst("Calls/[^/]+/Recordings\\.json", "Calls/{CallSid}/Recordings.json")
                    .replaceFirst("Calls/[^/{]+\\.json", "Calls/{Sid}.json");
            JsonNode described = document.path("paths")
                    .path(pattern)
                    .path("post")
                    .at("/requestBody/content/application~1x-www-form-urlencoded/schema");
            if (!(described instanceof ObjectNode schema)) {
                return List.of("no such path: " + pattern);
            }
            schema.put("additionalProperties", false);
            schema.set("components", document.path("components"));
            SchemaValidatorsConfig formats = SchemaValidatorsConfig.builder()
                    .formatAssertionsEnabled(true)
                    .build();
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(schema, formats)
                    .validate(json(schema))
                    .stream()
                    .map(ValidationMessage::toString)
                    .toList();
        }

        private ObjectNode json(JsonNode schema) {
            ObjectNode body = JSON.createObjectNode();
            form.forEach((name, values) -> {
                String type = schema.at("/properties/" + name + "/type").asText();
                switch (type) {
                    case "array" -> values.forEach(body.withArray("/" + name)::add);
                    case "integer" -> body.put(name, Long.parseLong(values.getFirst()));
                    case "boolean" -> body.put(name, Boolean.parseBoolean(values.getFirst()));
                    default -> body.put(name, values.size() == 1 ? values.getFirst() : values.toString());
                }
            });
            return body;
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param path after the account */
    void answer(String method, String path, int status, JsonObject body) {
        answers.put(method + " " + root + path, new Answer(status, body));
    }

    /** What happens at Twilio before a request is answered. */
    void after(String method, String path, Runnable effect) {
        effects.put(method + " " + root + path, effect);
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> posts() {
        return requests.stream()
                .filter(request -> request.method().equals("POST"))
                .toList();
    }

    List<String> violations() {
        return posts().stream()
                .flatMap(request -> request.violations().stream())
                .toList();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getRawQuery();
        try (InputStream body = exchange.getRequestBody()) {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    path,
                    query == null ? "" : query,
                    form(new String(body.readAllBytes(), StandardCharsets.UTF_8))));
        }
        String key = exchange.getRequestMethod() + " " + path;
        Answer answer = answers.getOrDefault(key, new Answer(404, new JsonObject().put("code", 20404)));
        effects.getOrDefault(key, () -> {}).run();
        byte[] text = answer.body().encode().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private static Map<String, List<String>> form(String body) {
        Map<String, List<String>> form = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                form.computeIfAbsent(decoded(parts[0]), name -> new ArrayList<>())
                        .add(decoded(parts[1]));
            }
        }
        return form;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
