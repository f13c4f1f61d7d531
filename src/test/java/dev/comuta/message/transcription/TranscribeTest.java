package dev.comuta.message.transcription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.media.MediaStore;
import dev.comuta.media.MediaTasks;
import dev.comuta.media.speech.Speech;
import dev.comuta.media.speech.Speech.Segment;
import dev.comuta.media.speech.SpeechRequest;
import dev.comuta.media.speech.Transcriber;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.object.IncomingFile;
import dev.comuta.platform.object.ObjectKey;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.platform.object.SealedObjects.SealedObject;
import dev.comuta.platform.object.TestObjects;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.secret.TestSecrets;
import dev.comuta.quota.UsageEntries;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.VoiceNote;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestClaims;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The task 'TranscricaoAudio' with a real database and real objects; the model is this test. */
class TranscribeTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SAID = "Meu CPF é 529.982.247-25.";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static SealedObjects objects;

    @TempDir
    private static Path directory;

    private final MediaStore media = new MediaStore();
    private final SettingsStore settings = new SettingsStore();
    private final List<SpeechRequest> requests = new ArrayList<>();
    private final Transcriber model = request -> {
        requests.add(request);
        return Uni.createFrom().item(() -> answer());
    };
    private Speech answer = new Speech(SAID, List.of(new Segment(0, 3, SAID, null)), "pt", null);
    private long session;
    private long message;
    private long file;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        objects = TestObjects.in(vertx, directory);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider)
                values (1, 'WhatsApp', '+5511999990001', 'Ativo', 'Gateway')""");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+5511988887777')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void sendAVoiceNote() throws Exception {
        postgres.query("delete from TranscriptionSettings");
        postgres.query("delete from UsageEntries");
        postgres.query("update Sessions set EndTime = now()");
        session = (Long) postgres.value("""
                insert into Sessions (ClientID, ChannelID, EndUserID, SessionType) values (1, 1, 1, 'Conversa')
                returning SessionID""");
        message = addMessage();
        file = addFile(message, "Disponível");
        set("Enabled = true, PricePerMinute = 0.6, Hints = '[\"Acácias\"]'");
    }

    private Speech answer() {
        return answer;
    }

    private static void set(String changes) {
        postgres.query("insert into TranscriptionSettings (ClientID) values (1) on conflict do nothing");
        postgres.query("update TranscriptionSettings set " + changes);
    }

    private long addMessage() {
        return (Long) postgres.value("""
                insert into Messages (SessionID, SenderType, ContentType, ContentData)
                values (?, 'Usuário-Cliente', 'Áudio', '{"file": {"mimeType": "audio/ogg"}}') returning MessageID""", session);
    }

    private long addFile(long messageId, String status) throws Exception {
        return addFile(messageId, status, VoiceNote.saying("Oi", 3));
    }

    private long addFile(long messageId, String status, byte[] bytes) throws Exception {
        IncomingFile incoming = objects.receive(1 << 20).await().atMost(SOON);
        incoming.write(Buffer.buffer(bytes));
        incoming.end().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        SealedObject object = objects.store(incoming, ObjectKey.next()).await().atMost(SOON);
        return (Long) postgres.value("""
                insert into MediaObjects (ClientID, SessionID, MessageID, Kind, Status, ObjectKey, DataKey, Size)
                values (1, ?, ?, 'Áudio', ?, ?, ?, ?) returning MediaID""", session, messageId, status, object.key(), object.sealedKey(), object.size());
    }

    private ClaimedTask task(JsonObject request) {
        long id = (Long) postgres.value(
                "insert into BackgroundTasks (SessionID, TaskType, RequestData) values (?, 'TranscricaoAudio', ?::jsonb) returning TaskID",
                session,
                request == null ? null : request.encode());
        return TestClaims.claim(transactions.service(), MediaTasks.TRANSCRIPTION, id)
                .getFirst();
    }

    private TranscribeHandler handler(String memory) {
        TranscriptionConfig config =
                TestTransactions.config(TranscriptionConfig.class, Map.of("comuta.transcription.memory", memory));
        return new TranscribeHandler(
                transactions.service(),
                settings,
                new TranscriptStore(),
                media,
                new AudioReader(objects, config, vertx),
                model,
                new Apology(settings, media, null, null),
                TestSecrets.secrets(),
                new UsageEntries(),
                new Tasks(),
                config);
    }

    private Outcome run(JsonObject request) {
        return run(task(request));
    }

    private Outcome run(ClaimedTask task) {
        Outcome outcome = handler("1M").run(task).await().atMost(SOON);
        if (outcome instanceof Outcome.Done done) {
            tx(done.effects()::write);
        }
        return outcome;
    }

    private JsonObject result(JsonObject request) {
        return assertInstanceOf(Outcome.Done.class, run(request)).resultData();
    }

    private JsonObject ofFile() {
        return new JsonObject().put("mediaId", file);
    }

    private <T> T tx(Function<Tx, Uni<T>> work) {
        return transactions.service().statementsInTenant(1, work).await().atMost(SOON);
    }

    private List<String> texts(long messageId) {
        return postgres
                .query("select Text from Transcripts where MessageID = ? order by TranscriptID", messageId)
                .stream()
                .map(row -> (String) row.values().iterator().next())
                .toList();
    }

    @Test
    void resultHasTextPartsLanguageLengthAndCost() {
        assertEquals(
                new JsonObject()
                        .put("texto", SAID)
                        .put("idioma", "pt")
                        .put("segundos", 3.0)
                        .put(
                                "segmentos",
                                JsonArray.of(new JsonObject()
                                        .put("inicio", 0.0)
                                        .put("fim", 3.0)
                                        .put("texto", SAID)))
                        .put("modelo", "whisper-1")
                        .put("custo", new BigDecimal("0.030000")),
                result(ofFile()));
        assertEquals(List.of(SAID), texts(message));
        assertEquals("pt", requests.getFirst().language());
        assertEquals(List.of("Acácias"), requests.getFirst().hints());
        assertEquals("voice.ogg", requests.getFirst().file().format().fileName());
        assertEquals(2L, postgres.value("select count(*) from UsageEntries"));
    }

    @Test
    void turnDoesNotTakeTheResultForALookUp() {
        ClaimedTask task = task(ofFile());
        run(task);
        assertEquals(
                task.taskId(),
                postgres.value("select ConsumedBy from BackgroundTasks where TaskID = ?", task.taskId()));
    }

    @Test
    void redactedResultHasNoNumber() {
        set("Redaction = true");
        JsonObject result = result(ofFile());
        assertEquals("Meu CPF é [CPF].", result.getString("texto"));
        assertFalse(result.encode().contains("529"), result::encode);
        assertEquals(List.of(SAID), texts(message));
        assertEquals(
                "Meu CPF é [CPF].",
                postgres.value("select RedactedText from Transcripts where MessageID = ?", message));
    }

    @Test
    void silenceIsAResult() {
        answer = new Speech("Legendas pela comunidade Amara.org", List.of(), null, null);
        JsonObject result = result(ofFile());
        assertEquals("", result.getString("texto"));
        assertEquals(true, result.getBoolean("semFala"));
        assertEquals(List.of(""), texts(message));
    }

    @Test
    void noModelIsAskedForAFileWithoutSound() throws Exception {
        file = addFile(message, "Disponível", VoiceNote.sounding(0, 3));

        assertEquals(new JsonObject().put("texto", "").put("semFala", true).put("segundos", 3.0), result(ofFile()));
        assertEquals(List.of(), requests);
        assertEquals(List.of(""), texts(message));
        assertEquals(0L, postgres.value("select count(*) from UsageEntries"));
    }

    @Test
    void secondTranscriptKeepsTheFirst() {
        run(ofFile());
        answer = new Speech("Outro", List.of(), null, null);
        run(ofFile().put("model", "gpt-4o-transcribe").put("language", "es"));
        assertEquals(List.of(SAID, "Outro"), texts(message));
        assertEquals("gpt-4o-transcribe", requests.get(1).model());
        assertEquals("es", requests.get(1).language());
    }

    @Test
    void taskWithoutRequestDataMeansTheNewestAudioWithoutATranscript() throws Exception {
        long second = addMessage();
        addFile(second, "Disponível");
        run((JsonObject) null);
        assertEquals(List.of(SAID), texts(second));
        run((JsonObject) null);
        assertEquals(List.of(SAID), texts(message));
        PermanentFailure none = assertThrows(PermanentFailure.class, () -> run((JsonObject) null));
        assertEquals("the session has no audio without a transcript", none.getMessage());
        assertEquals(2, requests.size());
    }

    @Test
    void switchedOffClientSendsNothing() {
        set("Enabled = false");
        assertThrows(PermanentFailure.class, () -> run(ofFile()));
        assertEquals(List.of(), requests);
    }

    @Test
    void fileThatIsHeldIsAwaited() {
        postgres.query("update MediaObjects set Status = 'Retida' where MediaID = ?", file);
        assertThrows(TransientFailure.class, () -> run(ofFile()));
    }

    @Test
    void fileOfAnotherSessionIsNotSent() {
        session = (Long) postgres.value("""
                insert into Sessions (ClientID, ChannelID, EndUserID, SessionType, EndTime)
                values (1, 1, 1, 'Conversa', now()) returning SessionID""");
        assertThrows(PermanentFailure.class, () -> run(ofFile()));
        assertEquals(List.of(), requests);
    }

    @Test
    void messageThatWasErasedMeanwhileGetsNoTranscript() {
        Outcome.Done done = assertInstanceOf(
                Outcome.Done.class, handler("1M").run(task(ofFile())).await().atMost(SOON));
        postgres.query("update Messages set ContentData = null where MessageID = ?", message);
        tx(done.effects()::write);
        assertEquals(List.of(), texts(message));
    }

    /** Two files at the same time, of which the second one does not fit. */
    @Test
    void filesBeyondTheMemoryWait() {
        List<Outcome> second = new ArrayList<>();
        TranscribeHandler[] one = new TranscribeHandler[1];
        ClaimedTask other = task(ofFile());
        Transcriber slow = request -> one[0].run(other).invoke(second::add).replaceWith(answer);
        TranscriptionConfig config =
                TestTransactions.config(TranscriptionConfig.class, Map.of("comuta.transcription.memory", "200"));
        one[0] = new TranscribeHandler(
                transactions.service(),
                settings,
                new TranscriptStore(),
                media,
                new AudioReader(objects, config, vertx),
                slow,
                null,
                TestSecrets.secrets(),
                null,
                new Tasks(),
                config);
        assertInstanceOf(Outcome.Done.class, one[0].run(task(ofFile())).await().atMost(SOON));
        assertTrue(second.getFirst() instanceof Outcome.Postponed, second::toString);
    }

    @Test
    void turnReadsTheNewestTranscript() {
        run(ofFile());
        answer = new Speech("Mais novo", List.of(), null, null);
        run(ofFile());
        postgres.query(
                "insert into Assistants (AssistantName, ImplementationReference) values ('A', 'builtin:atendente')");
        Object assistant = postgres.value("select max(AssistantID) from Assistants");
        postgres.query("insert into ClientAssistants (ClientID, AssistantID) values (1, ?)", assistant);
        postgres.query("update Sessions set AssistantID = ? where SessionID = ?", assistant, session);
        postgres.query("update BackgroundTasks set Status = 'Concluída'");
        assertEquals(
                "Mais novo",
                postgres.value(
                        "select unanswered -> 0 ->> 6 from comuta_turn(?, 1, '{TranscricaoAudio}', 20)", session));
    }
}
