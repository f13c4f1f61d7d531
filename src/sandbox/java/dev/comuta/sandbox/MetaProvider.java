package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Meta's Graph API for one WhatsApp number: accepts messages, refuses them with the real API's errors, and posts signed
 * webhooks on request.
 */
public final class MetaProvider implements SimulatedProvider, AutoCloseable {

    public static final String VERIFY_TOKEN = "sandbox-meta-verify";
    public static final String APP_SECRET = "sandbox-meta-app-secret";
    public static final String PHONE_NUMBER_ID = "100000000000001";

    public static final String ACCESS_TOKEN = "sandbox-meta-token";

    private static final String MESSAGES = "/v23.0/" + PHONE_NUMBER_ID + "/messages";
    private static final int MAX_TEXT = 4096;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, String> ourIdsByWamid = new ConcurrentHashMap<>();
    private final Map<String, String> numbers = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();
    private volatile URI server;

    MetaProvider() {}

    @Override
    public String name() {
        return "meta";
    }

    @Override
    public boolean owns(String path) {
        return path.matches("/v[0-9]+\\.[0-9]+/.*");
    }

    @Override
    public void answer(Exchange exchange) {
        if (!exchange.header("authorization").equals("Bearer " + ACCESS_TOKEN)) {
            refuse(exchange, 401, 190, "OAuthException", "Invalid OAuth access token");
        } else if (exchange.method().equals("GET") && numbers.containsKey(idIn(exchange.path()))) {
            exchange.answer(200, number(idIn(exchange.path())));
        } else if (!exchange.method().equals("POST") || !exchange.path().equals(MESSAGES)) {
            refuse(exchange, 400, 100, "GraphMethodException", "Unsupported request: object does not exist");
        } else {
            accept(exchange, Json.read(exchange.body()));
        }
    }

    /** Registers a number that the sandbox's token can read, with the display form that Meta returns. */
    public void register(String phoneNumberId, String displayPhoneNumber) {
        numbers.put(phoneNumberId, displayPhoneNumber);
    }

    private static String idIn(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Map<String, Object> number(String id) {
        return Map.of(
                "id",
                id,
                "display_phone_number",
                numbers.get(id),
                "verified_name",
                "Imobiliária XPTO",
                "quality_rating",
                "GREEN");
    }

    /** Sets the address of the server; required before the first webhook. */
    void server(URI baseUrl) {
        server = baseUrl;
    }

    /** Posts a webhook body, signed with the app's secret; returns the server's status. */
    public CompletableFuture<Integer> post(String body) {
        return post(body, sign(body));
    }

    /** Posts a webhook body with this signature; null for none. */
    public CompletableFuture<Integer> post(String body, String signature) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/webhooks/meta"))
                .timeout(Duration.ofSeconds(10))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (signature != null) {
            request.header("x-hub-signature-256", signature);
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    /** Posts a status of an accepted message, with the callback data of its sender. */
    public CompletableFuture<Integer> report(String wamid, String status) {
        return report(wamid, ourIdsByWamid.get(wamid), status);
    }

    /** Posts a status of a message with {@code ourId} as callback data; null for none. */
    public CompletableFuture<Integer> report(String wamid, String ourId, String status) {
        Map<String, Object> item = new TreeMap<>(Map.of(
                "id",
                wamid,
                "status",
                status,
                "timestamp",
                Long.toString(Instant.now().getEpochSecond())));
        if (ourId != null) {
            item.put("biz_opaque_callback_data", ourId);
        }
        if (status.equals("failed")) {
            item.put("errors", List.of(Map.of("code", 131026, "title", "Message undeliverable")));
        }
        return post(webhook(PHONE_NUMBER_ID, Map.of("statuses", List.of(item))));
    }

    /** A webhook body with a single change. */
    public static String webhook(String phoneNumberId, Map<String, Object> items) {
        Map<String, Object> value = new TreeMap<>(items);
        value.put("messaging_product", "whatsapp");
        value.put("metadata", Map.of("display_phone_number", "5511999990001", "phone_number_id", phoneNumberId));
        Map<String, Object> change = Map.of("field", "messages", "value", value);
        return Json.write(Map.of(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Map.of("id", "1", "changes", List.of(change)))));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private void accept(Exchange exchange, JsonNode message) {
        boolean byNumber = message.hasNonNull("to");
        String to = message.path(byNumber ? "to" : "recipient").asText();
        String text = message.path("text").path("body").asText();
        boolean complete = message.path("messaging_product").asText().equals("whatsapp")
                && message.path("type").asText().equals("text")
                && !to.isEmpty()
                && !text.isEmpty();
        if (!complete || text.length() > MAX_TEXT) {
            refuse(exchange, 400, 100, "OAuthException", "Invalid parameter");
            return;
        }
        String wamid = "wamid.SANDBOX" + last.incrementAndGet();
        ourIdsByWamid.put(wamid, message.path("biz_opaque_callback_data").asText());
        exchange.answer(
                200,
                Map.of(
                        "messaging_product",
                        "whatsapp",
                        "contacts",
                        List.of(Map.of("input", to, byNumber ? "wa_id" : "user_id", to)),
                        "messages",
                        List.of(Map.of("id", wamid))));
    }

    private static void refuse(Exchange exchange, int status, int code, String type, String text) {
        Map<String, Object> error = Map.of("message", text, "type", type, "code", code, "fbtrace_id", "sandbox");
        exchange.answer(status, Map.of("error", error));
    }

    /** The signature header of a body, made with the app's secret. */
    public static String sign(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(APP_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
