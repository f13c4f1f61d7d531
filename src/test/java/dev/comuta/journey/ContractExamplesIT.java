package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.ContractTable;
import dev.comuta.ContractTable.Line;
import dev.comuta.Contracts;
import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.MetaProvider;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every published example of a webhook, sent to a running server, has the effect that the table says. */
class ContractExamplesIT {

    private static final Logger LOG = Logger.getLogger(ContractExamplesIT.class);

    private static final String META_EXAMPLES = "meta/openapi_webhook_examples.json";
    private static final String META_SIGNATURES = "meta/signature_vectors.json";
    private static final String TWILIO_BODIES = "twilio/webhook_bodies.json";
    private static final String PERSON_OF_META = "16505551234";
    private static final String TOKEN = "segredo";
    private static final Set<String> NOT_SENT = Set.of("signature", "bodyHash", "call", "sent");
    private static final Map<String, Object> TURNS =
            Map.of("question", "RespostaAssistente", "late", "MensagemAtrasada");

    /** In place of an account whose id an example made unreadable. */
    private static final String ACCOUNT = "AC1a03647d811fab342c0ad608e382fab2";

    private static Comuta comuta;
    private static String home;
    private static int cases;

    /** The number of Twilio of an example: the address of its channel. */
    private static final Map<String, String> CHANNELS = new HashMap<>();

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        home = comuta.platform()
                .post("/clients", new JsonObject().put("clientName", "Contratos"))
                .expect(201)
                .location();
    }

    @AfterAll
    static void countCases() {
        LOG.infof("%d published examples were sent to the server", cases);
    }

    @TestFactory
    Stream<DynamicTest> hasTheEffectOfTheTable() {
        assertTrue(Contracts.file(META_EXAMPLES).toFile().exists());
        return ContractTable.all().stream()
                .filter(line -> !NOT_SENT.contains(line.result()))
                .map(line -> dynamicTest(line.file() + ": " + line.example(), () -> check(line)));
    }

    private static void check(Line line) {
        cases++;
        switch (line.file()) {
            case META_EXAMPLES -> checkMeta(line);
            case META_SIGNATURES -> checkSignature(line);
            case TWILIO_BODIES -> checkTwilio(line);
            default -> throw new AssertionError("no check for " + line);
        }
    }

    /** The ids and the person of an example are replaced, because several examples have the same; so is the time. */
    private static void checkMeta(Line line) {
        JsonNode example = Contracts.json(META_EXAMPLES).path(line.example());
        String channel = metaChannel("106540352242922", new JsonObject().put("accessToken", "x"));
        String person = "1650555" + (1000 + cases);
        String id = "wamid.contrato-" + UUID.randomUUID();
        String body = example.toString()
                .replace(PERSON_OF_META, person)
                .replaceAll("\"timestamp\":\"\\d+\"", "\"timestamp\":\"" + Comuta.now() + "\"");
        JsonNode message = firstMessage(example);
        if (message.has("id")) {
            body = body.replace(message.path("id").asText(), id);
        }
        SignedDelivery delivery = Conversation.meta(comuta).signed(body);
        JsonNode sent = firstMessage(Contracts.parsed(body));

        expect(line, delivery.sendInvalid(comuta));

        if (line.result().equals("notice")) {
            assertEquals(
                    1L,
                    parked(
                            "Aviso",
                            "106540352242922",
                            example.path("entry")
                                    .path(0)
                                    .path("changes")
                                    .path(0)
                                    .path("field")
                                    .asText()));
        } else {
            checkMessage(line, id, sent, channel);
        }
    }

    private static void checkSignature(Line line) {
        JsonNode vectors = Contracts.json(META_SIGNATURES);
        if (line.result().equals("challenge")) {
            checkChallenge(vectors.path("verify_challenge"));
            return;
        }
        JsonNode vector = named(vectors.path("vectors"), line.example());
        JsonObject credentials = new JsonObject()
                .put("accessToken", "x")
                .put("appSecret", vector.path("app_secret").asText());
        String channel = metaChannel("277321005464405", credentials);
        String body = vector.path("raw_body").asText();
        Map<String, String> headers = new LinkedHashMap<>(Map.of("content-type", "application/json"));
        if (vector.path("header").isTextual()) {
            headers.put("X-Hub-Signature-256", vector.path("header").asText());
        }
        long before = messages(channel);
        SignedDelivery delivery = new SignedDelivery(
                "/webhooks/meta?channel=" + channel.substring(channel.lastIndexOf('/') + 1), body, headers);

        Answer answer = awaitRoute(line, delivery);

        expect(line, answer);
        JsonNode message = firstMessage(Contracts.parsed(body));
        switch (line.result()) {
            case "refused" -> assertEquals(before, messages(channel));
            case "parked" ->
                assertEquals(
                        1L,
                        comuta.value(
                                "select count(*) from ParkedItems where ReceiptID like '%' || ?",
                                message.path("id").asText()));
            default -> checkMessage(line, message.path("id").asText(), message, channel);
        }
    }

    private static void checkChallenge(JsonNode challenge) {
        String query = challenge.path("request").asText().replaceFirst(".*\\?", "?");
        String ours = query.replaceFirst("hub.verify_token=.*", "hub.verify_token=" + MetaProvider.VERIFY_TOKEN);
        String expected = query.replaceFirst(".*hub.challenge=([^&]*).*", "$1");

        assertEquals(
                expected,
                new SignedDelivery("/webhooks/meta" + ours, null, Map.of())
                        .send(comuta)
                        .expect(200)
                        .body());
        new SignedDelivery("/webhooks/meta" + query, null, Map.of())
                .send(comuta)
                .expect(403);
    }

    private static void checkTwilio(Line line) {
        JsonNode example = named(Contracts.json(TWILIO_BODIES).path("webhooks"), line.example());
        Map<String, String> form = new LinkedHashMap<>();
        example.path("params")
                .forEach(pair -> form.put(pair.path(0).asText(), pair.path(1).asText()));
        boolean isStatus = line.result().equals("status");
        String number = form.getOrDefault(isStatus ? "From" : "To", "whatsapp:+14123456789")
                .replace("whatsapp:", "");
        String raw = example.path("raw").asText();
        String account = form.getOrDefault("AccountSid", ACCOUNT);
        if (!account.matches("AC[0-9a-f]{32}")) {
            raw = raw.replace(account, ACCOUNT);
            form.put("AccountSid", ACCOUNT);
            account = ACCOUNT;
        }
        String channel = twilioChannel(number, account);
        String path = isStatus
                ? "/webhooks/twilio/messages/status?channel=" + channel.substring(channel.lastIndexOf('/') + 1)
                : "/webhooks/twilio/messages";
        SignedDelivery signed = Conversation.twilio(comuta).signed(path, form, TOKEN);
        SignedDelivery delivery = new SignedDelivery(path, raw, signed.headers());
        long before = messages(channel);

        expect(line, awaitRoute(line, delivery));

        if (isStatus) {
            assertEquals(before, messages(channel));
        } else {
            checkMessage(
                    line,
                    form.get("MessageSid"),
                    Contracts.parsed(new JsonObject(new HashMap<String, Object>(form)).encode()),
                    channel);
        }
    }

    private static void checkMessage(Line line, String providerMessageId, JsonNode example, String channel) {
        Map<String, Object> row = comuta.sandbox()
                .postgres()
                .query(
                        "select MessageID, m.SessionID from Messages m join Sessions s using (SessionID)"
                                + " where m.ProviderMessageID = ? and s.ChannelID = ?",
                        providerMessageId,
                        Long.valueOf(channel.substring(channel.lastIndexOf('/') + 1)))
                .getFirst();
        String path = home + "/sessions/" + row.get("sessionid") + "/messages/" + row.get("messageid");
        JsonNode message =
                Contracts.parsed(comuta.platform().get(path).expect(200).body());

        line.fields()
                .forEach((field, place) -> assertEquals(expected(example, place), text(at(message, field)), field));
        assertEquals(
                TURNS.containsKey(line.result()) ? List.of(TURNS.get(line.result())) : List.of(),
                comuta.column(
                        "select TaskType from BackgroundTasks where TaskType in ('RespostaAssistente', 'MensagemAtrasada')"
                                + " and RequestData ->> 'messageId' = ?",
                        row.get("messageid").toString()));
    }

    private static String expected(JsonNode example, String place) {
        if (place.equals("null")) {
            return null;
        }
        return place.startsWith("'") ? place.substring(1, place.length() - 1) : text(at(example, place));
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : node.asText();
    }

    private static JsonNode at(JsonNode node, String place) {
        JsonNode found = node;
        for (String step : place.split("\\.", -1)) {
            found = found.isArray() ? found.path(Integer.parseInt(step)) : found.path(step);
        }
        return found;
    }

    private static JsonNode firstMessage(JsonNode body) {
        return body.path("entry")
                .path(0)
                .path("changes")
                .path(0)
                .path("value")
                .path("messages")
                .path(0);
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode example : list) {
            if (name.equals(example.path("name").asText())) {
                return example;
            }
        }
        throw new AssertionError("no example " + name);
    }

    private static void expect(Line line, Answer answer) {
        answer.expect(Integer.parseInt(line.response()));
    }

    /** A route may be cached for a second, so the first responses after a change of its channel may be 401. */
    private static Answer awaitRoute(Line line, SignedDelivery delivery) {
        int expected = Integer.parseInt(line.response());
        return await().atMost(Comuta.TIMEOUT)
                .until(() -> delivery.sendInvalid(comuta), answer -> answer.status() == expected);
    }

    private static long messages(String channel) {
        return (Long) comuta.value(
                "select count(*) from Messages join Sessions using (SessionID) where ChannelID = ?",
                Long.parseLong(channel.substring(channel.lastIndexOf('/') + 1)));
    }

    private static Object parked(String reason, String providerId, String kind) {
        return comuta.value(
                "select count(*) from ParkedItems where Reason = ? and ProviderID = ? and Payload ->> 'kind' = ?",
                reason,
                providerId,
                kind);
    }

    private static String metaChannel(String phoneNumberId, JsonObject credentials) {
        return CHANNELS.computeIfAbsent(
                phoneNumberId,
                id -> register(new JsonObject()
                        .put("channelIdentifier", Comuta.newNumber())
                        .put("provider", "Meta")
                        .put("providerId", id)
                        .put("credentials", credentials)));
    }

    /** The examples have one number in several accounts. */
    private static String twilioChannel(String number, String account) {
        JsonObject credentials = new JsonObject()
                .put("credentials", new JsonObject().put("accountSid", account).put("authToken", TOKEN));
        String channel = CHANNELS.computeIfAbsent(
                number,
                id -> register(credentials.copy().put("channelIdentifier", id).put("provider", "Twilio")));
        comuta.platform().patch(channel, credentials).expect(200);
        return channel;
    }

    private static String register(JsonObject channel) {
        return comuta.platform()
                .post(home + "/channels", channel.put("channelType", "WhatsApp"))
                .expect(201)
                .location();
    }
}
