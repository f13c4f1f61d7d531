package dev.comuta.provider.twilio.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Conference;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.ConversationRelay;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Play;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Reject;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Sip;
import com.twilio.twiml.voice.WhatsApp;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Hook.Kind;
import dev.comuta.call.answer.SpokenLanguage;
import dev.comuta.call.answer.Twiml;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.answer.Verb.Target;
import dev.comuta.provider.twilio.TestTwilio;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** The TwiML documents, compared with those that Twilio's SDK builds. */
class TwimlTest {

    private static final String TEXT = "Olá, \"José\" & <Maria>; tecle 1.";
    private static final VoiceAddresses ADDRESSES = new VoiceAddresses(TestTwilio.addresses());

    private static Hook hook(Kind kind) {
        return new Hook(kind, 17, "p-0-0");
    }

    private static URI url(Kind kind) {
        return ADDRESSES.of(3).of(hook(kind));
    }

    /** A verb, and the same as the SDK builds it. */
    private record Case(Verb verb, VoiceResponse expected) {}

    private static VoiceResponse.Builder response() {
        return new VoiceResponse.Builder();
    }

    private static Say say() {
        return new Say.Builder(TEXT)
                .option("voice", "Google.pt-BR-Neural2-A")
                .language(Say.Language.PT_BR)
                .build();
    }

    private static List<Case> cases() {
        return List.of(
                new Case(new Verb.Say(TEXT), response().say(say()).build()),
                new Case(
                        new Verb.Play(URI.create("https://example.com/a.mp3")),
                        response()
                                .play(new Play.Builder("https://example.com/a.mp3").build())
                                .build()),
                new Case(
                        new Verb.Pause(Duration.ofSeconds(2)),
                        response().pause(new Pause.Builder().length(2).build()).build()),
                new Case(
                        new Verb.Tones("w12#"),
                        response()
                                .play(new Play.Builder().digits("w12#").build())
                                .build()),
                new Case(
                        gather(List.of("comprar", "alugar")),
                        response().gather(sdkGather()).build()),
                new Case(
                        gather(List.of()),
                        response()
                                .gather(new Gather.Builder()
                                        .inputs(Gather.Input.DTMF)
                                        .action(url(Kind.GATHERED))
                                        .timeout(6)
                                        .numDigits(1)
                                        .actionOnEmptyResult(true)
                                        .say(say())
                                        .build())
                                .build()),
                new Case(
                        new Verb.Listen(List.of(new Verb.Say(TEXT)), Duration.ofSeconds(8), hook(Kind.SAID)),
                        response()
                                .gather(new Gather.Builder()
                                        .inputs(Gather.Input.SPEECH)
                                        .action(url(Kind.SAID))
                                        .timeout(8)
                                        .actionOnEmptyResult(true)
                                        .language(Gather.Language.PT_BR)
                                        .option("speechModel", "deepgram_nova-3")
                                        .speechTimeout("2")
                                        .say(say())
                                        .build())
                                .build()),
                new Case(
                        new Verb.Converse(hook(Kind.RELAY), hook(Kind.TALKED), TEXT),
                        response().connect(sdkConnect(TEXT)).build()),
                new Case(
                        new Verb.Converse(hook(Kind.RELAY), hook(Kind.TALKED), null),
                        response().connect(sdkConnect(null)).build()),
                new Case(dial(hook(Kind.DIALED)), response().dial(sdkDial()).build()),
                new Case(overWhatsApp(), response().dial(sdkOverWhatsApp()).build()),
                new Case(conference(), response().dial(sdkConference()).build()),
                new Case(
                        new Verb.RecordMessage(Duration.ofSeconds(90), hook(Kind.RECORDED)),
                        response().record(sdkRecord()).build()),
                new Case(
                        new Verb.Redirect(hook(Kind.NEXT)),
                        response()
                                .redirect(new Redirect.Builder(url(Kind.NEXT)).build())
                                .build()),
                new Case(
                        new Verb.Hangup(),
                        response().hangup(new Hangup.Builder().build()).build()),
                new Case(
                        new Verb.Reject(),
                        response()
                                .reject(new Reject.Builder()
                                        .reason(Reject.Reason.REJECTED)
                                        .build())
                                .build()));
    }

    /** @param greeting null for none */
    private static Connect sdkConnect(String greeting) {
        ConversationRelay.Builder relay = new ConversationRelay.Builder()
                .url("wss://comuta.example/webhooks/twilio/voice/relay/3/17/p-0-0")
                .language("pt-BR")
                .ttsProvider("Google")
                .voice("pt-BR-Neural2-A")
                .transcriptionProvider("Deepgram")
                .speechModel("nova-3-general")
                .interruptible("any")
                .dtmfDetection(true);
        if (greeting != null) {
            relay.welcomeGreeting(greeting).welcomeGreetingInterruptible("none");
        }
        return new Connect.Builder()
                .action(url(Kind.TALKED))
                .conversationRelay(relay.build())
                .build();
    }

    private static Verb gather(List<String> hints) {
        return new Verb.Gather(List.of(new Verb.Say(TEXT)), 1, Duration.ofSeconds(6), hints, hook(Kind.GATHERED));
    }

    private static Gather sdkGather() {
        return new Gather.Builder()
                .inputs(List.of(Gather.Input.DTMF, Gather.Input.SPEECH))
                .action(url(Kind.GATHERED))
                .timeout(6)
                .numDigits(1)
                .actionOnEmptyResult(true)
                .language(Gather.Language.PT_BR)
                .hints("comprar, alugar")
                .option("speechModel", "deepgram_nova-3")
                .speechTimeout("2")
                .say(say())
                .build();
    }

