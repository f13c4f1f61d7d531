package dev.comuta.sandbox.voice.relay;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which voices speak a language, and which models understand it; for the languages of Comuta's callers. */
final class RelayVoices {

    static final String MULTI = "multi";

    private static final Set<String> LANGUAGES =
            Set.of("pt-BR", "pt-PT", "en-US", "en-GB", "es-ES", "es-US", "es-MX", "fr-FR", "it-IT", "de-DE", MULTI);
    private static final Pattern ELEVENLABS = Pattern.compile("[A-Za-z0-9]{20}(-[\\w.]+)*");
    private static final Pattern GOOGLE =
            Pattern.compile("[a-z]{2}-[A-Z]{2}-(Chirp3-HD-[A-Z][a-z]+|(Neural2|Wavenet|Standard)-[A-J])");
    private static final Map<String, Pattern> GOOGLE_BY_LANGUAGE = Map.of(
            "pt-BR",
            Pattern.compile("pt-BR-(Chirp3-HD-(Aoede|Charon|Fenrir|Kore|Leda|Orus|Puck|Zephyr)"
                    + "|Neural2-[A-C]|Wavenet-[A-E]|Standard-[A-E])"));
    private static final Map<String, Set<String>> AMAZON = Map.of(
            "pt-BR", Set.of("Camila-Neural", "Vitoria-Neural", "Thiago-Neural", "Camila", "Vitoria", "Ricardo"),
            "pt-PT", Set.of("Ines-Neural", "Ines", "Cristiano"),
            "en-US", Set.of("Joanna-Neural", "Matthew-Neural", "Ruth-Neural", "Stephen-Neural"),
            "en-GB", Set.of("Amy-Neural", "Emma-Neural", "Brian-Neural"),
            "es-US", Set.of("Lupe-Neural", "Pedro-Neural"),
            "es-ES", Set.of("Lucia-Neural", "Sergio-Neural"),
            "es-MX", Set.of("Mia-Neural", "Andres-Neural"));
    private static final Pattern DEEPGRAM_MODEL = Pattern.compile("nova-[23](-general)?");
    private static final Set<String> FLUX_LANGUAGES = Set.of("en-US", MULTI);
    private static final Set<String> GOOGLE_MODELS = Set.of("telephony", "telephony_short", "long", "short", "chirp_2");

    private RelayVoices() {}

    /** @param voice empty for the provider's own */
    static boolean speaks(String language, String provider, String voice) {
        if (!LANGUAGES.contains(language) || (language.equals(MULTI) && !provider.equals("ElevenLabs"))) {
            return false;
        }
        return switch (provider) {
            case "ElevenLabs" -> voice.isEmpty() || ELEVENLABS.matcher(voice).matches();
            case "Google" -> voice.isEmpty() || isGoogle(language, voice);
            case "Amazon" ->
                AMAZON.containsKey(language)
                        && (voice.isEmpty() || AMAZON.get(language).contains(voice));
            default -> false;
        };
    }

    private static boolean isGoogle(String language, String voice) {
        return voice.startsWith(language)
                && GOOGLE_BY_LANGUAGE
                        .getOrDefault(language, GOOGLE)
                        .matcher(voice)
                        .matches();
    }

    /** @param model empty for the provider's own */
    static boolean understands(String language, String provider, String model) {
        if (!LANGUAGES.contains(language)) {
            return false;
        }
        return switch (provider) {
            case "Deepgram" ->
                model.isEmpty()
                        || DEEPGRAM_MODEL.matcher(model).matches()
                        || (isFlux(model) && FLUX_LANGUAGES.contains(language));
            case "Google" -> !language.equals(MULTI) && (model.isEmpty() || GOOGLE_MODELS.contains(model));
            default -> false;
        };
    }

    static boolean isFlux(String model) {
        return model.startsWith("flux");
    }
}
