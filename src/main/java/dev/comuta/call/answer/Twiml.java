package dev.comuta.call.answer;

import dev.comuta.call.answer.Verb.Converse;
import dev.comuta.call.answer.Verb.Dial;
import dev.comuta.call.answer.Verb.Gather;
import dev.comuta.call.answer.Verb.Listen;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.answer.Verb.Pause;
import dev.comuta.call.answer.Verb.Play;
import dev.comuta.call.answer.Verb.RecordMessage;
import dev.comuta.call.answer.Verb.Redirect;
import dev.comuta.call.answer.Verb.Reject;
import dev.comuta.call.answer.Verb.Say;
import dev.comuta.call.answer.Verb.Target;
import dev.comuta.call.answer.Verb.Tones;
import java.time.Duration;
import java.util.List;

/** Writes steps as TwiML ("TwiML for Programmable Voice"). */
public final class Twiml {

    /** The events of which a dialled telephone reports; several are one value here, other than in the REST API. */
    private static final String LEG_EVENTS = "initiated ringing answered completed";

    private static final String SPEECH_MODEL = "deepgram_nova-3";
    private static final String SPEECH_END = "2";
    private static final String RELAY_TRANSCRIPTION = "Deepgram";
    private static final String RELAY_MODEL = "nova-3-general";

    private final HookUrls urls;
    private final SpokenLanguage spoken;

    public Twiml(HookUrls urls, SpokenLanguage spoken) {
        this.urls = urls;
        this.spoken = spoken;
    }

    /** The document of these steps; without steps the call ends, or a dialled telephone is connected. */
    public String of(List<Verb> steps) {
        return new XmlElement("Response").addAll(elements(steps)).document();
    }

    private List<XmlElement> elements(List<Verb> steps) {
        return steps.stream().map(this::element).toList();
    }

    private XmlElement element(Verb verb) {
        return switch (verb) {
            case Say say -> say(say.text());
            case Play play -> new XmlElement("Play").text(play.url().toString());
            case Tones tones -> new XmlElement("Play").with("digits", tones.digits());
            case Pause pause -> new XmlElement("Pause").with("length", seconds(pause.length()));
            case Gather gather -> gather(gather);
            case Listen listen -> listen(listen);
            case Converse converse -> converse(converse);
            case Dial dial -> dial(dial);
            case RecordMessage message ->
                new XmlElement("Record")
                        .with("action", urls.of(message.hook()))
                        .with("maxLength", seconds(message.maxDuration()))
                        .with("playBeep", true)
                        .with("recordingStatusCallback", recording(message.hook()))
                        .with("recordingStatusCallbackEvent", "completed absent");
            case Redirect redirect ->
                new XmlElement("Redirect").text(urls.of(redirect.hook()).toString());
            case Hangup ignored -> new XmlElement("Hangup");
            case Reject ignored -> new XmlElement("Reject").with("reason", "rejected");
        };
    }

    private XmlElement say(String text) {
        return new XmlElement("Say")
                .with("voice", spoken.voice())
                .with("language", spoken.language())
                .text(text);
    }

    private XmlElement gather(Gather gather) {
        boolean speech = !gather.hints().isEmpty();
        return new XmlElement("Gather")
                .with("input", speech ? "dtmf speech" : "dtmf")
                .with("action", urls.of(gather.hook()))
                .with("timeout", seconds(gather.silence()))
                .with("numDigits", gather.maxDigits())
                .with("actionOnEmptyResult", true)
                .with("language", speech ? spoken.language() : null)
                .with("hints", speech ? String.join(", ", gather.hints()) : null)
                .with("speechModel", speech ? SPEECH_MODEL : null)
                .with("speechTimeout", speech ? SPEECH_END : null)
                .addAll(elements(gather.prompts()));
    }

    private XmlElement listen(Listen listen) {
        return new XmlElement("Gather")
                .with("input", "speech")
                .with("action", urls.of(listen.hook()))
                .with("timeout", seconds(listen.silence()))
                .with("actionOnEmptyResult", true)
                .with("language", spoken.language())
                .with("speechModel", SPEECH_MODEL)
                .with("speechTimeout", SPEECH_END)
                .addAll(elements(listen.prompts()));
    }

    /** The transcription is set, because the default of Twilio depends on the age of the account. */
    private XmlElement converse(Converse converse) {
        RelayVoice voice = RelayVoice.of(spoken.voice());
        return new XmlElement("Connect")
                .with("action", urls.of(converse.ended()))
                .add(new XmlElement("ConversationRelay")
                        .with("url", urls.of(converse.connection()))
                        .with("welcomeGreeting", converse.greeting())
                        .with("welcomeGreetingInterruptible", converse.greeting() == null ? null : "none")
                        .with("language", spoken.language())
                        .with("ttsProvider", voice == null ? null : voice.provider())
                        .with("voice", voice == null ? null : voice.name())
                        .with("transcriptionProvider", RELAY_TRANSCRIPTION)
                        .with("speechModel", RELAY_MODEL)
                        .with("interruptible", "any")
                        .with("dtmfDetection", true));
    }

    private XmlElement dial(Dial dial) {
        return new XmlElement("Dial")
                .with("action", dial.hook() == null ? null : urls.of(dial.hook()))
                .with("timeout", seconds(dial.ringTime()))
                .with("timeLimit", seconds(dial.maxDuration()))
                .with("callerId", callerId(dial))
                .with("answerOnBridge", true)
                .with("record", dial.recorded() ? "record-from-answer-dual" : null)
                .with("recordingStatusCallback", dial.recorded() ? recording(dial.hook()) : null)
                .with("recordingStatusCallbackEvent", dial.recorded() ? "completed absent" : null)
                .addAll(dial.targets().stream().map(this::target).toList());
    }

    /** Calls over WhatsApp are made from the company's number there. */
    private static String callerId(Dial dial) {
        boolean overWhatsApp = dial.targets().stream()
                .anyMatch(target -> target instanceof Target.Phone phone && WhatsAppAddress.isIn(phone.number()));
        return overWhatsApp ? WhatsAppAddress.of(dial.callerId()) : dial.callerId();
    }

    private XmlElement target(Target target) {
        return switch (target) {
            case Target.Phone phone ->
                new XmlElement(WhatsAppAddress.isIn(phone.number()) ? "WhatsApp" : "Number")
                        .with("url", phone.confirm() == null ? null : urls.of(phone.confirm()))
                        .with("statusCallback", urls.of(phone.status()))
                        .with("statusCallbackEvent", LEG_EVENTS)
                        .text(WhatsAppAddress.numberIn(phone.number()));
            case Target.Sip sip ->
                new XmlElement("Sip")
                        .with("statusCallback", urls.of(sip.status()))
                        .with("statusCallbackEvent", LEG_EVENTS)
                        .text(sip.uri());
            case Target.Conference conference ->
                new XmlElement("Conference")
                        .with("endConferenceOnExit", conference.endsWithHim())
                        .with("beep", false)
                        .text(conference.name());
        };
    }

    private String recording(Hook of) {
        return urls.of(new Hook(Hook.Kind.RECORDING, of.callId(), of.position()))
                .toString();
    }

    private static long seconds(Duration duration) {
        return duration.toSeconds();
    }
}
