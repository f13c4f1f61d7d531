package dev.comuta.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The aggregate on a real database. */
class CallsTest {

    private static final PhoneNumber CALLED = new PhoneNumber(TestCalls.NUMBER);
    private static final String BROKER = "p-0-0";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Calls calls;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions transactions = TestTransactions.on(vertx, postgres);
        TestCalls.seed(postgres, "Gateway");
        calls = TestCalls.calls(transactions.service());
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void theFirstNewsStoresSessionCallAndEvent() {
        StoredCall call = ring("CA123456789", "+5511987654321", CallNews.of(CallStatus.RINGING));

        assertEquals(
                "Inbound Trunk_X Ringing +5511987654321",
                postgres.value("""
                select concat_ws(' ', CallDirection, SIPTrunkID, CallStatus, FromNumber) from Calls where CallID = ?""", call.ref().callId()));
        assertEquals(List.of("SessãoIniciada", "ChamadaRecebida"), events(call));
        assertEquals("Chamada 1 true", postgres.value("""
                select concat_ws(' ', SessionType, UserID, (EndUserID is not null)::text) from Sessions where SessionID = ?""", call.sessionId()));
        assertEquals(
                "+5511988888888",
                call.script().steps().getFirst().callees().getFirst().number());
    }

    @Test
    void aRepeatedFirstNewsIsTheSameCall() {
        StoredCall first = ring("CA-twice", "+5511987654322", CallNews.of(CallStatus.RINGING));
        StoredCall second = ring("CA-twice", "+5511987654322", CallNews.of(CallStatus.RINGING));

        assertEquals(first.ref(), second.ref());
        assertEquals(first.script(), second.script());
        assertEquals(List.of("SessãoIniciada", "ChamadaRecebida"), events(second));
    }

    @Test
    void theEndBeforeTheBeginIsTheEnd() {
        StoredCall call = ring("CA-reversed", "+5511987654323", CallNews.of(CallStatus.COMPLETED));
        ring("CA-reversed", "+5511987654323", CallNews.of(CallStatus.IN_PROGRESS));
        StoredCall last = ring("CA-reversed", "+5511987654323", CallNews.of(CallStatus.RINGING));

        assertEquals(CallStatus.COMPLETED, last.state().status());
        assertEquals(
                List.of("SessãoIniciada", "ChamadaRecebida", "ChamadaConectada", "ChamadaEncerrada", "SessãoEncerrada"),
                events(call));
    }

    @Test
    void withheldNumbersAreNoCommonPerson() {
        StoredCall first = ring("CA-hidden-1", "anonymous", CallNews.of(CallStatus.RINGING));
        StoredCall second = ring("CA-hidden-2", "+266696687", CallNews.of(CallStatus.RINGING));

        for (StoredCall call : List.of(first, second)) {
            assertNull(postgres.value("select EndUserID from Sessions where SessionID = ?", call.sessionId()));
            assertNull(call.from());
        }
    }

    @Test
    void twoCallsAtOnceOfOnePersonAreTwoSessions() {
        StoredCall first = ring("CA-one", "+5511987654324", CallNews.of(CallStatus.RINGING));
        StoredCall second = ring("CA-two", "011987654324", CallNews.of(CallStatus.RINGING));

        assertEquals(
                1L,
                postgres.value(
                        "select count(distinct EndUserID) from Sessions where SessionID in (?, ?)",
                        first.sessionId(),
                        second.sessionId()));
        assertEquals(
                2L,
                postgres.value(
                        "select count(*) from Sessions where EndTime is null and SessionID in (?, ?)",
                        first.sessionId(),
                        second.sessionId()));
    }

    @Test
    void onlyThePersonWhoPressesTheKeyTakesTheCall() {
        StoredCall call = ring("CA-taken", "+5511987654325", CallNews.of(CallStatus.RINGING));
        StoredCall voicemail = calls.reportLeg(call.ref(), BROKER, "CA-leg", CallNews.of(CallStatus.IN_PROGRESS))
                .await()
                .indefinitely();

        assertFalse(voicemail.isAttended(), "whatever answers a mobile has not taken the call");
        assertTrue(accept(call, BROKER));
        assertTrue(accept(call, BROKER), "a repeated webhook");
        assertFalse(accept(call, "p-0-1"), "somebody else");
        assertEquals(
                1L,
                postgres.value(
                        "select AttendedBy from Calls where CallID = ?",
                        call.ref().callId()));
    }

    @Test
    void nobodyTakesACallWhoseCallerIsGone() {
        StoredCall call = ring("CA-gone", "+5511987654326", CallNews.of(CallStatus.RINGING));
        ring("CA-gone", "+5511987654326", CallNews.of(CallStatus.CANCELED));

        assertFalse(accept(call, BROKER));
    }

    @Test
    void anEndedCallWithoutDurationIsAskedForOnceMore() {
        StoredCall call = ring("CA-short", "+5511987654327", CallNews.of(CallStatus.COMPLETED));
        assertTrue((boolean) postgres.value(
                "select CheckAt > now() + interval '1 minute' from Calls where CallID = ?",
                call.ref().callId()));

        StoredCall busy = ring("CA-busy", "+5511987654328", CallNews.of(CallStatus.BUSY));
        assertNull(postgres.value(
                "select CheckAt from Calls where CallID = ?", busy.ref().callId()));
    }

    private static boolean accept(StoredCall call, String position) {
        return calls.accept(call.ref(), position).await().atMost(Duration.ofSeconds(10));
    }

    private static StoredCall ring(String id, String from, CallNews news) {
        return calls.ring(new InboundCall(TestCalls.CHANNEL, id, Caller.of(from, CALLED), TestCalls.NUMBER, news))
                .await()
                .atMost(Duration.ofSeconds(10))
                .call();
    }

    private static List<String> events(StoredCall call) {
        return List.of(((String) postgres.value("""
                select string_agg(EventType, ',' order by EventID) from Events where SessionID = ?""", call.sessionId())).split(","));
    }
}
