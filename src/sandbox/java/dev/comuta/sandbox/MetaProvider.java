package dev.comuta.sandbox;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Meta's Graph API for one WhatsApp Business Account: messages, files and templates, with the limits and errors of the real
 * API, and signed webhooks on request.
 */
public final class MetaProvider implements SimulatedProvider, AutoCloseable {

    public static final String VERIFY_TOKEN = "sandbox-meta-verify";
    public static final String APP_SECRET = "sandbox-meta-app-secret";
    public static final String PHONE_NUMBER_ID = "100000000000001";
    public static final String ACCESS_TOKEN = "sandbox-meta-token";

    /** The WhatsApp Business Account of all numbers. */
    public static final String ACCOUNT_ID = "200000000000001";

    private static final Pattern PATH = Pattern.compile("/v[0-9]+\\.[0-9]+/([^/]+)(?:/([a-z_]+))?");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Map<String, KnownNumber> numbers = new ConcurrentHashMap<>();
    private final MetaLimits limits = new MetaLimits(Clock.systemUTC());
    private final MetaTemplates templates = new MetaTemplates();
    private final MetaFiles files;
    private final MetaMessages messages;
    private final MetaSetUps setUps = new MetaSetUps();
    private volatile URI server;

    MetaProvider(PhoneMessages phones, PhoneFiles stored) {
        files = new MetaFiles(stored, limits);
        messages = new MetaMessages(phones, stored, templates, limits, this::fail);
    }

    /**
     * A number of the account.
     *
     * @param e164 its telephone number
     * @param display the form that Meta returns
     * @param readable whether Meta answers a request for it
     */
    private record KnownNumber(String e164, String display, boolean readable, String token) {}

    /** What is registered and subscribed at the account. */
    public MetaSetUps setUps() {
        return setUps;
    }

    @Override
    public String name() {
        return "meta";
    }

    @Override
    public boolean owns(String path) {
        return path.matches("/v[0-9]+\\.[0-9]+/.*") || path.startsWith(MetaFiles.DOWNLOAD);
    }

    @Override
    public void answer(Exchange exchange) {
        boolean isFile = exchange.path().startsWith(MetaFiles.DOWNLOAD);
        if (!isAuthorized(exchange) && !(isFile && MetaFiles.isPublic(exchange.path()))) {
            new MetaError(MetaError.INVALID_TOKEN, "The access token is missing or wrong").answer(exchange);
        } else if (isFile) {
            files.download(exchange);
        } else if (!answerKnown(exchange)) {
            new MetaError(MetaError.INVALID_PARAMETER, "Unsupported request: object does not exist").answer(exchange);
        }
    }

    /** Answers a request for an object that exists; false for any other. */
    private boolean answerKnown(Exchange exchange) {
        Matcher path = PATH.matcher(exchange.path());
        if (!path.matches()) {
            return false;
        }
        String id = path.group(1);
        String operation = exchange.method() + " " + (path.group(2) == null ? "" : path.group(2));
        if (id.equals(ACCOUNT_ID)) {
            return answerAccount(exchange, operation);
        }
        KnownNumber number = numbers.get(id);
        Optional<StoredFile> file = files.find(id);
        Optional<MetaTemplate> template = templates.byId(id);
        if (operation.equals("POST messages") && (number != null || id.equals(PHONE_NUMBER_ID))) {
            messages.answer(exchange, id, number == null ? Registration.META_NUMBER : number.e164());
        } else if (operation.equals("POST media") && (number != null || id.equals(PHONE_NUMBER_ID))) {
            files.upload(exchange);
        } else if (operation.equals("GET ") && number != null && number.readable()) {
            exchange.answer(200, described(id, number));
        } else if (operation.equals("GET ") && file.isPresent()) {
            files.describe(exchange, file.get());
        } else if (operation.equals("DELETE ") && file.isPresent()) {
            files.delete(exchange, file.get());
        } else if (operation.equals("GET ") && template.isPresent()) {
            exchange.answer(200, template.get().listed());
        } else {
            return false;
        }
        return true;
    }

