package dev.comuta.sandbox.voice;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.sandbox.SimulatedProviders;
import dev.comuta.sandbox.TwilioSignature;
import dev.comuta.sandbox.voice.relay.RelayFrame;
import dev.comuta.sandbox.voice.relay.RelayLine;
import dev.comuta.sandbox.voice.relay.RelaySocket;
import dev.comuta.sandbox.voice.relay.Relays;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SimulatedRelayTest {

    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "segredo";
    private static final String COMPANY = "+551130000001";
    private static final String PERSON = "+5511998765432";
    private static final String VOICE = "/webhooks/twilio/voice";
    private static final String LONG =
            "Temos três apartamentos de dois quartos no bairro, todos com vaga e varanda. ".repeat(4);

    private final Vertx vertx = Vertx.vertx();
    private final SimulatedProviders providers = SimulatedProviders.launch(vertx);
    private final TwilioVoice twilio = providers.voice().twilio();
    private final Relays relays = twilio.relays();
    private final Phones phones = providers.voice().phones();
    private DocumentServer server;

    @BeforeEach
    void open() throws Exception {
        server = new DocumentServer(vertx);
        providers.voice().registerTwilio(ACCOUNT, TOKEN, COMPANY, server.url());
        providers.voice().pace().secondLasts(Duration.ofMillis(20));
        server.twiml("/fim", "<Say>Fim</Say><Hangup/>");
    }

    @AfterEach
    void close() {
        providers.close();
        server.close();
        vertx.close();
    }

    private String relay(String path, String attributes, String nested) {
        return "<Connect action=\"/fim\"><ConversationRelay language=\"pt-BR\" url=\"" + server.socketAt(path) + "\" "
                + attributes + ">" + nested + "</ConversationRelay></Connect>";
    }

    private void voice(String attributes) {
        server.twiml(VOICE, relay("/relay/1", attributes, ""));
    }

    private static void say(ServerWebSocket socket, String token, boolean last) {
        socket.writeTextMessage(new JsonObject()
                .put("type", "text")
                .put("token", token)
                .put("last", last)
                .encode());
    }

    /** An assistant that answers every prompt with this text. */
    private void answering(String text) {
        server.assistant("/relay/1", (socket, frame) -> {
            if (frame.getString("type").equals("prompt")) {
                say(socket, text, true);
            }
        });
    }

    /** An assistant that sends this frame once it has the setup. */
    private void beginningWith(String frame) {
        server.assistant("/relay/1", (socket, received) -> {
            if (received.getString("type").equals("setup")) {
                socket.writeTextMessage(frame);
            }
        });
    }

    private static List<RelayFrame> sent(RelaySocket socket, String type) {
        return socket.frames(type).stream().filter(frame -> !frame.fromServer()).toList();
    }

    private RelaySocket awaitSent(String callSid, String type, int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> relays.sockets(callSid).stream()
                                .mapToInt(socket -> sent(socket, type).size())
                                .sum()
                        >= count);
        return relays.sockets(callSid).getLast();
    }

    @Test
    void theAssistantGreetsAndAnswers() {
        server.twiml(
                VOICE,
                relay(
                        "/relay/1",
                        "welcomeGreeting=\"Bom dia\" ttsProvider=\"Google\" voice=\"pt-BR-Chirp3-HD-Aoede\"",
                        "<Language code=\"en-US\"/><Parameter name=\"place\" value=\"p-1-0\"/>"));
        server.assistant("/relay/1", (socket, frame) -> {
            if (frame.getString("type").equals("prompt")) {
                say(socket, "Claro, ", false);
                say(socket, "qual dia?", true);
                vertx.setTimer(
                        500,
                        timer -> socket.writeTextMessage("{\"type\":\"end\",\"handoffData\":\"{\\\"reason\\\":1}\"}"));
            }
        });
        phones.script(PERSON, PhoneScript.rings().says("Quero visitar"));
        String sid = twilio.call(PERSON, COMPANY).callSid();
        phones.awaitEnded(PERSON);

        assertEquals(
                List.of(
                        "relay: Bom dia",
                        "speech: Quero visitar",
                        "relay: Claro, qual dia?",
                        "say: Fim",
                        "end: completed"),
                phones.heard(PERSON));
        RelaySocket socket = relays.sockets(sid).getFirst();
        String signature = server.first("/relay/1").headers().get("x-twilio-signature");
        assertEquals(TwilioSignature.of(TOKEN, server.socketAt("/relay/1"), Map.of()), signature);
        assertEquals(signature, socket.signature());
        JsonNode setup = socket.frames().getFirst().json();
        assertEquals("setup", setup.path("type").asText());
        assertEquals(sid, setup.path("callSid").asText());
        assertEquals(ACCOUNT, setup.path("accountSid").asText());
        assertEquals("RINGING", setup.path("callStatus").asText());
        assertEquals("p-1-0", setup.path("customParameters").path("place").asText());
        JsonNode prompt = sent(socket, "prompt").getFirst().json();
        assertEquals("Quero visitar", prompt.path("voicePrompt").asText());
        assertEquals("pt-BR", prompt.path("lang").asText());
        assertTrue(prompt.path("last").asBoolean());
        assertEquals(List.of("Claro, qual dia?"), relays.texts(sid));
        assertEquals(1, socket.answerTimes().size());
        assertTrue(socket.answerTimes().getFirst().compareTo(Duration.ofSeconds(5)) < 0);

        DocumentServer.Received end = server.first("/fim");
        assertEquals("ended", end.field("SessionStatus"));
        assertEquals("{\"reason\":1}", end.field("HandoffData"));
        assertEquals(socket.sessionId(), end.field("SessionId"));
        assertEquals("in-progress", end.field("CallStatus"));
        assertTrue(Integer.parseInt(end.field("SessionDuration")) > 0);
        assertEquals("", end.field("ErrorCode"));
        assertEquals(List.of(), twilio.errors());
    }

    @Test
    void theSignatureIsThatOfAKnownAddress() {
        assertEquals(
                "CSS4F/5/iw8S6Zkm3aULeNJaVC8=",
                TwilioSignature.of("c0e4d9d4fff66d194f3101ccd7c3a38c", "wss://70cd1a93aa44.ngrok-free.app/", Map.of()));
    }

    @Test
    void whoeverSpeaksInterruptsTheAssistant() {
        providers.voice().pace().secondLasts(Duration.ofMillis(200));
        voice("");
        answering(LONG);
        phones.script(PERSON, PhoneScript.rings().says("Oi"));
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        interruptWith(phone, "Espere");
        interruptWith(phone, "Pare");
        RelaySocket socket = awaitSent(phone.callSid(), "prompt", 3);

        List<RelayFrame> interrupts = sent(socket, "interrupt");
        assertEquals(2, interrupts.size());
        JsonNode first = interrupts.getFirst().json();
        String heard = first.path("utteranceUntilInterrupt").asText();
        assertTrue(LONG.startsWith(heard) && heard.length() < LONG.length() && !heard.isEmpty(), heard);
        assertTrue(first.path("durationUntilInterruptMs").isNumber());
        assertTrue(interrupts.getLast().json().path("durationUntilInterruptMs").isTextual());
        assertTrue(phone.heard("relay: " + heard));
        assertFalse(phone.heard(LONG.strip()));
        List<String> types = socket.frames().stream()
                .filter(frame -> !frame.fromServer())
                .map(RelayFrame::type)
                .toList();
        assertEquals(List.of("setup", "prompt", "interrupt", "prompt", "interrupt", "prompt"), types);
        List<String> kinds = phone.heard().stream().map(Heard::kind).toList();
        assertEquals(List.of("speech", "relay", "speech", "relay", "speech"), kinds);
    }

    private static void interruptWith(PhoneLeg phone, String words) {
        await().atMost(Duration.ofSeconds(10)).until(() -> phone.speaking().length() > 20);
        phone.say(words);
        await().atMost(Duration.ofSeconds(10)).until(() -> phone.heard("speech: " + words));
    }

    @Test
    void aGreetingThatIsNotInterruptibleIsHeardToItsEnd() {
        providers.voice().pace().secondLasts(Duration.ofMillis(100));
        voice("welcomeGreetingInterruptible=\"none\" welcomeGreeting=\"Esta ligação é atendida por um assistente.\"");
        answering("Sim");
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        await().atMost(Duration.ofSeconds(10)).until(() -> !phone.speaking().isEmpty());
        phone.say("Oi");
        phones.awaitHeard(PERSON, "relay: Esta ligação é atendida por um assistente.");
        phone.say("Alô");
        RelaySocket socket = awaitSent(phone.callSid(), "prompt", 1);
        assertEquals(
                "Alô",
                sent(socket, "prompt").getFirst().json().path("voicePrompt").asText());
        assertEquals(List.of(), sent(socket, "interrupt"));
    }

    @Test
    void theRestOfAnInterruptedTextIsDropped() {
        providers.voice().pace().secondLasts(Duration.ofMillis(200));
        voice("");
        server.assistant("/relay/1", (socket, frame) -> {
            switch (frame.getString("type")) {
                case "setup" -> say(socket, LONG, false);
                case "interrupt" -> {
                    say(socket, "resto que ninguém ouve", false);
                    say(socket, "", true);
                    say(socket, "Pois não?", true);
                }
                default -> {
                    // the text follows the interruption
                }
            }
        });
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        interruptWith(phone, "Espere");
        phones.awaitHeard(PERSON, "relay: Pois não?");
        assertFalse(phone.heard("resto"));
    }

    @Test
    void aFillerGivesWayToTheAnswer() {
        providers.voice().pace().secondLasts(Duration.ofMillis(200));
        voice("");
        server.assistant("/relay/1", (socket, frame) -> {
            if (frame.getString("type").equals("setup")) {
                socket.writeTextMessage(new JsonObject()
                        .put("type", "text")
                        .put("token", LONG)
                        .put("last", true)
                        .put("preemptible", true)
                        .encode());
                vertx.setTimer(500, timer -> say(socket, "Achei.", true));
            }
        });
        twilio.call(PERSON, COMPANY);
        PhoneLeg phone = phones.awaitHeard(PERSON, "relay: Achei.");
        assertFalse(phone.heard(LONG.strip()));
        assertTrue(phone.heard().getFirst().text().length() > 0);
    }

    @Test
    void aCallerWhoHangsUpCompletesTheSession() {
        voice("");
        answering("Sim");
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        RelaySocket socket = relays.awaitOpen(phone.callSid());
        phone.hangUp();
        DocumentServer.Received end = server.first("/fim");
        assertEquals("completed", end.field("SessionStatus"));
        assertEquals("completed", end.field("CallStatus"));
        await().atMost(Duration.ofSeconds(10)).until(() -> socket.closed() != null);
        assertFalse(phone.heard("say: Fim"));
    }

    @TestFactory
    Stream<DynamicTest> wrongAttributesGoToTheAction() {
        String url = server.socketAt("/relay/1");
        return Stream.of(
                        List.of("64106", "ttsProvider=\"Google\" voice=\"pt-BR-Neural2-Z\"", url),
                        List.of("64106", "voice=\"pt-BR-Neural2-A\"", url),
                        List.of("64106", "ttsProvider=\"Amazon\" voice=\"Joanna-Neural\"", url),
                        List.of("64106", "speechModel=\"flux\"", url),
                        List.of("64106", "transcriptionProvider=\"Google\" speechModel=\"nova-3-general\"", url),
                        List.of("64106", "ttsLanguage=\"pt\"", url),
                        List.of("64101", "interruptible=\"sometimes\"", url),
                        List.of("64101", "speechTimeout=\"100\"", url),
                        List.of("64101", "partialPrompts=\"true\"", url),
                        List.of("64101", "", url + "?call=1"),
                        List.of("64101", "", url.replace("wss:", "ws:")))
                .map(row -> dynamicTest(row.getFirst() + " " + row.get(1) + row.getLast(), () -> {
                    String path = "/fim-" + Integer.toHexString(row.hashCode());
                    server.twiml(
                            VOICE,
                            "<Connect action=\"" + path + "\"><ConversationRelay language=\"pt-BR\" url=\""
                                    + row.getLast() + "\" " + row.get(1) + "/></Connect>");
                    twilio.call(PERSON, COMPANY);
                    DocumentServer.Received end = server.first(path);
                    assertEquals(row.getFirst(), end.field("ErrorCode"));
                    assertEquals("failed", end.field("SessionStatus"));
                    assertEquals(0, relays.sockets().size());
                }));
    }

    @Test
    void anAttributeInWrongCaseIsReported() {
        voice("speechtimeout=\"900\"");
        answering("Sim");
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        relays.awaitOpen(phone.callSid());
        assertEquals(12_200, twilio.errors().getFirst().code());
    }

    @Test
    void aRefusedSocketFails() {
        voice("");
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        DocumentServer.Received end = server.first("/fim");
        assertEquals("64102", end.field("ErrorCode"));
        assertEquals("failed", end.field("SessionStatus"));
        assertEquals("in-progress", end.field("CallStatus"));
        assertEquals(401, relays.sockets(phone.callSid()).getFirst().status());
        phones.awaitHeard(PERSON, "say: Fim");
    }

    @Test
    void aServerThatIsNotThereFails() {
        server.twiml(VOICE, relay("/relay/1", "", "").replace(server.url().getAuthority(), "127.0.0.1:1"));
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        assertEquals("64102", server.first("/fim").field("ErrorCode"));
        assertEquals(0, relays.sockets(phone.callSid()).getFirst().status());
    }

    @Test
    void aHandshakeIsAwaitedForFiveSecondsAndASocketStaysOpenLonger() throws Exception {
        answering("Sim");
        RelayLine line = RelayLine.inbound(ACCOUNT, "CA1", PERSON, COMPANY);
        RelaySocket open = relays.connect(line, server.socketAt("/relay/1")).get(20, TimeUnit.SECONDS);
        server.twiml(VOICE, relay("/mudo/1", "", ""));
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        assertEquals("64102", server.first("/fim").field("ErrorCode"));
        assertEquals(0, relays.sockets(phone.callSid()).getFirst().status());
        await().pollDelay(Duration.ofSeconds(2)).until(open::isOpen);
    }

    @Test
    void aDroppedSocketIsFollowedByANewOne() {
        voice("");
        answering("Sim");
        server.assistant("/relay/2", (socket, frame) -> {
            if (frame.getString("type").equals("setup")) {
                say(socket, "Voltamos", true);
            }
        });
        server.twiml("/fim", relay("/relay/2", "", ""));
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        RelaySocket first = relays.awaitOpen(phone.callSid());
        first.drop();
        RelaySocket second = relays.awaitOpen(phone.callSid(), 2);
        assertEquals("64105", server.first("/fim").field("ErrorCode"));
        assertFalse(first.sessionId().equals(second.sessionId()));
        phones.awaitHeard(PERSON, "relay: Voltamos");
        assertEquals(
                "IN-PROGRESS",
                second.frames().getFirst().json().path("callStatus").asText());
    }

    @Test
    void aServerThatClosesWithoutEndFails() {
        voice("");
        server.assistant("/relay/1", (socket, frame) -> socket.close((short) 1012));
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        assertEquals("64105", server.first("/fim").field("ErrorCode"));
        assertEquals(1012, relays.sockets(phone.callSid()).getFirst().closeCode());
    }

    @Test
    void withoutAnActionTheCallEnds() {
        server.twiml(VOICE, relay("/relay/1", "", "").replace(" action=\"/fim\"", "") + "<Say>nunca</Say>");
        beginningWith("{\"type\":\"end\"}");
        twilio.call(PERSON, COMPANY);
        PhoneLeg phone = phones.awaitEnded(PERSON);
        assertFalse(phone.heard("nunca"));
        assertEquals(0, server.received("/fim").size());
    }

    @TestFactory
    Stream<DynamicTest> framesThatTwilioDoesNotKnowEndTheSession() {
        return Stream.of(
                        "{\"type\":\"fala\"}",
                        "rubbish",
                        "[]",
                        "{\"type\":\"text\"}",
                        "{\"type\":\"text\",\"token\":\"a\",\"last\":\"yes\"}",
                        "{\"type\":\"play\",\"source\":\"som.mp3\"}",
                        "{\"type\":\"sendDigits\",\"digits\":\"abc\"}",
                        "{\"type\":\"language\",\"ttsLanguage\":\"ja-JP\"}",
                        "{\"type\":\"end\",\"handoffData\":{\"reason\":\"bye\"}}")
                .map(frame -> dynamicTest(frame, () -> {
                    String path = "/fim-" + Integer.toHexString(frame.hashCode());
                    server.twiml(VOICE, relay("/relay/1", "", "").replace("/fim", path));
                    beginningWith(frame);
                    PhoneLeg phone = twilio.call(PERSON, COMPANY);
                    DocumentServer.Received end = server.first(path);
                    assertEquals("64107", end.field("ErrorCode"));
                    RelaySocket socket = relays.sockets(phone.callSid()).getFirst();
                    assertEquals(
                            "Invalid message received: " + (frame.contains("ja-JP") ? "unknown language ja-JP" : frame),
                            sent(socket, "error")
                                    .getFirst()
                                    .json()
                                    .path("description")
                                    .asText());
                }));
    }

    @Test
    void binaryFramesEndTheSession() {
        voice("");
        server.assistant("/relay/1", (socket, frame) -> socket.writeBinaryMessage(Buffer.buffer("a")));
        twilio.call(PERSON, COMPANY);
        assertEquals("64107", server.first("/fim").field("ErrorCode"));
    }

    @Test
    void keysAreReportedOnlyWhenTheServerWantsThem() {
        voice("dtmfDetection=\"true\"");
        answering("Sim");
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        relays.awaitOpen(phone.callSid());
        phones.awaitAsked(PERSON);
        phone.press("12");
        RelaySocket socket = awaitSent(phone.callSid(), "dtmf", 2);
        assertEquals("1", sent(socket, "dtmf").getFirst().json().path("digit").asText());
        phone.hangUp();

        voice("");
        PhoneLeg other = twilio.call(PERSON, COMPANY);
        relays.awaitOpen(other.callSid());
        await().until(() -> !other.asked().isEmpty());
        other.press("1");
        other.say("Oi");
        RelaySocket without = awaitSent(other.callSid(), "prompt", 1);
        assertEquals(List.of(), sent(without, "dtmf"));
    }

    @Test
    void soundsKeysAndLanguagesAreFollowed() {
        server.twiml(VOICE, relay("/relay/1", "events=\"speaker-events tokens-played\"", "<Language code=\"en-US\"/>"));
        server.assistant("/relay/1", (socket, frame) -> {
            if (frame.getString("type").equals("setup")) {
                socket.writeTextMessage("{\"type\":\"sendDigits\",\"digits\":\"1w2\"}");
                socket.writeTextMessage("{\"type\":\"play\",\"source\":\"https://a.example/s.mp3\",\"loop\":1}");
                socket.writeTextMessage("{\"type\":\"language\",\"transcriptionLanguage\":\"en-US\"}");
                say(socket, "Pronto", true);
            }
        });
        phones.script(PERSON, PhoneScript.rings().staysSilent().says("Yes"));
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        phones.awaitHeard(PERSON, "relay: Pronto");
        assertEquals(
                List.of("tones: 1w2", "play: https://a.example/s.mp3", "relay: Pronto"),
                phones.heard(PERSON).subList(0, 3));
        RelaySocket socket = awaitSent(phone.callSid(), "prompt", 1);
        assertEquals(
                "en-US", sent(socket, "prompt").getFirst().json().path("lang").asText());
        List<String> infos = sent(socket, "info").stream()
                .map(frame -> frame.json().path("name").asText() + " "
                        + frame.json().path("value").asText())
                .toList();
        assertTrue(
                infos.containsAll(List.of("agentSpeaking on", "tokensPlayed Pronto", "agentSpeaking off")),
                infos::toString);
    }

    @Test
    void framesAreDoubledDelayedAndForged() {
        voice("");
        answering("Sim");
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        RelaySocket socket = relays.awaitOpen(phone.callSid());
        phones.awaitAsked(PERSON);
        socket.twice(true);
        phone.say("Oi");
        awaitSent(phone.callSid(), "prompt", 2);
        socket.twice(false);
        socket.repeat();
        awaitSent(phone.callSid(), "prompt", 3);
        socket.send("{\"type\":\"novidade\"}");
        assertEquals(1, sent(socket, "novidade").size());
        socket.delay(Duration.ofMillis(300));
        long since = System.nanoTime();
        socket.prompt("Tarde", "pt-BR");
        awaitSent(phone.callSid(), "prompt", 4);
        assertTrue(System.nanoTime() - since >= Duration.ofMillis(250).toNanos());
        await().until(() -> relays.texts(phone.callSid()).size() == 4);
    }

    private String page(String path) {
        return providers.url() + "/_sandbox/" + path;
    }

    @Test
    void thePhonePageSpeaksWithTheAssistantAndDropsItsSocket() {
        providers.voice().pace().secondLasts(Duration.ofMillis(200));
        voice("");
        answering(LONG);
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        RelaySocket socket = relays.awaitOpen(phone.callSid());
        phones.awaitAsked(PERSON);
        given().body(Map.of("callSid", phone.callSid(), "action", "say", "text", "Oi"))
                .contentType("application/json")
                .post(page("telefone/calls/actions"))
                .then()
                .statusCode(200)
                .body("asked", startsWith("relay"));
        await().atMost(Duration.ofSeconds(10)).until(() -> !phone.speaking().isEmpty());
        given().queryParam("number", PERSON)
                .get(page("telefone/calls"))
                .then()
                .body("[0].speaking", startsWith("Temos"));
        given().body(Map.of("callSid", phone.callSid(), "action", "dropSocket"))
                .contentType("application/json")
                .post(page("telefone/calls/actions"))
                .then()
                .statusCode(200);
        await().atMost(Duration.ofSeconds(10)).until(() -> !socket.isOpen());
        assertEquals("64105", server.first("/fim").field("ErrorCode"));
    }

    @Test
    void theControlApiShowsSocketsAndActsOnThem() {
        voice("");
        answering("Sim");
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        relays.awaitOpen(phone.callSid());
        control("PUT", "faults", Map.of("callSid", phone.callSid(), "twice", true), 204);
        control(
                "POST",
                "actions",
                Map.of("callSid", phone.callSid(), "action", "send", "frame", "{\"type\":\"novidade\"}"),
                200);
        control("POST", "actions", Map.of("callSid", phone.callSid(), "action", "repeat"), 200);
        given().queryParam("callSid", phone.callSid())
                .get(page("voice/relays"))
                .then()
                .body("", hasSize(1))
                .body("[0].url", equalTo(server.socketAt("/relay/1")))
                .body("[0].status", equalTo(101))
                .body("[0].frames", hasSize(4))
                .body("[0].frames.text", hasItem("{\"type\":\"novidade\"}"))
                .body("[0].frames[3].fromServer", equalTo(false));
        control("POST", "actions", Map.of("callSid", phone.callSid(), "action", "drop"), 200);
        assertEquals("64105", server.first("/fim").field("ErrorCode"));
        control("POST", "actions", Map.of("callSid", phone.callSid(), "action", "drop"), 404);
    }

    private void control(String method, String path, Map<String, Object> body, int status) {
        given().body(body)
                .contentType("application/json")
                .request(method, page("voice/relays/" + path))
                .then()
                .statusCode(status);
    }

    @Test
    void manySocketsOpenWithoutPhones() throws Exception {
        answering("Sim");
        List<CompletableFuture<RelaySocket>> opening = IntStream.range(0, 200)
                .mapToObj(i -> relays.connect(
                        RelayLine.inbound(ACCOUNT, "CA" + i, PERSON, COMPANY), server.socketAt("/relay/1")))
                .toList();
        for (CompletableFuture<RelaySocket> one : opening) {
            RelaySocket socket = one.get(20, TimeUnit.SECONDS);
            assertTrue(socket.isOpen());
            socket.prompt("Oi", "pt-BR");
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> relays.sockets().stream()
                .allMatch(socket -> socket.answerTimes().size() == 1));
        assertNull(relays.sockets().getFirst().closed());
    }

    @Test
    void aPublicAddressLeadsToTheRealServer() throws Exception {
        answering("Sim");
        relays.route("comuta.example", URI.create(server.url().toString()));
        RelaySocket socket = relays.connect(
                        RelayLine.inbound(ACCOUNT, "CA1", PERSON, COMPANY), "wss://comuta.example/relay/1")
                .get(20, TimeUnit.SECONDS);
        assertTrue(socket.isOpen());
        assertEquals(
                TwilioSignature.of(TOKEN, "wss://comuta.example/relay/1", Map.of()),
                server.first("/relay/1").headers().get("x-twilio-signature"));
        assertEquals(
                "comuta.example", server.first("/relay/1").headers().get("host").replaceFirst(":.*", ""));
    }
}
