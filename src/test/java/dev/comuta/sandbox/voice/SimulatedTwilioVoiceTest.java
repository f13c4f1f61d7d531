package dev.comuta.sandbox.voice;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.SimulatedProviders;
import dev.comuta.sandbox.TwilioSignature;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedTwilioVoiceTest {

    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String TOKEN = "segredo";
    private static final String COMPANY = "+551130000001";
    private static final String PERSON = "+5511998765432";
    private static final String BROKER = "+5511988880001";
    private static final String OTHER_BROKER = "+5511988880002";

    private final Vertx vertx = Vertx.vertx();
    private final SimulatedProviders providers = SimulatedProviders.launch(vertx);
    private final TwilioVoice twilio = providers.voice().twilio();
    private final Phones phones = providers.voice().phones();
    private DocumentServer server;

    @BeforeEach
    void open() throws Exception {
        server = new DocumentServer(vertx);
        providers.voice().registerTwilio(ACCOUNT, TOKEN, COMPANY, server.url());
        providers.voice().pace().secondLasts(Duration.ofMillis(20));
    }

    @AfterEach
    void close() {
        providers.close();
        server.close();
        vertx.close();
    }

    private void voice(String verbs) {
        server.twiml("/webhooks/twilio/voice", verbs);
    }

    private static RequestSpecification api() {
        return given().auth().preemptive().basic(ACCOUNT, TOKEN);
    }

    private String at(String path) {
        return providers.url() + "/2010-04-01/Accounts/" + ACCOUNT + path;
    }

    private ValidatableResponse dial(String to, Map<String, String> fields) {
        Map<String, String> form = new LinkedHashMap<>(Map.of("To", to, "From", COMPANY));
        form.putAll(fields);
        return api().formParams(form).post(at("/Calls.json")).then();
    }

    private List<String> statuses(String path) {
        return server.received(path).stream()
                .sorted(Comparator.comparing(one -> one.field("SequenceNumber")))
                .map(one -> one.field("CallStatus"))
                .toList();
    }

    @Test
    void anInboundCallFollowsItsSignedDocument() {
        voice("<Say>Olá</Say><Play>/som.mp3</Play><Hangup/>");
        twilio.call(PERSON, COMPANY);
        phones.awaitEnded(PERSON);

        DocumentServer.Received first =
                server.received("/webhooks/twilio/voice").getFirst();
        assertEquals("ringing", first.field("CallStatus"));
        assertEquals("inbound", first.field("Direction"));
        assertEquals(PERSON, first.field("Caller"));
        Map<String, String> form = new LinkedHashMap<>();
        Forms.read(first.body()).fields().forEach((name, values) -> form.put(name, values.getFirst()));
        assertEquals(
                TwilioSignature.of(TOKEN, server.at("/webhooks/twilio/voice"), form),
                first.headers().get("x-twilio-signature"));
        assertEquals(List.of("say: Olá", "play: " + server.at("/som.mp3"), "end: completed"), phones.heard(PERSON));
    }

    @Test
    void gatherPostsDigitsAndSpeech() {
        voice("<Gather numDigits=\"1\" action=\"/menu\"><Say>Tecle 1</Say></Gather><Say>nada</Say>");
        server.twiml("/menu", "<Gather input=\"speech dtmf\" action=\"/fala\"/>");
        server.twiml("/fala", "<Say>Até logo</Say>");
        phones.script(PERSON, PhoneScript.rings().presses("1").says("Quero visitar"));
        twilio.call(PERSON, COMPANY);
        phones.awaitEnded(PERSON);

        assertEquals("1", server.first("/menu").field("Digits"));
        assertEquals("Quero visitar", server.first("/fala").field("SpeechResult"));
        assertTrue(phones.heard(PERSON).contains("say: Até logo"));
    }

    @Test
    void gatherWithoutInputGoesOnUnlessItReportsEmptyResults() {
        voice(
                "<Gather timeout=\"1\" action=\"/menu\"/><Gather timeout=\"1\" actionOnEmptyResult=\"true\" action=\"/vazio\"/>");
        server.twiml("/vazio", "<Hangup/>");
        twilio.call(PERSON, COMPANY);
        phones.awaitEnded(PERSON);
        assertEquals(0, server.received("/menu").size());
        assertEquals("", server.first("/vazio").field("Digits"));
    }

    @Test
    void speechEndsAfterItsSilenceAndHasAConfidence() {
        providers.voice().pace().secondLasts(Duration.ofMillis(200));
        voice("<Gather input=\"speech dtmf\" speechModel=\"deepgram_nova-3\" speechTimeout=\"3\" timeout=\"60\""
                + " action=\"/fala\"><Say>Diga</Say></Gather>");
        server.twiml("/fala", "<Hangup/>");
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        phones.awaitAsked(PERSON);
        phone.say("Quero visitar");
        phone.say("o apartamento");
        DocumentServer.Received fala = server.first("/fala");
        assertEquals("Quero visitar o apartamento", fala.field("SpeechResult"));
        assertEquals("0.9", fala.field("Confidence"));
        assertEquals("", fala.field("Digits"));
        assertEquals(List.of(), twilio.errors());
    }

    @Test
    void silenceReportsAnEmptySpeechWhenTheVerbWantsIt() {
        voice(
                "<Gather input=\"speech\" timeout=\"1\" actionOnEmptyResult=\"true\" action=\"/vazio\"><Say>Diga</Say></Gather>");
        server.twiml("/vazio", "<Hangup/>");
        phones.script(PERSON, PhoneScript.rings().staysSilent());
        twilio.call(PERSON, COMPANY);
        assertTrue(server.first("/vazio").body().contains("SpeechResult=&")
                || server.first("/vazio").body().endsWith("SpeechResult="));
        phones.awaitHeard(PERSON, "say: Diga");
    }

    @Test
    void keysThatAreNotWantedDoNotStopThePrompt() {
        providers.voice().pace().secondLasts(Duration.ofMillis(100));
        voice(
                "<Gather input=\"speech\" timeout=\"1\" action=\"/fala\"><Say>Uma frase que dura alguns segundos da ligação</Say>"
                        + "</Gather><Say>Depois</Say>");
        PhoneLeg phone = twilio.call(PERSON, COMPANY);
        phones.awaitAsked(PERSON);
        long since = System.nanoTime();
        phone.press("1");
        phones.awaitHeard(PERSON, "say: Depois");
        assertTrue(System.nanoTime() - since > Duration.ofMillis(300).toNanos());
        assertEquals(0, server.received("/fala").size());
    }

    @Test
    void aPollOfPausesAndRedirectsMayGoOn() {
        for (int i = 0; i < 20; i++) {
            server.twiml("/poll/" + i, "<Pause length=\"1\"/><Redirect>/poll/" + (i + 1) + "</Redirect>");
        }
        server.twiml("/poll/20", "<Say>Pronto</Say>");
        voice("<Redirect>/poll/0</Redirect>");
        twilio.call(PERSON, COMPANY);
        phones.awaitHeard(PERSON, "say: Pronto");
        assertEquals(List.of(), twilio.errors());
    }

    @Test
    void theFirstBrokerWhoAcceptsIsConnectedAndTheOthersAreCanceled() {
        String events = " statusCallback=\"/leg\" statusCallbackEvent=\"initiated ringing answered completed\"";
        voice("<Dial action=\"/fim\" timeout=\"200\"><Number url=\"/sussurro\"" + events + ">" + BROKER
                + "</Number><Number url=\"/sussurro\"" + events + ">" + OTHER_BROKER + "</Number></Dial>");
        server.twiml(
                "/sussurro",
                "<Gather numDigits=\"1\" timeout=\"2\" action=\"/aceita\"><Say>Maria</Say></Gather><Hangup/>");
        server.twiml("/aceita", "");
        server.twiml("/fim", "<Hangup/>");
        phones.script(BROKER, PhoneScript.voicemail());
        phones.script(
                OTHER_BROKER,
                PhoneScript.answersAfter(Duration.ofSeconds(2)).presses("1").hangsUpAfter(Duration.ofSeconds(30)));
        twilio.call(PERSON, COMPANY);
        phones.awaitHeard(PERSON, "bridged: " + OTHER_BROKER);
        phones.awaitEnded(PERSON);

        DocumentServer.Received end = server.first("/fim");
        assertEquals("completed", end.field("DialCallStatus"));
        assertEquals("true", end.field("DialBridged"));
        assertEquals(twilio.dialled(OTHER_BROKER).getFirst().sid(), end.field("DialCallSid"));
        assertTrue(phones.heard(OTHER_BROKER).contains("bridged: " + PERSON));
        assertTrue(phones.heard(BROKER).contains("say: Maria"));
        await().untilAsserted(() -> assertEquals(8, server.received("/leg").size()));
        assertTrue(server.received("/leg").stream()
                .allMatch(one -> !one.field("ParentCallSid").isEmpty()));
    }

    @Test
    void aPhoneThatStillRingsStopsWhenAnotherIsConnected() {
        voice("<Dial timeout=\"600\"><Number>" + BROKER + "</Number><Number>" + OTHER_BROKER + "</Number></Dial>");
        phones.script(BROKER, PhoneScript.noAnswer());
        phones.script(OTHER_BROKER, PhoneScript.answers());
        PhoneLeg caller = twilio.call(PERSON, COMPANY);
        phones.awaitHeard(PERSON, "bridged: " + OTHER_BROKER);
        phones.awaitEnded(BROKER);
        assertEquals("canceled", twilio.dialled(BROKER).getFirst().status());
        assertEquals(PhoneLeg.State.CONNECTED, caller.state());
    }

    @Test
    void aDialThatNobodyAnswersReportsWhy() {
        voice("<Dial action=\"/fim\" timeout=\"2\"><Number>" + BROKER + "</Number><Number>" + OTHER_BROKER
                + "</Number></Dial>");
        phones.script(BROKER, PhoneScript.busy());
        phones.script(OTHER_BROKER, PhoneScript.noAnswer());
        twilio.call(PERSON, COMPANY);
        assertEquals("no-answer", server.first("/fim").field("DialCallStatus"));
        phones.awaitEnded(PERSON);
        assertEquals("busy", twilio.dialled(BROKER).getFirst().status());
    }

    @Test
    void aCallerWhoHangsUpCancelsTheRingingLegs() {
        providers.voice().pace().secondLasts(Duration.ofSeconds(1));
        voice("<Dial action=\"/fim\" answerOnBridge=\"true\"><Number>" + BROKER + "</Number></Dial>");
        PhoneLeg caller = twilio.call(PERSON, COMPANY);
        phones.awaitRinging(BROKER);
        caller.hangUp();
        phones.awaitEnded(BROKER);
        assertEquals("canceled", twilio.dialled(BROKER).getFirst().status());
        assertEquals("no-answer", server.first("/fim").field("CallStatus"));
    }

    @Test
    void anOutboundCallReportsEveryWantedEvent() {
        server.twiml("/doc", "<Say>Oi</Say>");
        phones.script(PERSON, PhoneScript.answers());
        Map<String, String> fields = Map.of("Url", server.at("/doc"), "StatusCallback", server.at("/status"));
        api().formParams(Map.of("To", PERSON, "From", COMPANY))
                .formParams(fields)
                .formParam("StatusCallbackEvent", "initiated", "ringing", "answered", "completed")
                .post(at("/Calls.json"))
                .then()
                .statusCode(201)
                .body("status", equalTo("queued"))
                .body("direction", equalTo("outbound-api"))
                .body("end_time", nullValue());
        await().untilAsserted(() -> assertEquals(4, server.received("/status").size()));
        assertEquals(List.of("initiated", "ringing", "in-progress", "completed"), statuses("/status"));
        DocumentServer.Received last = server.received("/status").stream()
                .filter(one -> one.field("SequenceNumber").equals("3"))
                .findFirst()
                .orElseThrow();
        assertEquals("completed", last.field("CallStatus"));
        assertEquals("200", last.field("SipResponseCode"));
        assertTrue(last.field("Timestamp").matches("\\w{3}, \\d{2} \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d \\+0000"));
        assertNotEquals("0", last.field("CallDuration"));
        api().queryParam("To", PERSON).get(at("/Calls.json")).then().body("calls", hasSize(1));
        api().queryParam("Status", "busy").get(at("/Calls.json")).then().body("calls", hasSize(0));
    }

    @Test
    void endsAndRefusalsAreTwilios() {
        providers.voice().pace().secondLasts(Duration.ofSeconds(1));
        phones.script(BROKER, PhoneScript.rejects());
        phones.script(OTHER_BROKER, PhoneScript.refused(21_215));
        dial("123", Map.of("Twiml", "<Response/>")).statusCode(400).body("code", equalTo(21_211));
        dial(PERSON, Map.of()).statusCode(400).body("code", equalTo(21_205));
        dial(OTHER_BROKER, Map.of("Twiml", "<Response/>")).statusCode(400).body("code", equalTo(21_215));
        dial(BROKER, Map.of("Twiml", "<Response/>", "StatusCallback", server.at("/status")));
        assertEquals("603", server.first("/status").field("SipResponseCode"));
        given().get(at("/Calls.json")).then().statusCode(401);
        String sid = dial(PERSON, Map.of("Twiml", "<Response/>")).extract().path("sid");
        phones.awaitRinging(PERSON);
        api().formParam("Status", "completed")
                .post(at("/Calls/" + sid + ".json"))
                .then()
                .statusCode(200);
        phones.awaitEnded(PERSON);
        api().formParam("Status", "completed")
                .post(at("/Calls/" + sid + ".json"))
                .then()
                .statusCode(404)
                .body("code", equalTo(20_404));
    }

    @Test
    void aRedirectInterruptsTheDocument() {
        phones.script(PERSON, PhoneScript.answers());
        server.twiml("/novo", "<Say>Outro</Say>");
        String sid = dial(PERSON, Map.of("Twiml", "<Response><Pause length=\"6000\"/></Response>"))
                .extract()
                .path("sid");
        phones.awaitConnected(PERSON);
        api().formParam("Url", server.at("/novo"))
                .post(at("/Calls/" + sid + ".json"))
                .then()
                .statusCode(200);
        phones.awaitHeard(PERSON, "Outro");
    }

    @Test
    void aMailboxIsDetectedBesideTheDocument() {
        phones.script(PERSON, PhoneScript.voicemail());
        dial(
                PERSON,
                Map.of(
                        "Twiml", "<Response><Pause length=\"20\"/></Response>",
                        "MachineDetection", "DetectMessageEnd",
                        "AsyncAmd", "true",
                        "AsyncAmdStatusCallback", server.at("/amd")));
        assertEquals("machine_end_beep", server.first("/amd").field("AnsweredBy"));
    }

    @Test
    void aMessageIsRecordedAndItsSoundComesLate() {
        voice(
                "<Record action=\"/gravado\" recordingStatusCallback=\"/gravacao\" recordingStatusCallbackEvent=\"in-progress completed\"/>");
        phones.script(PERSON, PhoneScript.rings().leavesMessageAndHangsUp(Duration.ofSeconds(3)));
        twilio.call(PERSON, COMPANY);
        await().untilAsserted(() -> assertEquals(2, server.received("/gravacao").size()));
        assertEquals("hangup", server.first("/gravado").field("Digits"));
        DocumentServer.Received done = server.received("/gravacao").stream()
                .filter(one -> one.field("RecordingStatus").equals("completed"))
                .findFirst()
                .orElseThrow();
        assertEquals("RecordVerb", done.field("RecordingSource"));
        String url = done.field("RecordingUrl") + ".wav";
        api().get(url).then().statusCode(404);
        api().get(url + "?RequestedChannels=2").then().statusCode(400);
        byte[] sound = api().get(url).asByteArray();
        assertEquals(44 + 16_000L * Integer.parseInt(done.field("RecordingDuration")), sound.length);
        api().delete(done.field("RecordingUrl") + ".json").then().statusCode(204);
        api().get(url).then().statusCode(404);
    }

    @Test
    void participantsOfAConferenceAreHeldAndDialled() {
        voice(
                "<Dial><Conference statusCallback=\"/sala\" statusCallbackEvent=\"start end join leave hold\" endConferenceOnExit=\"true\">venda</Conference></Dial>");
        PhoneLeg caller = twilio.call(PERSON, COMPANY);
        phones.awaitConnected(PERSON);
        phones.script(BROKER, PhoneScript.answers());
        api().formParams(Map.of("From", COMPANY, "To", BROKER, "Label", "corretor"))
                .post(at("/Conferences/venda/Participants.json"))
                .then()
                .statusCode(201);
        phones.awaitHeard(BROKER, "conference: venda");
        String room = api().queryParam("FriendlyName", "venda")
                .get(at("/Conferences.json"))
                .then()
                .body("conferences", hasSize(1))
                .extract()
                .path("conferences[0].sid");
        api().formParam("Hold", "true")
                .post(at("/Conferences/" + room + "/Participants/" + caller.callSid() + ".json"))
                .then()
                .body("hold", equalTo(true));
        caller.hangUp();
        phones.awaitEnded(BROKER);
        await().untilAsserted(() -> assertEquals(
                List.of(
                        "participant-join",
                        "participant-join",
                        "conference-start",
                        "participant-hold",
                        "participant-leave",
                        "participant-leave",
                        "conference-end"),
                server.received("/sala").stream()
                        .map(one -> one.field("StatusCallbackEvent"))
                        .sorted(Comparator.comparingInt(List.of(
                                "participant-join",
                                "conference-start",
                                "participant-hold",
                                "participant-leave",
                                "conference-end")::indexOf))
                        .toList()));
    }

    @Test
    void aBrokenServerIsReplacedByItsFallback() {
        server.answer("/webhooks/twilio/voice", 503, "text/plain", "");
        twilio.number(COMPANY, server.at("/webhooks/twilio/voice"), server.at("/reserva"), "");
        server.twiml("/reserva", "<Say>Ligue depois</Say>");
        twilio.call(PERSON, COMPANY);
        phones.awaitEnded(PERSON);
        assertEquals("11200", server.first("/reserva").field("ErrorCode"));
        assertTrue(phones.heard(PERSON).contains("say: Ligue depois"));
    }

    @Test
    void redirectsWithoutProgressEndTheCall() {
        voice("<Redirect>/webhooks/twilio/voice</Redirect>");
        twilio.call(PERSON, COMPANY);
        phones.awaitEnded(PERSON);
        assertEquals(12, server.received("/webhooks/twilio/voice").size());
        assertEquals(12_400, twilio.errors().getFirst().code());
    }

    @Test
    void callbacksAreLostAndDoubledAsTheTestWants() {
        phones.script(PERSON, PhoneScript.busy());
        Map<String, String> fields = Map.of("Twiml", "<Response/>", "StatusCallback", server.at("/status"));
        twilio.callbacks(CallbackFaults.seeded(1).dropping(1));
        dial(PERSON, fields);
        phones.awaitEnded(PERSON);
        await().untilAsserted(() -> assertEquals(1, twilio.webhooks().size()));
        assertTrue(twilio.webhooks().getFirst().dropped());
        twilio.callbacks(CallbackFaults.seeded(1).duplicating(1).shuffling(Duration.ofMillis(50)));
        dial(PERSON, fields);
        await().untilAsserted(() -> assertEquals(2, server.received("/status").size()));
        assertEquals(
                server.received("/status").getFirst().headers().get("i-twilio-idempotency-token"),
                server.received("/status").getLast().headers().get("i-twilio-idempotency-token"));
    }

    @Test
    void aLostAnswerStillDialsOnce() {
        providers.voice().pace().secondLasts(Duration.ofSeconds(1));
        providers.fault(Fault.of("twilio-voice", Fault.Mode.CUT).times(1));
        try {
            dial(PERSON, Map.of("Twiml", "<Response/>"));
        } catch (Exception cut) {
            // the connection was closed
        }
        phones.awaitRinging(PERSON);
        assertEquals(1, twilio.dialled(PERSON).size());
        api().queryParam("To", PERSON).get(at("/Calls.json")).then().body("calls[0].status", equalTo("ringing"));
    }
}
