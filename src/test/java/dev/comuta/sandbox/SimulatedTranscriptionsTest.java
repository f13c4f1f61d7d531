package dev.comuta.sandbox;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;

import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedTranscriptionsTest {

    private static final String TWO = "Bom dia. Quero visitar o apartamento!";

    private final Vertx vertx = Vertx.vertx();
    private final SimulatedProviders providers = SimulatedProviders.launch(vertx);

    @AfterEach
    void close() {
        providers.close();
        vertx.close();
    }

    private ValidatableResponse transcribe(String model, String name, byte[] audio, Map<String, String> fields) {
        return given().header("authorization", "Bearer " + OpenAiProvider.KEY)
                .multiPart("file", name, audio)
                .multiPart("model", model)
                .multiPart("language", "pt")
                .formParams(fields)
                .post(providers.url() + "/openai/v1/audio/transcriptions")
                .then();
    }

    @Test
    void segmentsHaveTimesAndProbabilities() {
        transcribe("whisper-1", "voice.ogg", VoiceNote.saying(TWO, 10), Map.of("response_format", "verbose_json"))
                .statusCode(200)
                .body("text", equalTo(TWO))
                .body("duration", equalTo(10.0f))
                .body("segments.text", hasItems("Bom dia.", "Quero visitar o apartamento!"))
                .body("segments[0].start", equalTo(0.0f))
                .body("segments[0].end", equalTo(2.16f))
                .body("segments[1].start", equalTo(2.16f))
                .body("segments.avg_logprob", everyItem(lessThan(0f)))
                .body("segments.no_speech_prob", everyItem(lessThan(0.6f)));
    }

    @Test
    void speakersAreDistinguishedByTheirModelOnly() {
        Map<String, String> diarized = Map.of("response_format", "diarized_json", "chunking_strategy", "auto");
        byte[] note = VoiceNote.saying(TWO, 60);
        transcribe("gpt-4o-transcribe-diarize", "voice.ogg", note, diarized)
                .statusCode(200)
                .body("segments.speaker", hasItems("A", "B"))
                .body("usage.seconds", equalTo(60));
        transcribe("whisper-1", "voice.ogg", note, diarized)
                .statusCode(400)
                .body("error.param", equalTo("response_format"));
        transcribe("gpt-4o-transcribe-diarize", "voice.ogg", note, Map.of("response_format", "diarized_json"))
                .statusCode(400)
                .body("error.param", equalTo("chunking_strategy"));
        transcribe("gpt-4o-transcribe", "voice.ogg", note, Map.of("response_format", "verbose_json"))
                .statusCode(400)
                .body("error.code", equalTo("unsupported_value"));
    }

    @Test
    void theNameDecides() {
        transcribe("whisper-1", "voice.opus", VoiceNote.saying(TWO, 3), Map.of())
                .statusCode(400)
                .body("error.message", containsString("Invalid file format"));
    }

    @Test
    void theShortFamilyRefusesLongAudio() {
        transcribe("gpt-4o-transcribe", "voice.ogg", VoiceNote.saying(TWO, 1_401), Map.of())
                .statusCode(400)
                .body("error.code", equalTo("invalid_value"))
                .body("error.message", containsString("longer than 1400 seconds"));
        transcribe("gpt-4o-transcribe", "voice.ogg", VoiceNote.saying(TWO, 1_400), Map.of())
                .statusCode(200);
        transcribe("whisper-1", "voice.ogg", VoiceNote.saying(TWO, 1_401), Map.of())
                .statusCode(200);
    }

    @Test
    void wavFilesHaveALength() {
        int rate = 8_000;
        int seconds = 1_500;
        Buffer wav = Buffer.buffer("RIFF")
                .appendIntLE(36 + rate * seconds)
                .appendString("WAVEfmt ")
                .appendIntLE(16)
                .appendShortLE((short) 1)
                .appendShortLE((short) 1)
                .appendIntLE(rate)
                .appendIntLE(rate)
                .appendShortLE((short) 1)
                .appendShortLE((short) 8)
                .appendString("data")
                .appendIntLE(rate * seconds)
                .appendBytes(new byte[rate * seconds]);
        transcribe("gpt-4o-mini-transcribe", "call.wav", wav.getBytes(), Map.of())
                .statusCode(400)
                .body("error.message", containsString("1500.0 seconds is longer than 1400 seconds"));
    }

    @Test
    void largeFilesAreRefused() {
        transcribe("whisper-1", "call.wav", new byte[(25 << 20) + 1], Map.of())
                .statusCode(413)
                .body("error.message", containsString("26214400"));
    }

    @Test
    void aScriptAnswersAlsoWithAnErrorUnderStatus200() {
        providers.speechAnswers(
                "{\"error\": {\"message\": \"overloaded\", \"type\": \"server_error\"}}",
                "{\"status\": 503, \"error\": {\"message\": \"later\"}}",
                "{\"text\": \"\", \"segments\": []}");
        byte[] note = VoiceNote.saying(TWO, 3);
        transcribe("whisper-1", "voice.ogg", note, Map.of())
                .statusCode(200)
                .body("error.message", equalTo("overloaded"));
        transcribe("whisper-1", "voice.ogg", note, Map.of()).statusCode(503);
        transcribe("whisper-1", "voice.ogg", note, Map.of()).statusCode(200).body("segments", hasSize(0));
        transcribe("whisper-1", "voice.ogg", note, Map.of()).statusCode(200).body("text", equalTo(TWO));
    }
}