    private static Verb dial(Hook hook) {
        return new Verb.Dial(
                List.of(
                        new Target.Phone("+5511988888888", hook(Kind.LEG), hook(Kind.CONFIRM)),
                        new Target.Sip("sip:sala@example.com", hook(Kind.LEG))),
                Duration.ofSeconds(20),
                Duration.ofMinutes(60),
                "+5511999999999",
                true,
                hook);
    }

    private static Verb overWhatsApp() {
        return new Verb.Dial(
                List.of(new Target.Phone("whatsapp:+5511987654321", hook(Kind.LEG), hook(Kind.CONFIRM))),
                Duration.ofSeconds(20),
                Duration.ofMinutes(60),
                "+5511999999999",
                false,
                hook(Kind.DIALED));
    }

    private static Dial sdkOverWhatsApp() {
        return new Dial.Builder()
                .action(url(Kind.DIALED))
                .timeout(20)
                .timeLimit(3600)
                .callerId("whatsapp:+5511999999999")
                .answerOnBridge(true)
                .whatsApp(new WhatsApp.Builder("+5511987654321")
                        .url(url(Kind.CONFIRM))
                        .statusCallback(url(Kind.LEG))
                        .statusCallbackEvents(List.of(
                                WhatsApp.Event.INITIATED,
                                WhatsApp.Event.RINGING,
                                WhatsApp.Event.ANSWERED,
                                WhatsApp.Event.COMPLETED))
                        .build())
                .build();
    }

    private static Dial sdkDial() {
        return new Dial.Builder()
                .action(url(Kind.DIALED))
                .timeout(20)
                .timeLimit(3600)
                .callerId("+5511999999999")
                .answerOnBridge(true)
                .record(Dial.Record.RECORD_FROM_ANSWER_DUAL)
                .recordingStatusCallback(url(Kind.RECORDING))
                .recordingStatusCallbackEvents(List.of(Dial.RecordingEvent.COMPLETED, Dial.RecordingEvent.ABSENT))
                .number(new Number.Builder("+5511988888888")
                        .url(url(Kind.CONFIRM))
                        .statusCallback(url(Kind.LEG))
                        .statusCallbackEvents(List.of(
                                Number.Event.INITIATED,
                                Number.Event.RINGING,
                                Number.Event.ANSWERED,
                                Number.Event.COMPLETED))
                        .build())
                .sip(new Sip.Builder("sip:sala@example.com")
                        .statusCallback(url(Kind.LEG))
                        .statusCallbackEvents(List.of(
                                Sip.Event.INITIATED, Sip.Event.RINGING, Sip.Event.ANSWERED, Sip.Event.COMPLETED))
                        .build())
                .build();
    }

    private static Verb conference() {
        return new Verb.Dial(
                List.of(new Target.Conference("comuta-17", true)),
                Duration.ofSeconds(8),
                Duration.ofSeconds(60),
                null,
                false,
                null);
    }

    private static Dial sdkConference() {
        return new Dial.Builder()
                .timeout(8)
                .timeLimit(60)
                .answerOnBridge(true)
                .conference(new Conference.Builder("comuta-17")
                        .endConferenceOnExit(true)
                        .beep(Conference.Beep.FALSE)
                        .build())
                .build();
    }

    private static Record sdkRecord() {
        return new Record.Builder()
                .action(url(Kind.RECORDED))
                .maxLength(90)
                .playBeep(true)
                .recordingStatusCallback(url(Kind.RECORDING))
                .recordingStatusCallbackEvents(List.of(Record.RecordingEvent.COMPLETED, Record.RecordingEvent.ABSENT))
                .build();
    }

    @TestFactory
    Stream<DynamicTest> everyVerbIsWhatTheSdkBuilds() {
        return cases().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.verb().getClass().getSimpleName(),
                        () -> assertEquals(
                                tree(one.expected().toXml()),
                                tree(new Twiml(ADDRESSES.of(3), new SpokenLanguage("pt-BR", "Google.pt-BR-Neural2-A"))
                                        .of(List.of(one.verb()))))));
    }

    /** So that a new verb or target gets a case. */
    @Test
    void thereIsACaseForEveryVerbAndTarget() {
        assertEquals(
                List.of(Verb.class.getPermittedSubclasses()).stream()
                        .map(Class::getSimpleName)
                        .sorted()
                        .toList(),
                cases().stream()
                        .map(one -> one.verb().getClass().getSimpleName())
                        .distinct()
                        .sorted()
                        .toList());
        assertEquals(3, Target.class.getPermittedSubclasses().length);
    }

    @Test
    void hooksAreAtTheirWebhooksWithRetries() {
        assertEquals(
                "https://comuta.example/webhooks/twilio/voice?channel=3&call=17&hook=dialed&at=p-0-0#rc=3&rp=all",
                url(Kind.DIALED).toString());
        assertEquals("/webhooks/twilio/voice/status", url(Kind.LEG).getPath());
        assertEquals("/webhooks/twilio/recordings", url(Kind.RECORDING).getPath());
    }

    private static String tree(String xml) throws Exception {
        return tree(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement());
    }

    private static String tree(Element element) {
        Map<String, String> attributes = new TreeMap<>();
        IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(element.getAttributes()::item)
                .forEach(attribute -> attributes.put(attribute.getNodeName(), attribute.getNodeValue()));
        return element.getTagName()
                + attributes
                + IntStream.range(0, element.getChildNodes().getLength())
                        .mapToObj(element.getChildNodes()::item)
                        .map(TwimlTest::text)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    private static String text(Node node) {
        return node instanceof Element child ? tree(child) : node.getTextContent();
    }
}
