package dev.comuta.media.speech;

import java.time.Duration;
import java.util.List;

/**
 * An audio file to transcribe.
 *
 * @param clientId the client, whose allow-list applies to its own URL
 * @param baseUrl the client's own API; null for the platform's
 * @param apiKey the client's own key; null for none, or for the platform's at the platform's API
 * @param language two letters (ISO 639-1)
 * @param hints words that the audio may contain; possibly empty
 */
public record SpeechRequest(
        long clientId,
        String baseUrl,
        String apiKey,
        String model,
        String language,
        List<String> hints,
        AudioFile file,
        Duration timeLimit) {

    @Override
    public String toString() {
        return "SpeechRequest[clientId=" + clientId + ", model=" + model + "]";
    }
}
