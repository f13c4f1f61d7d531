package dev.comuta.call.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.CallDirection;
import dev.comuta.call.CallRef;
import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.CallsConfig;
import dev.comuta.call.InboundCall;
import dev.comuta.call.RecordingNews;
import dev.comuta.call.StoredCall;
import dev.comuta.call.TestCalls;
import dev.comuta.call.notice.TestNotices;
import dev.comuta.call.recording.RecordingReport.Source;
import dev.comuta.call.recording.RecordingStore.RecordedCall;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.Provider;
import dev.comuta.channel.TestChannels;
import dev.comuta.event.Events;
import dev.comuta.media.TestFetching;
import dev.comuta.message.transcription.TestTranscription;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.http.TestOutbound;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.platform.object.TestObjects;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.provider.twilio.TestTwilio;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TestEngine;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of Twilio, which a server stands for, on a real database and a real disk. */
class CallRecordingsTest {

    private static final PhoneNumber CALLED = new PhoneNumber(TestCalls.NUMBER);
    private static final Buffer WAV = Buffer.buffer("RIFF$\0\0\0WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1))
            .appendBytes(new byte[2000]);
    private static final String RECORDING = "RE00000000000000000000000000000001";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Transactions transactions;
    private static SealedObjects objects;
    private static HttpServer twilio;
    private static volatile Consumer<HttpServerRequest> response;
    private static int rung;

    @TempDir
    private static Path directory;

    private final ChannelDirectory channels = TestChannels.forSending(transactions, List.of(Provider.of("Twilio")));
    private final RecordingProvider provider = new RecordingProvider("Twilio");
    private final CallRecordings recordings =
            TestRecordings.recordings(transactions, channels, TestCalls.providers(provider));
    private final Calls calls = TestCalls.calls(transactions);
    private final List<String> requests = new ArrayList<>();
    private final List<String> mails = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres).service();
        objects = TestObjects.in(vertx, directory);
        TestCalls.seed(postgres, "Twilio");
        twilio = vertx.createHttpServer()
                .requestHandler(request -> response.accept(request))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void clear() {
        postgres.query("delete from BackgroundTasks");
        postgres.query("delete from TranscriptionSettings");
        response = request -> {
            requests.add(request.uri());
            request.response().end(WAV);
        };
    }

    @Test
    void aConversationIsFetchedAndAnnouncedOnce() {
        StoredCall call = ring("+5511987654321");
        report(call, conversation(RecordingStatus.RECORDED, 42));
        report(call, conversation(RecordingStatus.RECORDED, 42));
        assertEquals(1L, open("BuscaMídia"));
        fetch();
        report(call, conversation(RecordingStatus.RECORDED, 42));
        fetch();

        assertEquals(List.of("/Recordings/" + RECORDING + ".wav?RequestedChannels=2"), requests);
        RecordingView recording = only(call);
        assertEquals(RecordingPurpose.CONVERSATION, recording.purpose());
        assertEquals(List.of(ChannelRole.CALLER, ChannelRole.BROKER), recording.channelRoles());
        assertEquals(42, recording.seconds());
        assertNull(recording.messageId());
        assertEquals(
                "Disponível", postgres.value("select Status from MediaObjects where MediaID = ?", recording.mediaId()));
        assertEquals(
                List.of(new JsonObject()
                        .put("CallID", Long.toString(call.ref().callId()))
                        .put("RecordingID", Long.toString(recording.recordingId()))),
                announced(call));
    }

    @Test
    void aRecordingOfOneChannelIsFetchedAsSuch() {
        response = request -> {
            requests.add(request.uri());
            boolean dual = request.uri().contains("RequestedChannels");
            request.response().setStatusCode(dual ? 400 : 200).end(dual ? Buffer.buffer("{}") : WAV);
        };
        StoredCall call = ring("+5511987654322");
        report(call, conversation(RecordingStatus.RECORDED, 42));
        fetch();

        assertEquals(
                List.of("/Recordings/" + RECORDING + ".wav?RequestedChannels=2", "/Recordings/" + RECORDING + ".wav"),
                requests);
        assertEquals(1, announced(call).size());
    }

    @Test
    void aFileThatIsNotThereYetIsFetchedLater() {
        response = request -> request.response().setStatusCode(404).end();
        StoredCall call = ring("+5511987654323");
        report(call, conversation(RecordingStatus.RECORDED, 42));
        fetch();
        assertEquals(List.of(), announced(call));
        assertEquals(1L, open("BuscaMídia"));

        clearResponse();
        postgres.query("update BackgroundTasks set NotBefore = now()");
        fetch();
        assertEquals(1, announced(call).size());
    }

    @Test
    void reportsMayArriveInAnyOrder() {
        StoredCall call = ring("+5511987654324");
        report(call, conversation(RecordingStatus.RECORDED, 42));
        report(call, new RecordingReport(RECORDING, Source.DIAL, RecordingStatus.IN_PROGRESS, null, 1, null, null));

        assertEquals(RecordingStatus.RECORDED, only(call).status());
        assertEquals(42, only(call).seconds());
        assertEquals(List.of(ChannelRole.CALLER, ChannelRole.BROKER), only(call).channelRoles());
    }

