package dev.comuta.call.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.Caller;
import dev.comuta.call.Calls;
import dev.comuta.call.InboundCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.TestCalls;
import dev.comuta.call.recording.CallRecordings;
import dev.comuta.call.recording.RecordingProvider;
import dev.comuta.call.recording.RecordingReport;
import dev.comuta.call.recording.RecordingStatus;
import dev.comuta.call.recording.TestRecordings;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.channel.Provider;
import dev.comuta.channel.TestChannels;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.privacy.PersonalData.Person;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.TestSessions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Export, erasure and retention of calls, on a real database. */
class CallPrivacyTest {

    private static final PhoneNumber CALLED = new PhoneNumber(TestCalls.NUMBER);
    private static final String NUMBER = "+5511987654321";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Transactions transactions;
    private static int rung;

    private final Calls calls = TestCalls.calls(transactions);
    private final CallRecordings recordings = TestRecordings.recordings(
            transactions,
            TestChannels.forSending(transactions, List.of(Provider.of("Twilio"))),
            TestCalls.providers(new RecordingProvider("Twilio")));
    private final CallPersonalData data =
            new CallPersonalData(TestSessions.store(List.of(), Map.of()), calls, recordings);

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres).service();
        TestCalls.seed(postgres, "Twilio");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void clear() {
        postgres.query("delete from BackgroundTasks");
        postgres.query("delete from Calls");
    }

    @Test
    void theExportHasCallsAndRecordings() {
        StoredCall call = recordedCall();
        summarize(call);
        calls.reportLeg(call.ref(), "p-0-0", "CA-leg", CallNews.of(CallStatus.RINGING))
                .await()
                .indefinitely();

        JsonObject export = transactions
                .statementsInTenant(1, tx -> data.export(tx, person(call)))
                .await()
                .indefinitely();
        JsonObject exported = export.getJsonArray("calls").getJsonObject(0);
        assertEquals(NUMBER, exported.getString("from"));
        assertEquals(1, exported.getJsonArray("legs").size());
        assertEquals("Maria quer visitar.", exported.getString("summary"));
        assertEquals("Retorno", exported.getString("outcome"));
        assertEquals(42, export.getJsonArray("recordings").getJsonObject(0).getInteger("seconds"));
        assertFalse(export.encode().contains("+5511988888888"), "the number of the broker");
    }

    @Test
    void anErasureRemovesNumbersNamesAndRecordings() {
        StoredCall call = recordedCall();
        summarize(call);
        calls.report(call.ref(), CallNews.of(CallStatus.COMPLETED)).await().indefinitely();
        erase(call);
        assertNull(postgres.value("select Summary from CallSummaries"));
        assertEquals("Retorno", postgres.value("select Outcome from CallSummaries"));

        assertNull(of(call, "FromNumber"));
        assertNull(of(call, "Script"));
        assertEquals(TestCalls.NUMBER, of(call, "ToNumber"));
        assertEquals("Completed", of(call, "CallStatus"));
        assertEquals(0L, postgres.value("select count(*) from CallRecordings"));
        assertEquals(1L, deletions(), "the copy of the provider");
    }

    @Test
    void aCallThatGoesOnIsErasedAndEnds() {
        StoredCall call = ring();
        erase(call);
        assertTrue(calls.accept(call.ref(), "p-0-0").await().indefinitely(), "the broker takes it");
        ringAgain(call);
        recordings.report(call.ref(), conversation()).await().indefinitely();
        calls.report(call.ref(), CallNews.of(CallStatus.COMPLETED)).await().indefinitely();

        assertEquals("Completed", of(call, "CallStatus"));
        assertNull(of(call, "FromNumber"));
        assertEquals(
                false,
                postgres.value(
                        "select Script::text like '%987654321%' from Calls where CallID = ?",
                        call.ref().callId()));
        assertEquals(0L, postgres.value("select count(*) from CallRecordings"));
        assertEquals(1L, deletions());
        assertEquals(
                1L,
                postgres.value(
                        "select count(*) from Events where SessionID = ? and EventType = 'ChamadaEncerrada'",
                        call.sessionId()));
    }

    @Test
    void expiredCallsAreRemovedAndTheirSessionsCanBe() {
        StoredCall old = recordedCall();
        summarize(old);
        StoredCall recent = ring();
        StoredCall running = ring();
        for (StoredCall ended : List.of(old, recent)) {
            calls.report(ended.ref(), CallNews.of(CallStatus.COMPLETED)).await().indefinitely();
        }
        age(old, "1826 days");
        age(running, "1826 days");
        age(recent, "1824 days");
        removeExpired();

        assertEquals(
                List.of(recent.ref().callId(), running.ref().callId()),
                postgres.query("select CallID from Calls order by CallID").stream()
                        .map(row -> row.get("callid"))
                        .toList());
        assertEquals(0L, postgres.value("select count(*) from CallSummaries"));
        postgres.query("delete from Events where SessionID = ?", old.sessionId());
        postgres.query("delete from MediaObjects where SessionID = ?", old.sessionId());
        postgres.query("delete from BackgroundTasks");
        postgres.query("delete from Sessions where SessionID = ?", old.sessionId());
    }

    @Test
    void anExpiredFileIsNamedNoLonger() {
        StoredCall old = recordedCall();
        StoredCall recent = recordedCall();
        age(old, "366 days");
        removeExpired();

        assertNull(postgres.value(
                "select MediaID from CallRecordings where CallID = ?", old.ref().callId()));
        assertTrue(postgres.value(
                        "select MediaID from CallRecordings where CallID = ?",
                        recent.ref().callId())
                != null);
    }

    private static void age(StoredCall call, String age) {
        postgres.query(
                "update Calls set StartTime = now() - ?::interval where CallID = ?",
                age,
                call.ref().callId());
    }

    private static void removeExpired() {
        transactions
                .statementsAsPlatform(
                        PlatformReason.RETENTION,
                        new ExpiredCalls(TestTransactions.config(RetentionConfig.class))::removeExpired)
                .await()
                .indefinitely();
    }

    private void erase(StoredCall call) {
        transactions
                .statementsInTenant(1, tx -> data.erase(tx, person(call), 0))
                .await()
                .indefinitely();
    }

    private static Person person(StoredCall call) {
        long person = (Long) postgres.value("select EndUserID from Sessions where SessionID = ?", call.sessionId());
        return new Person(1, person, List.of());
    }

    private static void summarize(StoredCall call) {
        postgres.query("""
                insert into CallSummaries (ClientID, CallID, SessionID, Summary, Outcome, SummarizedBy)
                select ClientID, CallID, SessionID, 'Maria quer visitar.', 'Retorno', 'Assistente' from Calls
                where CallID = ?""", call.ref().callId());
    }

    private StoredCall recordedCall() {
        StoredCall call = ring();
        recordings.report(call.ref(), conversation()).await().indefinitely();
        return call;
    }

    private static RecordingReport conversation() {
        return new RecordingReport(
                "RE1",
                RecordingReport.Source.DIAL,
                RecordingStatus.RECORDED,
                "https://api.twilio.com/RE1",
                2,
                Duration.ofSeconds(42),
                null);
    }

    private StoredCall ring() {
        return ring("CA-private-" + ++rung);
    }

    private StoredCall ringAgain(StoredCall call) {
        return ring(call.providerId());
    }

    private StoredCall ring(String providerId) {
        return calls.ring(new InboundCall(
                        TestCalls.CHANNEL,
                        providerId,
                        Caller.of(NUMBER, CALLED),
                        TestCalls.NUMBER,
                        CallNews.of(CallStatus.RINGING)))
                .await()
                .indefinitely()
                .call();
    }

    private static Object of(StoredCall call, String column) {
        return postgres.value(
                "select " + column + " from Calls where CallID = ?", call.ref().callId());
    }

    private static Object deletions() {
        return postgres.value("select count(*) from BackgroundTasks where TaskType = 'ExclusãoGravação'");
    }
}
