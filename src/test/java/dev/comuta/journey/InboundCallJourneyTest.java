package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.StandardWebhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scenario 3.1 of the design document: an incoming call at a gateway, on a channel made by the document's own request. */
class InboundCallJourneyTest {

    private static final int ORDERS = 200;

    private static Comuta comuta;

    private final String company = Comuta.newNumber();
    private final String person = Comuta.newNumber();
    private String home;
    private long channelId;
    private String secret;
    private String broker;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @BeforeEach
    void register() {
        home = comuta.platform()
                .post("/clients", new JsonObject().put("clientName", "Imobiliária XPTO"))
                .expect(201)
                .location();
        broker = Comuta.newNumber();
        long userId = comuta.platform()
                .post(
                        home + "/users",
                        new JsonObject()
                                .put("userName", "João Correia")
                                .put("userRole", "Corretor")
                                .put("phoneNumber", broker))
                .expect(201)
                .json()
                .getLong("userId");
        JsonObject channel = comuta.platform()
                .post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "VoiceCall")
                                .put("channelIdentifier", company)
                                .put("status", "Ativo")
                                .put("sipTrunkId", "Trunk_X")
                                .put("defaultUserId", userId))
                .expect(201)
                .json();
        channelId = channel.getLong("channelId");
        secret = channel.getString("webhookSecret");
    }

    @Test
    void aCallRingsIsTakenByTheBrokerAndEnds() {
        JsonArray steps = steps(news("CA123456789", "ringing"));

        assertEquals("say", steps.getJsonObject(0).getString("verb"));
        JsonObject dial = steps.getJsonObject(1);
        JsonObject target = dial.getJsonArray("target").getJsonObject(0);
        assertEquals(broker, target.getString("number"));
        assertEquals(List.of("Inbound", "Trunk_X", "Ringing"), call("CallDirection", "SIPTrunkID", "CallStatus"));

        news("CA123456789", "in-progress").expect(200);
        JsonArray question = steps(hook(target.getString("confirmHook"), leg("in-progress")));
        assertTrue(question.encode().contains(person), "the broker hears who calls: " + question);
        String answer = question.getJsonObject(0).getString("actionHook");
        assertEquals(new JsonArray(), steps(hook(answer, leg("in-progress").put("digits", "1"))));
        steps(hook(target.getString("statusHook"), leg("completed")));
        JsonArray last =
                steps(hook(dial.getString("actionHook"), leg("in-progress").put("dialCallStatus", "completed")));
        assertEquals("hangup", last.getJsonObject(0).getString("verb"));
        news("CA123456789", "completed").expect(200);

        assertEquals(List.of("Completed", "true"), call("CallStatus", "EndTime is not null"));
        assertEquals(
                List.of("SessãoIniciada", "ChamadaRecebida", "ChamadaConectada", "ChamadaEncerrada", "SessãoEncerrada"),
                events());
        assertEquals("{\"CallID\": \"" + callId() + "\"}", comuta.value("""
                select EventData::text from Events where EventType = 'ChamadaEncerrada' and ClientID = ?""", clientId()));
        JsonObject view =
                comuta.platform().get(home + "/calls/" + callId()).expect(200).json();
        assertEquals("Completed", view.getString("callStatus"));
        assertTrue(view.getInstant("attendedAt") != null && view.getLong("attendedBy") != null, view.encode());
    }

    @Test
    void whoDoesNotPressTheKeyDoesNotTakeTheCallAndTheCallerLeavesAMessage() {
        JsonObject dial = steps(news("CA-voicemail", "ringing")).getJsonObject(1);
        JsonObject target = dial.getJsonArray("target").getJsonObject(0);
        steps(hook(target.getString("statusHook"), leg("in-progress")));
        String answer = steps(hook(target.getString("confirmHook"), leg("in-progress")))
                .getJsonObject(0)
                .getString("actionHook");

        assertEquals(
                "hangup",
                steps(hook(answer, leg("in-progress"))).getJsonObject(0).getString("verb"));
        JsonArray next =
                steps(hook(dial.getString("actionHook"), leg("in-progress").put("dialCallStatus", "no-answer")));
        assertEquals("record", next.getJsonObject(1).getString("verb"));
    }

    @Test
    void aRepeatedDeliveryGetsTheSameStepsAndTwimlOnRequest() {
        JsonArray first = steps(news("CA-again", "ringing"));

        assertEquals(first, steps(news("CA-again", "ringing")));
        String xml = signed("/webhooks/voice", body("CA-again", "ringing"))
                .with("accept", "application/xml")
                .send(comuta)
                .expect(200)
                .body();
        assertTrue(xml.contains("<Dial") && xml.contains(broker), xml);
        assertEquals(1L, comuta.value("select count(*) from Sessions where ClientID = ?", clientId()));
    }

    @Test
    void everyOrderOfTheNewsLeadsToOneState() {
        List<String> words = List.of("queued", "initiated", "ringing", "answered", "in-progress", "completed");
        Random random = new Random(46);
        List<List<String>> orders = IntStream.range(0, ORDERS)
                .mapToObj(order -> {
                    List<String> shuffled = new ArrayList<>(words);
                    shuffled.add(words.get(random.nextInt(words.size())));
                    Collections.shuffle(shuffled, random);
                    return shuffled;
                })
                .toList();
        try (HttpClient http = HttpClient.newHttpClient()) {
            IntStream.range(0, ORDERS)
                    .mapToObj(order -> deliver(http, "CA-order-" + order, orders.get(order)))
                    .toList()
                    .forEach(CompletableFuture::join);
        }

        assertEquals((long) ORDERS, comuta.value("""
                select count(*) from Calls where ClientID = ? and CallStatus = 'Completed' and EndTime is not null""", clientId()));
        for (String once : List.of("ChamadaRecebida", "ChamadaConectada", "ChamadaEncerrada", "SessãoEncerrada")) {
            assertEquals((long) ORDERS, comuta.value("""
                    select count(distinct SessionID) from Events where ClientID = ? and EventType = ?""", clientId(), once));
            assertEquals((long) ORDERS, comuta.value("""
                    select count(*) from Events where ClientID = ? and EventType = ?""", clientId(), once));
        }
    }

    @Test
    void anotherClientsSecretAndAnotherChannelsHookAreRefused() {
        JsonObject dial = steps(news("CA-own", "ringing")).getJsonObject(1);
        String hook = dial.getString("actionHook");
        String ours = secret;
        secret = comuta.registered().voice().webhookSecret();

        news("CA-own", "completed").expectProblem(401, "unauthenticated");
        hook(hook, leg("completed")).expectProblem(401, "unauthenticated");
        String foreign = hook.replace(
                "channel=" + channelId, "channel=" + comuta.registered().voice().channelId());
        hook(foreign, leg("completed")).expectProblem(404, "not-found");
        secret = ours;
        assertEquals(List.of("Ringing"), call("CallStatus"));
    }

    /** Delivers the news of one call one after the other, and repeats each until it is accepted, as a provider does. */
    private CompletableFuture<Void> deliver(HttpClient http, String sid, List<String> words) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (String word : words) {
            all = all.thenCompose(before -> deliver(http, sid, word));
        }
        return all;
    }

    private CompletableFuture<Void> deliver(HttpClient http, String sid, String word) {
        SignedDelivery delivery = signed("/webhooks/voice", body(sid, word));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(comuta.server().baseUrl() + delivery.path()))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(delivery.body()));
        delivery.headers().forEach(request::header);
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .thenCompose(response -> response.statusCode() == 200
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.supplyAsync(
                                        () -> null, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS))
                                .thenCompose(later -> deliver(http, sid, word)));
    }

    private Answer news(String sid, String status) {
        return signed("/webhooks/voice", body(sid, status)).send(comuta);
    }

    private JsonObject body(String sid, String status) {
        return new JsonObject()
                .put("callSid", sid)
                .put("from", person)
                .put("to", company)
                .put("direction", "inbound")
                .put("status", status);
    }

    private JsonObject leg(String status) {
        return new JsonObject()
                .put("callSid", "CA-leg")
                .put("from", company)
                .put("to", broker)
                .put("direction", "outbound")
                .put("status", status);
    }

    private Answer hook(String url, JsonObject body) {
        URI hook = URI.create(url);
        return signed(hook.getPath() + "?" + hook.getQuery(), body).send(comuta);
    }

    private SignedDelivery signed(String path, JsonObject body) {
        String id = "msg_" + UUID.randomUUID();
        Map<String, String> headers = StandardWebhook.headers(secret, id, body.encode());
        return new SignedDelivery(path, body.encode(), headers);
    }

    private static JsonArray steps(Answer answer) {
        return new JsonArray(answer.expect(200).body());
    }

    private long clientId() {
        return Long.parseLong(home.substring(home.lastIndexOf('/') + 1));
    }

    private Object callId() {
        return comuta.value("select CallID from Calls where ClientID = ?", clientId());
    }

    private List<String> call(String... columns) {
        return Stream.of(columns)
                .map(column ->
                        String.valueOf(comuta.value("select " + column + " from Calls where ClientID = ?", clientId())))
                .toList();
    }

    private List<Object> events() {
        return comuta.column("select EventType from Events where ClientID = ? order by EventID", clientId());
    }
}