    @Test
    void theFirstChannelIsThatOfTheCall() {
        CallRef ref = new CallRef(1, 1);
        RecordedCall incoming = new RecordedCall(ref, 1, 1, CallDirection.INBOUND, false, null, false, null);
        RecordedCall outgoing = new RecordedCall(ref, 1, 1, CallDirection.OUTBOUND, false, null, false, null);
        RecordedCall brokerFirst = new RecordedCall(ref, 1, 1, CallDirection.OUTBOUND, true, 1L, false, null);

        assertEquals(List.of(ChannelRole.CALLER, ChannelRole.BROKER), ChannelRole.of(incoming, Source.DIAL, 2));
        assertEquals(List.of(ChannelRole.CALLEE, ChannelRole.BROKER), ChannelRole.of(outgoing, Source.DIAL, 2));
        assertEquals(List.of(ChannelRole.BROKER, ChannelRole.CALLEE), ChannelRole.of(brokerFirst, Source.DIAL, 2));
        assertEquals(List.of(ChannelRole.FIRST, ChannelRole.OTHERS), ChannelRole.of(incoming, Source.CONFERENCE, 2));
        assertEquals(
                List.of(ChannelRole.CALLEE, ChannelRole.BROKER),
                ChannelRole.of(brokerFirst.at("t-7"), Source.DIAL, 2),
                "after a transfer the call is the end user's telephone");
        assertEquals(
                List.of(ChannelRole.BROKER, ChannelRole.CALLEE),
                ChannelRole.of(brokerFirst.at("1-0-99"), Source.DIAL, 2));
        assertEquals(List.of(ChannelRole.ALL), ChannelRole.of(brokerFirst, Source.DIAL, 1));
        assertEquals(List.of(ChannelRole.CALLER), ChannelRole.of(incoming, Source.VOICEMAIL, 1));
    }

    @Test
    void aMessageOnTheVoicemailIsAMessageOfTheCaller() {
        postgres.query("insert into TranscriptionSettings (ClientID, Enabled) values (1, true)");
        StoredCall call = ring("+5511987654325");
        report(call, voicemail(Duration.ofSeconds(9)));
        report(call, voicemail(Duration.ofSeconds(9)));
        calls.report(call.ref(), CallNews.of(CallStatus.COMPLETED)).await().indefinitely();
        fetch();
        run(TestNotices.mails(transactions, (to, subject, text) -> mails.add(to.getFirst() + " " + subject)));

        assertEquals("Usuário-Cliente Áudio 0 " + only(call).mediaId(), postgres.value("""
                select concat_ws(' ', SenderType, ContentType, TurnTaskID, ContentData #>> '{file,mediaId}')
                from Messages where SessionID = ?""", call.sessionId()));
        assertEquals(
                only(call).messageId(),
                postgres.value(
                        "select MessageID from MediaObjects where MediaID = ?",
                        only(call).mediaId()));
        assertEquals(1, events(call, "MensagemRecebida"));
        assertEquals(1, announced(call).size());
        assertEquals(1L, open("TranscricaoAudio"));
        assertEquals(0L, open("RespostaAssistente"));
        assertEquals(List.of("joao@imobiliariaxpto.com Recado na caixa postal: Imobiliária XPTO"), mails);
    }

    @Test
    void thePositionOfTheScriptSaysWhatWasRecorded() {
        StoredCall call = ring("+5511987654329");
        recordings.reported(news(call, "REdialed", "p-0-0", 2)).await().indefinitely();
        recordings.reported(news(call, "REcommanded", "", 2)).await().indefinitely();
        recordings.reported(news(call, "REmessage", "p-1-0", 1)).await().indefinitely();

        assertEquals(
                List.of("REcommanded conversa", "REdialed conversa", "REmessage recado"),
                postgres
                        .query(
                                "select ProviderRecordingID || ' ' || Purpose as one from CallRecordings where CallID = ? order by 1",
                                call.ref().callId())
                        .stream()
                        .map(row -> row.get("one"))
                        .toList());
        assertEquals(1, events(call, "MensagemRecebida"));
    }

    private static RecordingNews news(StoredCall call, String id, String position, int channels) {
        return new RecordingNews(
                call.ref(),
                position,
                id,
                RecordingNews.Status.COMPLETED,
                url(),
                channels,
                Duration.ofSeconds(9),
                null,
                null);
    }

    @Test
    void aMessageFromAWithheldNumberIsKept() {
        StoredCall call = ring("anonymous");
        report(call, voicemail(Duration.ofSeconds(9)));

        assertTrue(only(call).messageId() != null);
    }

    @Test
    void anEmptyRecordingIsNoMessage() {
        StoredCall call = ring("+5511987654326");
        report(call, voicemail(Duration.ZERO));

        assertEquals(RecordingStatus.EMPTY, only(call).status());
        assertEquals(0L, postgres.value("select count(*) from Messages where SessionID = ?", call.sessionId()));
        assertEquals(0L, postgres.value("select count(*) from BackgroundTasks"));
    }

