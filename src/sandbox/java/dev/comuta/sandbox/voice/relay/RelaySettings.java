package dev.comuta.sandbox.voice.relay;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attributes of a ConversationRelay, with Twilio's defaults. */
public final class RelaySettings {

    private static final Set<String> INPUTS = Set.of("any", "speech", "dtmf", "none");
    private static final Set<String> FLAGS = Set.of("true", "false");
    private static final Map<String, Set<String>> VALUES = Map.ofEntries(
            Map.entry("welcomeGreetingInterruptible", INPUTS),
            Map.entry("interruptible", Set.of("any", "speech", "dtmf", "none", "true", "false")),
            Map.entry("reportInputDuringAgentSpeech", INPUTS),
            Map.entry("interruptSensitivity", Set.of("high", "medium", "low")),
            Map.entry("dtmfDetection", FLAGS),
            Map.entry("preemptible", FLAGS),
            Map.entry("ignoreBackchannel", FLAGS),
            Map.entry("profanityFilter", FLAGS),
            Map.entry("deepgramSmartFormat", FLAGS),
            Map.entry("partialPrompts", FLAGS),
            Map.entry("backgroundNoiseReduction", FLAGS),
            Map.entry("elevenlabsTextNormalization", Set.of("on", "off", "auto")),
            Map.entry("ttsProvider", Set.of("ElevenLabs", "Google", "Amazon")),
            Map.entry("transcriptionProvider", Set.of("Deepgram", "Google")));
    private static final Set<String> FREE = Set.of(
            "url",
            "welcomeGreeting",
            "language",
            "ttsLanguage",
            "transcriptionLanguage",
            "voice",
            "speechModel",
            "speechTimeout",
            "eotThreshold",
            "turnDetection",
            "hints",
            "debug",
            "events",
            "intelligenceService",
            "conversationConfiguration");
    private static final int SHORTEST_SILENCE = 600;
    private static final int LONGEST_SILENCE = 5000;

    private final Map<String, String> attributes;
    private final List<Map<String, String>> languages;
    private final Map<String, String> parameters;

    /**
     * @param languages the attributes of the nested elements Language
     * @param parameters the nested elements Parameter
     */
    public RelaySettings(
            Map<String, String> attributes, List<Map<String, String>> languages, Map<String, String> parameters) {
        this.attributes = attributes;
        this.languages = languages;
        this.parameters = parameters;
    }

    /** The names that Twilio does not know, and ignores with a warning. They are case-sensitive. */
    public List<String> unknown() {
        return attributes.keySet().stream()
                .filter(name -> !FREE.contains(name) && !VALUES.containsKey(name))
                .toList();
    }

    /** Fails when Twilio does not accept the attributes. */
    public void check() {
        checkUrl();
        VALUES.forEach((name, values) -> {
            String value = text(name);
            if (!value.isEmpty() && !values.contains(value)) {
                throw wrong(name, value);
            }
        });
        checkTimes();
        checkCombination(
                text("ttsLanguage", language()),
                text("ttsProvider", "ElevenLabs"),
                text("voice"),
                transcriptionLanguage(),
                text("transcriptionProvider", "Deepgram"),
                text("speechModel"));
        languages.forEach(this::checkLanguage);
    }

    private void checkUrl() {
        String url = text("url");
        if (!url.startsWith("wss://") || url.contains("?") || url.contains("#")) {
            throw wrong("url", url);
        }
        try {
            if (URI.create(url).getHost() == null) {
                throw wrong("url", url);
            }
        } catch (IllegalArgumentException noUrl) {
            throw wrong("url", url);
        }
    }

    private void checkTimes() {
        String silence = text("speechTimeout", "auto");
        if (!silence.equals("auto")
                && (!silence.matches("\\d{3,4}")
                        || Integer.parseInt(silence) < SHORTEST_SILENCE
                        || Integer.parseInt(silence) > LONGEST_SILENCE)) {
            throw wrong("speechTimeout", silence);
        }
        boolean isFlux = RelayVoices.isFlux(text("speechModel"));
        for (String ofFlux : List.of("eotThreshold", "partialPrompts")) {
            if (attributes.containsKey(ofFlux) && !text(ofFlux).equals("false") && !isFlux) {
                throw wrong(ofFlux, text(ofFlux));
            }
        }
    }

    private void checkLanguage(Map<String, String> one) {
        String code = one.getOrDefault("code", "");
        checkCombination(
                code,
                one.getOrDefault("ttsProvider", text("ttsProvider", "ElevenLabs")),
                one.getOrDefault("voice", ""),
                code,
                one.getOrDefault("transcriptionProvider", text("transcriptionProvider", "Deepgram")),
                one.getOrDefault("speechModel", ""));
    }

    private static void checkCombination(
            String spoken, String voices, String voice, String heard, String recognizer, String model) {
        if (!RelayVoices.speaks(spoken, voices, voice)) {
            throw new RelayRefusal(
                    RelayEnd.WRONG_COMBINATION,
                    "Invalid combination of language %s, provider %s and voice %s".formatted(spoken, voices, voice));
        }
        if (!RelayVoices.understands(heard, recognizer, model)) {
            throw new RelayRefusal(
                    RelayEnd.WRONG_COMBINATION,
                    "Invalid combination of language %s, provider %s and model %s".formatted(heard, recognizer, model));
        }
    }

    private static RelayRefusal wrong(String name, String value) {
        return new RelayRefusal(RelayEnd.WRONG_ATTRIBUTE, "Invalid value of " + name + ": " + value);
    }

    public String url() {
        return text("url");
    }

    /** Empty for none. */
    public String greeting() {
        return text("welcomeGreeting");
    }

    /** What may interrupt the greeting: any, speech, dtmf or none. */
    public String greetingInterruptible() {
        return text("welcomeGreetingInterruptible", "any");
    }

    /** What may interrupt a text that does not say it itself. */
    String interruptible() {
        return switch (text("interruptible", "any")) {
            case "true" -> "any";
            case "false" -> "none";
            case String other -> other;
        };
    }

    boolean preemptible() {
        return flag("preemptible");
    }

    /** Whether speech or keys are reported while the assistant speaks and is not interrupted by them. */
    public boolean reportsDuringSpeech(String input) {
        return List.of("any", input).contains(text("reportInputDuringAgentSpeech", "none"));
    }

    public boolean detectsDigits() {
        return flag("dtmfDetection");
    }

    /** Whether a prompt arrives in parts, the last one marked. */
    public boolean partialPrompts() {
        return flag("partialPrompts");
    }

    /** Whether the server wants frames of type info about this. */
    public boolean wants(String event) {
        return List.of(text("events").split("\\s+")).contains(event);
    }

    /** The language of recognition. */
    public String transcriptionLanguage() {
        return text("transcriptionLanguage", language());
    }

    public Map<String, String> parameters() {
        return parameters;
    }

    /** Fails when the session has no such language. */
    void requireLanguage(String code) {
        List<String> known = new ArrayList<>(List.of(language(), text("ttsLanguage"), transcriptionLanguage()));
        languages.forEach(one -> known.add(one.getOrDefault("code", "")));
        if (code.isEmpty() || !known.contains(code)) {
            throw new RelayRefusal(RelayEnd.WRONG_FRAME, "Invalid message received: unknown language " + code);
        }
    }

    private String language() {
        return text("language", "en-US");
    }

    private boolean flag(String name) {
        return text(name).equals("true");
    }

    private String text(String name) {
        return attributes.getOrDefault(name, "");
    }

    private String text(String name, String otherwise) {
        return attributes.getOrDefault(name, otherwise);
    }
}