    private boolean answerAccount(Exchange exchange, String operation) {
        switch (operation) {
            case "GET message_templates" -> templates.list(exchange);
            case "POST message_templates" -> templates.create(exchange);
            case "DELETE message_templates" -> templates.delete(exchange);
            case "GET subscribed_apps" -> exchange.answer(200, Map.of("data", setUps.subscribedApps()));
            case "GET phone_numbers" ->
                exchange.answer(
                        200,
                        Map.of(
                                "data",
                                numbers.entrySet().stream()
                                        .filter(entry -> entry.getValue().readable())
                                        .map(entry -> described(entry.getKey(), entry.getValue()))
                                        .toList()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean isAuthorized(Exchange exchange) {
        String authorization = exchange.header("authorization");
        return authorization.equals("Bearer " + ACCESS_TOKEN)
                || numbers.values().stream().anyMatch(number -> authorization.equals("Bearer " + number.token()));
    }

    /** Registers a number that the sandbox's token can read, with the display form that Meta returns. */
    public void register(String phoneNumberId, String displayPhoneNumber) {
        String e164 = "+" + displayPhoneNumber.replaceAll("\\D", "");
        numbers.put(phoneNumberId, new KnownNumber(e164, displayPhoneNumber, true, ACCESS_TOKEN));
    }

    /** Registers a channel that was found at the server: its number, under the token that its client gave. */
    void adopt(String phoneNumberId, String e164, String token) {
        numbers.putIfAbsent(phoneNumberId, new KnownNumber(e164, e164, false, token));
    }

    private Map<String, Object> described(String id, KnownNumber number) {
        Map<String, Object> described = setUps.of(id);
        described.put("id", id);
        described.put("display_phone_number", number.display());
        described.put("verified_name", "Imobiliária XPTO");
        described.put("quality_rating", "GREEN");
        return described;
    }

    /** Sets the limits that are enforced from now on. */
    public void rules(MetaRules rules) {
        limits.rules(rules);
    }

    /** Window, rates, and the errors that were returned. */
    MetaLimits limits() {
        return limits;
    }

    /** How many requests each error code refused since the start, and messages that failed outside the window (131047). */
    public Map<Integer, Integer> refused() {
        return limits.refused();
    }

    /**
     * Changes the state of a template and posts the webhook that says so; returns the server's status.
     *
     * @param status the new state; null when it remains
     * @param quality the new quality; null when it remains
     */
    public CompletableFuture<Integer> changeTemplate(String name, String language, String status, String quality) {
        MetaTemplate template = templates
                .change(name, language, status, quality)
                .orElseThrow(() -> new IllegalArgumentException("no template " + name + " in " + language));
        Map<String, Object> value = new TreeMap<>(Map.of(
                "message_template_id",
                Long.parseLong(template.id()),
                "message_template_name",
                name,
                "message_template_language",
                language));
        if (status == null) {
            value.put("new_quality_score", quality);
        } else {
            value.put("event", status);
            value.put("reason", "NONE");
        }
        return post(
                change(status == null ? "message_template_quality_update" : "message_template_status_update", value));
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
        limits.wrote(body);
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
        return report(wamid, messages.sent(wamid).ourId(), status);
    }

    /** Posts a status of a message with {@code ourId} as callback data; null for none. */
    public CompletableFuture<Integer> report(String wamid, String ourId, String status) {
        MetaError error =
                status.equals("failed") ? new MetaError(MetaError.UNDELIVERABLE, "Message Undeliverable.") : null;
        return report(wamid, ourId, status, error);
    }

    private CompletableFuture<Integer> report(String wamid, String ourId, String status, MetaError error) {
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
        if (error != null) {
            item.put("errors", List.of(error.inStatus()));
        }
        return post(webhook(messages.sent(wamid).numberId(), Map.of("statuses", List.of(item))));
    }

    /** Reports a message that was accepted and cannot be delivered. Without a server nothing is posted. */
    private void fail(String wamid, MetaError error) {
        if (server != null) {
            var _ = report(wamid, messages.sent(wamid).ourId(), "failed", error);
        }
    }

    /** A webhook body with a single change. */
    public static String webhook(String phoneNumberId, Map<String, Object> items) {
        Map<String, Object> value = new TreeMap<>(items);
        value.put("messaging_product", "whatsapp");
        value.put("metadata", Map.of("display_phone_number", "5511999990001", "phone_number_id", phoneNumberId));
        return change("messages", value);
    }

    private static String change(String field, Map<String, Object> value) {
        return Json.write(Map.of(
                "object",
                "whatsapp_business_account",
                "entry",
                List.of(Map.of("id", ACCOUNT_ID, "changes", List.of(Map.of("field", field, "value", value))))));
    }

    @Override
    public void close() {
        http.shutdownNow();
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