    @Test
    void theProvidersCopyIsDeletedLater() {
        StoredCall call = ring("+5511987654327");
        report(call, conversation(RecordingStatus.RECORDED, 42));
        fetch();
        assertEquals(30L, postgres.value("""
                select round(extract(epoch from NotBefore - CreatedAt) / 86400)::bigint from BackgroundTasks
                where TaskType = 'ExclusãoGravação'"""));
        postgres.query("update BackgroundTasks set NotBefore = now()");
        run(new DeleteOriginalHandler(
                transactions,
                channels,
                TestCalls.providers(provider),
                new RecordingStore(),
                TestTransactions.config(CallsConfig.class)));

        assertEquals(List.of(RECORDING), provider.deleted);
        assertEquals(
                true,
                postgres.value(
                        "select OriginalDeletedAt is not null from CallRecordings where CallID = ?",
                        call.ref().callId()));
    }

    @Test
    void aChangeOfThePlanChangesNoCallThatHasBegun() {
        StoredCall call = ring("+5511987654328");
        postgres.query("""
                insert into CallPlans (ClientID, ChannelID, Plan) values (1, 1, '{"recorded": true}')""");
        StoredCall later = TestCalls.calls(transactions)
                .report(call.ref(), CallNews.of(CallStatus.IN_PROGRESS))
                .await()
                .indefinitely();
        StoredCall next = TestCalls.calls(transactions)
                .ring(inbound("+5511987654328"))
                .await()
                .indefinitely()
                .call();
        postgres.query("delete from CallPlans");

        assertEquals(false, later.script().recorded());
        assertEquals(true, next.script().recorded());
    }

    private void clearResponse() {
        response = request -> request.response().end(WAV);
    }

    private static String url() {
        return "http://localhost:" + twilio.actualPort() + "/Recordings/" + RECORDING;
    }

    private static RecordingReport conversation(RecordingStatus status, int seconds) {
        return new RecordingReport(RECORDING, Source.DIAL, status, url(), 2, Duration.ofSeconds(seconds), null);
    }

    private static RecordingReport voicemail(Duration length) {
        return new RecordingReport(RECORDING, Source.VOICEMAIL, RecordingStatus.RECORDED, url(), 1, length, null);
    }

    private void report(StoredCall call, RecordingReport report) {
        recordings.report(call.ref(), report).await().indefinitely();
    }

    private RecordingView only(StoredCall call) {
        List<RecordingView> all = transactions
                .statementsInTenant(1, tx -> new RecordingStore().list(tx, call.ref()))
                .await()
                .indefinitely();
        assertEquals(1, all.size());
        return all.getFirst();
    }

    private StoredCall ring(String caller) {
        return calls.ring(inbound(caller)).await().indefinitely().call();
    }

    private static InboundCall inbound(String caller) {
        return new InboundCall(
                TestCalls.CHANNEL,
                "CA-recorded-" + ++rung,
                Caller.of(caller, CALLED),
                TestCalls.NUMBER,
                CallNews.of(CallStatus.RINGING));
    }

    private void fetch() {
        JsonObject account = new JsonObject().put("accountSid", "AC1").put("authToken", "secret");
        run(TestFetching.of(
                vertx,
                transactions,
                TestOutbound.onThisMachine(vertx),
                objects,
                TestTwilio.media(
                        URI.create("http://localhost:" + twilio.actualPort()), TestChannels.withCredentials(account)),
                List.of(
                        TestTranscription.voiceNotes(),
                        new RecordingFiles(
                                new RecordingStore(),
                                TestRecordings.originals(channels, TestCalls.providers(provider)),
                                new Events()))));
    }

    private static void run(TaskHandler handler) {
        TestEngine engine = new TestEngine(transactions, vertx, handler, List.of());
        String[] types = handler.types().stream().map(type -> type.stored()).toArray(String[]::new);
        postgres.query("""
                select TaskID from BackgroundTasks
                where Status = 'Pendente' and coalesce(NotBefore <= now(), true) and TaskType = any (?)
                order by TaskID""", (Object) types).forEach(row -> engine.run((Long) row.get("taskid")));
    }

    private static List<JsonObject> announced(StoredCall call) {
        return postgres.query("""
                select EventData::text as data from Events
                where SessionID = ? and EventType = 'GravaçãoDisponível'""", call.sessionId()).stream()
                .map(row -> new JsonObject((String) row.get("data")))
                .toList();
    }

    private static int events(StoredCall call, String type) {
        return (int) (long) postgres.value(
                "select count(*) from Events where SessionID = ? and EventType = ?", call.sessionId(), type);
    }

    private static Object open(String type) {
        return postgres.value(
                "select count(*) from BackgroundTasks where TaskType = ? and Status in ('Pendente', 'Em Andamento')",
                type);
    }
}
