package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.comuta.journey.Conversation.GatewayLine;
import dev.comuta.sandbox.ModelScenario;
import dev.comuta.sandbox.RecordedRequest;
import dev.comuta.sandbox.SpeechRecognizer;
import dev.comuta.sandbox.VoiceNote;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenario 4.1 of the design document: a voice note becomes text, and the assistant answers what was said. */
class AudioTranscriptionJourneyTest {

    private static final String SAID = "Quero visitar a casa no sábado. Meu CPF é 529.982.247-25.";
    private static final String APOLOGY = "Não consegui ouvir o seu áudio. Pode escrever, por favor?";
    private static final String ENGLISH = "i want to buy a house near the park";

    private static Comuta comuta;
    private static GatewayLine line;
    private static String settings;
    private static HttpServer gateway;

    /** The file at the gateway. */
    private static volatile byte[] file;

    private String person;

    @BeforeAll
    static void start() throws Exception {
        comuta = Comuta.shared();
        line = Conversation.assistant(comuta, ModelScenario.model(), "+5511999990041");
        settings = "/clients/" + comuta.registered().clientId() + "/transcription";
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, file.length);
            exchange.getResponseBody().write(file);
            exchange.close();
        });
        gateway.start();
    }

    @BeforeEach
    void switchOn() {
        person = Comuta.newNumber();
        comuta.sandbox().providers().clearRequests();
        change(new JsonObject()
                .put("enabled", true)
                .put(
                        "baseUrl",
                        comuta.sandbox().providers().url().resolve("/openai").toString())
                .put("apiKey", "sandbox-openai-key")
                .put("hints", JsonArray.of("Residencial das Acácias"))
                .put("pricePerMinute", 0.6)
                .put("redaction", true)
                .put("failureText", APOLOGY));
    }

    @AfterEach
    void clear() {
        comuta.sandbox().providers().clearFaults();
        comuta.sandbox().providers().modelAnswers();
    }

    /** Other tests share the client. */
    @AfterAll
    static void switchOff() {
        comuta.client().patch(settings, new JsonObject().put("enabled", false)).expect(200);
        gateway.stop(0);
    }

    @Test
    void assistantAnswersWhatWasSaid() {
        send(VoiceNote.saying(SAID, 3));

        assertEquals(List.of("Você disse: " + SAID), comuta.awaitAnswers(person, 1));
        assertEquals(
                List.of("Concluída"),
                column("select Status from BackgroundTasks where SessionID = ? and TaskType = 'TranscricaoAudio'"));
        JsonObject result = new JsonObject((String) column(
                        "select ResultData::text from BackgroundTasks where SessionID = ? and TaskType = 'TranscricaoAudio'")
                .getFirst());
        assertEquals("Quero visitar a casa no sábado. Meu CPF é [CPF].", result.getString("texto"));
        assertEquals("pt", result.getString("idioma"));
        assertEquals(0.03, result.getDouble("custo"));
        assertEquals(1, result.getJsonArray("segmentos").size());
        assertTrue(
                events().containsAll(List.of("TarefaIniciada", "TarefaConcluída", "MensagemEnviada")),
                events()::toString);
        assertEquals(1, comuta.answersTo(person).size(), "one turn answers, and only after the transcription");
        RecordedRequest request = transcriptions().getLast();
        assertTrue(request.body().contains("\nfile=voice.ogg ("), request.body());
        assertTrue(request.body().contains("\nlanguage=pt\n"), request.body());
        assertTrue(request.body().contains("\nprompt=Residencial das Acácias\n"), request.body());
        assertNoNumber("select EventData::text from Events where SessionID = ?");
    }

    @Test
    void messageHasItsTranscriptAndKeepsEarlierOnes() {
        send(VoiceNote.saying(SAID, 3));
        comuta.awaitAnswers(person, 1);
        JsonObject first = message().getJsonObject("transcript");
        assertEquals(SAID, first.getString("text"));
        assertEquals("Quero visitar a casa no sábado. Meu CPF é [CPF].", first.getString("redactedText"));
        assertEquals("whisper-1", first.getString("model"));

        String path = path() + "/" + message().getLong("messageId") + "/transcripts";
        comuta.client()
                .post(path, new JsonObject().put("model", "gpt-4o-transcribe"))
                .expect(202);
        await().atMost(Comuta.TIMEOUT).until(() -> "gpt-4o-transcribe"
                .equals(message().getJsonObject("transcript").getString("model")));

        JsonArray all = comuta.client().get(path).expect(200).json().getJsonArray("items");
        assertEquals(2, all.size());
        assertEquals(first, all.getJsonObject(1));
        comuta.awaitNoOpenTask();
        assertEquals(1, comuta.answersTo(person).size());
    }

    @Test
    void aFileThatCannotBeReadIsNotTranscribedAnotherTime() {
        send(VoiceNote.saying(SAID, 3));
        comuta.awaitAnswers(person, 1);
        String path = path() + "/" + message().getLong("messageId") + "/transcripts";
        comuta.sandbox()
                .postgres()
                .query("update MediaObjects set Status = 'Indisponível' where SessionID = ?", session());

        comuta.client().post(path, new JsonObject()).expectProblem(409, "conflict");
    }

    @Test
    void silenceIsAResult() {
        send(VoiceNote.saying("", 2));

        assertEquals(List.of("Você disse: [Áudio]"), comuta.awaitAnswers(person, 1));
        JsonObject transcript = message().getJsonObject("transcript");
        assertEquals("", transcript.getString("text"));
        assertEquals(false, transcript.getBoolean("hasSpeech"));
    }

    @Test
    void failureSendsTheConfiguredSentence() {
        change(new JsonObject().put("apiKey", "wrong"));
        send(VoiceNote.saying(SAID, 3));

        assertEquals(List.of(APOLOGY), comuta.awaitAnswers(person, 1));
        comuta.awaitNoOpenTask();
        assertEquals(List.of(APOLOGY), comuta.answersTo(person), "the assistant does not answer too");
        assertTrue(events().contains("TarefaFalhou"), events()::toString);
    }

    @Test
    void voiceNoteThatIsNoAudioGetsTheConfiguredSentence() {
        send("<html>no audio</html>".getBytes(StandardCharsets.UTF_8));

        assertEquals(List.of(APOLOGY), comuta.awaitAnswers(person, 1));
        comuta.awaitNoOpenTask();
        assertEquals(List.of(APOLOGY), comuta.answersTo(person), "the assistant does not answer too");
    }

    @Test
    void switchedOffClientGetsNoTranscript() {
        change(new JsonObject().put("enabled", false));
        send(VoiceNote.saying(SAID, 3));

        assertEquals(List.of("Você disse: [Áudio]"), comuta.awaitAnswers(person, 1));
        assertEquals(List.of(), transcriptions());
    }

    @Test
    void plainInsertMeansTheNewestAudioWithoutATranscript() {
        change(new JsonObject().put("enabled", false));
        send(VoiceNote.saying(SAID, 3));
        comuta.awaitAnswers(person, 1);
        change(new JsonObject().put("enabled", true));

        insertTask();
        await().atMost(Comuta.TIMEOUT).until(() -> message().getJsonObject("transcript") != null);
        assertEquals(SAID, message().getJsonObject("transcript").getString("text"));
        insertTask();
        await().atMost(Comuta.TIMEOUT)
                .until(() -> column("""
                select LastError from BackgroundTasks
                where SessionID = ? and TaskType = 'TranscricaoAudio' and Status = 'Falhou'""").contains("the session has no audio without a transcript"));
    }

    @Test
    void keyIsSealedNeverReturnedAndNotSentToAnotherHost() {
        JsonObject shown = comuta.client().get(settings).expect(200).json();
        assertEquals(true, shown.getBoolean("hasApiKey"));
        assertTrue(!shown.encode().contains("sandbox-openai-key"));
        Object sealed = comuta.value(
                "select Credentials from TranscriptionSettings where ClientID = ?",
                comuta.registered().clientId());
        assertNotEquals("sandbox-openai-key", sealed);
        comuta.client()
                .patch(settings, new JsonObject().put("baseUrl", "https://api.example.com"))
                .expectProblem(400, "invalid-request");
    }

    /** The real recognizer knows English only. */
    @Test
    void realSpeechBecomesItsWords(@TempDir Path folder) throws Exception {
        assumeTrue(
                SpeechRecognizer.isInstalled("flite", "opusenc"),
                "no real speech (apt-get install flite pocketsphinx pocketsphinx-en-us opus-tools)");
        change(new JsonObject().put("language", "en"));
        Path sound = folder.resolve("said.wav");
        Path note = folder.resolve("said.ogg");
        SpeechRecognizer.run(folder, "flite", "-voice", "rms", "-t", ENGLISH, "-o", sound.toString());
        SpeechRecognizer.run(folder, "opusenc", "--quiet", "--bitrate", "64", sound.toString(), note.toString());
        send(Files.readAllBytes(note));

        assertEquals(List.of("Você disse: " + ENGLISH), comuta.awaitAnswers(person, 1));
        change(new JsonObject().putNull("language"));
    }

    private void change(JsonObject changes) {
        comuta.client().patch(settings, changes).expect(200);
    }

    private void send(byte[] note) {
        file = note;
        String url = "http://127.0.0.1:" + gateway.getAddress().getPort() + "/voice.ogg";
        JsonObject body = new JsonObject()
                .put("from", person)
                .put("to", line.identifier())
                .put("media", new JsonObject().put("url", url).put("contentType", "audio/ogg; codecs=opus"));
        line.signed(body.encode()).send(comuta).expect(200);
    }

    private void insertTask() {
        comuta.sandbox().postgres().query("""
                insert into BackgroundTasks (SessionID, TaskType, Status, CreatedAt)
                values (?, 'TranscricaoAudio', 'Pendente', now())""", session());
    }

    private long session() {
        return (Long) comuta.value("""
                select s.SessionID from Sessions s join ClientEndUsers u on u.EndUserID = s.EndUserID
                where u.PhoneNumber = ?""", person);
    }

    private List<Object> column(String sql) {
        return comuta.column(sql, session());
    }

    private List<Object> events() {
        return column("select EventType from Events where SessionID = ? order by EventID");
    }

    private void assertNoNumber(String sql) {
        assertTrue(column(sql).stream().noneMatch(data -> String.valueOf(data).contains("529.982")), sql);
    }

    private String path() {
        return "/clients/" + comuta.registered().clientId() + "/sessions/" + session() + "/messages";
    }

    private JsonObject message() {
        return comuta.client()
                .get(path())
                .expect(200)
                .json()
                .getJsonArray("items")
                .getJsonObject(0);
    }

    private static List<RecordedRequest> transcriptions() {
        return comuta.sandbox().providers().requests("openai").stream()
                .filter(request -> request.path().endsWith("/audio/transcriptions"))
                .toList();
    }
}
