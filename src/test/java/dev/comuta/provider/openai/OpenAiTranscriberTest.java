package dev.comuta.provider.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.media.speech.AudioFile;
import dev.comuta.media.speech.Speech;
import dev.comuta.media.speech.SpeechRequest;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.http.TestOutbound;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.sandbox.VoiceNote;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transcriptions of OpenAI and of compatible servers, over HTTP. */
class OpenAiTranscriberTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private HttpServer server;
    private OpenAiTranscriber transcriber;

    private record Answer(int status, String type, String body) {}

    @BeforeEach
    void start() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    bodies.add(body.toString());
                    paths.add(request.path() + " " + request.getHeader("authorization"));
                    Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
                    request.response()
                            .setStatusCode(answer.status())
                            .putHeader("content-type", answer.type())
                            .end(answer.body());
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        OpenAiConfig config = TestTransactions.config(
                OpenAiConfig.class,
                Map.of("comuta.openai.base-url", url("/platform"), "comuta.openai.api-key", "platform-key"));
        transcriber = new OpenAiTranscriber(new OpenAiApi(TestOutbound.onThisMachine(vertx), config), config);
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    private String url(String path) {
        return "http://localhost:" + server.actualPort() + path;
    }

    private Speech transcribe(String model, String baseUrl, String key) {
        AudioFile note = AudioFile.of(Buffer.buffer(VoiceNote.saying("Oi", 3)));
        return transcriber
                .transcribe(new SpeechRequest(
                        1, baseUrl, key, model, "pt", List.of("Acácias", "Itaim"), note, Duration.ofSeconds(10)))
                .await()
                .atMost(SOON);
    }

    private Speech read(String body) {
        answers.clear();
        answers.add(new Answer(200, "application/json", body));
        return transcribe("whisper-1", url("/v1"), "own");
    }

    @Test
    void whisperReportsSegmentsLanguageAndLength() {
        Speech speech = read("""
                {"task": "transcribe", "language": "portuguese", "duration": "27.4", "text": "Oi. Tudo bem?",
                 "segments": [{"id": 0, "start": 0.0, "end": "1.5", "text": " Oi."},
                              {"id": 1, "start": 1.5, "end": 3, "text": " Tudo bem?"}]}""");
        assertEquals("Oi. Tudo bem?", speech.text());
        assertEquals("pt", speech.language());
        assertEquals(27.4, speech.seconds());
        assertEquals(
                List.of("Oi.", "Tudo bem?"),
                speech.segments().stream().map(Speech.Segment::text).toList());
        assertEquals(1.5, speech.segments().getFirst().end());
        assertEquals(List.of("/v1/audio/transcriptions Bearer own"), paths);
        assertTrue(bodies.getFirst().contains("filename=\"voice.ogg\"\r\nContent-Type: audio/ogg"));
        assertTrue(bodies.getFirst().contains("name=\"response_format\"\r\n\r\nverbose_json"));
        assertTrue(bodies.getFirst().contains("name=\"prompt\"\r\n\r\nAcácias, Itaim\r\n"));
    }

    @Test
    void eachFamilyOfModelsGetsItsOwnFields() {
        answers.add(new Answer(200, "application/json", "{\"text\": \"Oi\", \"languages\": [{\"code\": \"pt\"}]}"));
        assertEquals("pt", transcribe("gpt-transcribe", url(""), "own").language());
        assertTrue(bodies.getFirst().contains("name=\"languages[]\"\r\n\r\npt"));
        assertTrue(bodies.getFirst().contains("name=\"keywords[]\"\r\n\r\nItaim"));
        assertFalse(bodies.getFirst().contains("name=\"prompt\""));
        transcribe("gpt-4o-transcribe", url(""), "own");
        assertTrue(bodies.get(1).contains("name=\"response_format\"\r\n\r\njson\r\n"));
        transcribe("gpt-4o-transcribe-diarize", url(""), "own");
        assertTrue(bodies.get(2).contains("diarized_json"));
        assertTrue(bodies.get(2).contains("name=\"chunking_strategy\"\r\n\r\nauto"));
        assertFalse(bodies.get(2).contains("name=\"prompt\""));
    }

    @Test
    void speakersAreReported() {
        Speech speech = read("""
                {"text": "Oi. Olá.", "usage": {"type": "duration", "seconds": 27},
                 "segments": [{"id": "seg_001", "start": 0.0, "end": 4.7, "text": "Oi.", "speaker": "A"}]}""");
        assertEquals("A", speech.segments().getFirst().speaker());
        assertEquals(27, speech.seconds());
    }

    @Test
    void platformsKeyGoesToThePlatformOnly() {
        answers.add(new Answer(200, "application/json", "{\"text\": \"Oi\"}"));
        transcribe("whisper-1", null, null);
        transcribe("whisper-1", url("/own/v1/"), null);
        transcribe("whisper-1", url("/inference"), null);
        assertEquals(
                List.of(
                        "/platform/v1/audio/transcriptions Bearer platform-key",
                        "/own/v1/audio/transcriptions null",
                        "/inference null"),
                paths);
    }

    @Test
    void serverWithoutDetailsIsAskedForPlainText() {
        answers.add(new Answer(
                400, "application/json", "{\"error\": {\"message\": \"response_format is not supported\"}}"));
        answers.add(new Answer(200, "application/json", "{\"text\": \"Oi\"}"));
        assertEquals("Oi", transcribe("large-v3", url(""), null).text());
        assertEquals(2, bodies.size());
        assertTrue(bodies.get(1).contains("name=\"response_format\"\r\n\r\njson\r\n"));
    }

    @Test
    void silenceIsAResult() {
        assertEquals("", read("{\"text\": \"\"}").text());
        assertEquals("", read("{\"text\": null, \"segments\": []}").text());
        Speech silent = read("""
                {"text": "Obrigado. Sim.", "segments": [
                  {"start": 0, "end": 1, "text": "Obrigado.", "no_speech_prob": 0.9, "avg_logprob": -1.4},
                  {"start": 1, "end": 2, "text": "Sim.", "no_speech_prob": 0.9, "avg_logprob": -0.3}]}""");
        assertEquals("Sim.", silent.text());
    }

    @Test
    void deviationsOfServersAreAccepted() {
        assertEquals("Oi", read("\"Oi\"").text());
        assertEquals(
                "Oi tudo",
                read("{\"segments\": [{\"text\": \" Oi\"}, {\"text\": \"tudo \"}, 7]}")
                        .text());
        assertNull(read("{\"text\": \"Oi\", \"language\": \"??\", \"duration\": \"long\"}")
                .language());
        assertEquals("a\ufffdb", read("{\"text\": \"a\\u0000b\"}").text(), "text that cannot be stored");
        answers.clear();
        answers.add(new Answer(200, "text/plain", "Oi\n"));
        assertEquals("Oi", transcribe("whisper-1", url(""), null).text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\": \"failed to read the audio\"}",
                "{\"error\": {\"message\": \"busy\"}}",
                "{}",
                "[]",
                "<html>login</html>",
                ""
            })
    void bodyThatIsNoTranscriptionIsRetried(String body) {
        assertThrows(TransientFailure.class, () -> read(body));
    }

    @Test
    void statusDecidesWhetherAnErrorIsFinal() {
        answers.add(new Answer(429, "application/json", "{\"error\": {\"code\": \"insufficient_quota\"}}"));
        assertThrows(PermanentFailure.class, () -> transcribe("whisper-1", url(""), null));
        answers.clear();
        answers.add(new Answer(429, "application/json", "{}"));
        assertThrows(TransientFailure.class, () -> transcribe("whisper-1", url(""), null));
        answers.clear();
        answers.add(new Answer(400, "application/json", "{\"error\": {\"message\": \"secret words\"}}"));
        PermanentFailure refused = assertThrows(PermanentFailure.class, () -> transcribe("whisper-1", url(""), null));
        assertFalse(refused.getMessage().contains("secret"));
    }
}
