package dev.comuta.call.answer;

import java.util.Map;
import java.util.Set;

/**
 * A voice of Twilio's ConversationRelay. Plans name voices as the verb Say does, with a prefix for their provider
 * ("ConversationRelay: voices"). A combination that Twilio does not know ends the connection.
 *
 * @param provider the value of ttsProvider
 * @param name without the prefix
 */
public record RelayVoice(String provider, String name) {

    private static final Map<String, String> PROVIDERS = Map.of("Google", "Google", "Polly", "Amazon");

    /** The voices of Brazilian Portuguese that both verbs have. */
    public static final Set<String> NAMES = Set.of(
            "Google.pt-BR-Chirp3-HD-Aoede",
            "Google.pt-BR-Chirp3-HD-Charon",
            "Google.pt-BR-Chirp3-HD-Fenrir",
            "Google.pt-BR-Chirp3-HD-Kore",
            "Google.pt-BR-Chirp3-HD-Leda",
            "Google.pt-BR-Chirp3-HD-Orus",
            "Google.pt-BR-Chirp3-HD-Puck",
            "Google.pt-BR-Chirp3-HD-Zephyr",
            "Google.pt-BR-Neural2-A",
            "Google.pt-BR-Neural2-B",
            "Google.pt-BR-Neural2-C",
            "Google.pt-BR-Wavenet-A",
            "Google.pt-BR-Wavenet-B",
            "Google.pt-BR-Wavenet-C",
            "Google.pt-BR-Wavenet-D",
            "Google.pt-BR-Wavenet-E",
            "Polly.Camila-Neural",
            "Polly.Vitoria-Neural",
            "Polly.Thiago-Neural");

    /** {@return the voice of a plan, or null for the provider's default} */
    static RelayVoice of(String voice) {
        if (voice == null || !NAMES.contains(voice)) {
            return null;
        }
        int dot = voice.indexOf('.');
        return new RelayVoice(PROVIDERS.get(voice.substring(0, dot)), voice.substring(dot + 1));
    }
}
