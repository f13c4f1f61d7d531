package dev.comuta.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.channel.Provider;
import dev.comuta.channel.TestChannels;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.Outcome;
import dev.comuta.task.Tasks;
import dev.comuta.task.TestClaims;
import dev.comuta.task.job.TestJobs;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions to a provider about calls without news. The clock of the database is set forward by setting rows back. */
class CheckCallsTest {

    private static final int CALLS = 100;
    private static final Provider GATEWAY = Provider.of("Gateway", ChannelTypes.VOICE_CALL);
    private static final PhoneNumber CALLED = new PhoneNumber(TestCalls.NUMBER);

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final Map<String, CallNews> truth = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private boolean away;
    private Calls calls;
    private DueCallsHandler job;
    private CheckCallHandler handler;

    @BeforeAll
    static void launch() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        TestCalls.seed(postgres, "Gateway");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void start() {
        postgres.query("delete from Calls");
        postgres.query("delete from Events");
        calls = TestCalls.calls(transactions.service());
        CallsConfig config = TestTransactions.config(CallsConfig.class);
        job = new DueCallsHandler(TestJobs.batches(transactions), new Tasks(), config);
        handler = new CheckCallHandler(
                transactions.service(),
                new CallStore(),
                calls,
                new CallProviders(List.of(new Known())),
                TestChannels.forSending(transactions.service(), List.of(GATEWAY)),
                config);
    }

    /** A provider that knows the truth about its calls. */
    private final class Known implements CallProvider {

        @Override
        public Provider provider() {
            return GATEWAY;
        }

        @Override
        public Duration requestLimit() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Uni<String> dial(OutgoingCall call) {
            throw new AssertionError("dialled");
        }

        @Override
        public Uni<String> find(OutgoingCall call) {
            throw new AssertionError("searched");
        }

        @Override
        public Uni<CallReport> ask(ProviderCall call) {
            asked.add(call.providerId());
            return away
                    ? Uni.createFrom().failure(new TransientFailure("away"))
                    : Uni.createFrom().item(CallReport.of(truth.get(call.providerId())));
        }

        @Override
        public boolean supports(CallCommand command) {
            return false;
        }

        @Override
        public Uni<Void> command(ProviderCall call, CallCommand command) {
            throw new AssertionError("commanded");
        }
    }

    @Test
    void everyCallReachesItsTrueEndWithinAMinuteWhenAFifthOfTheNewsIsLost() {
        Random random = new Random(46);
        List<CallStatus> ends =
                List.of(CallStatus.COMPLETED, CallStatus.BUSY, CallStatus.NO_ANSWER, CallStatus.CANCELED);
        Map<String, CallStatus> expected = new HashMap<>();
        for (int i = 0; i < CALLS; i++) {
            String sid = "CA-" + i;
            CallStatus end = ends.get(i % ends.size());
            expected.put(sid, end);
            List<CallNews> news = new ArrayList<>(List.of(CallNews.of(CallStatus.RINGING)));
            if (end == CallStatus.COMPLETED) {
                news.add(CallNews.of(CallStatus.IN_PROGRESS));
            }
            news.add(end(end));
            truth.put(sid, end(end));
            ring(sid, news.getFirst());
            news.stream().skip(1).filter(one -> random.nextInt(5) > 0).forEach(one -> ring(sid, one));
        }
        assertTrue((long) postgres.value("select count(*) from Calls where EndTime is null") > 10, "some are open");

        pass(Duration.ofSeconds(35));
        pass(Duration.ofSeconds(20));

        expected.forEach((sid, end) -> assertEquals(
                end.stored(), postgres.value("select CallStatus from Calls where ProviderCallID = ?", sid), sid));
        assertEquals((long) CALLS, postgres.value("select count(*) from Events where EventType = 'ChamadaEncerrada'"));
        assertEquals(
                (long) CALLS / ends.size(),
                postgres.value("select count(*) from Events where EventType = 'ChamadaConectada'"));
        assertEquals(0L, postgres.value("select count(*) from Sessions where EndTime is null"));
    }

    private static CallNews end(CallStatus status) {
        return status == CallStatus.COMPLETED
                ? CallNews.of(status).lasting(Duration.ofSeconds(40)).costing(new CallNews.Price(BigDecimal.ONE, "USD"))
                : CallNews.of(status).because(EndReason.NO_ANSWER);
    }

    @Test
    void aCallThatGoesOnIsOnlyAskedAbout() {
        truth.put("CA-long", CallNews.of(CallStatus.IN_PROGRESS));
        ring("CA-long", CallNews.of(CallStatus.IN_PROGRESS));
        postgres.query("update Calls set StartTime = now() - interval '5 hours'");

        pass(Duration.ofSeconds(35));
        pass(Duration.ofSeconds(35));

        assertEquals(List.of("CA-long", "CA-long"), asked);
        assertEquals("In Progress", postgres.value("select CallStatus from Calls"));
    }

    @Test
    void aProviderThatDoesNotAnswerIsAskedEverMoreRarely() {
        away = true;
        ring("CA-away", CallNews.of(CallStatus.RINGING));

        pass(Duration.ofSeconds(35));
        pass(Duration.ofSeconds(35));
        assertEquals(2, asked.size());
        pass(Duration.ofSeconds(35));
        assertEquals(2, asked.size(), "the third question comes later");

        away = false;
        truth.put("CA-away", CallNews.of(CallStatus.CANCELED));
        pass(Duration.ofMinutes(2));
        assertEquals("Canceled", postgres.value("select CallStatus from Calls"));
    }

    /** As after an unknown outcome: nobody reported how the call ended, and in truth it goes on. */
    @Test
    void aCallWhoseEndWasConcludedIsAskedAboutUntilItEnds() {
        truth.put("CA-alive", CallNews.of(CallStatus.IN_PROGRESS));
        ring("CA-alive", CallNews.of(CallStatus.RINGING));
        ring("CA-alive", CallNews.ended());
        pass(Duration.ofMinutes(6));
        pass(Duration.ofMinutes(6));
        assertEquals(List.of("CA-alive", "CA-alive"), asked);

        truth.put("CA-alive", end(CallStatus.COMPLETED));
        pass(Duration.ofMinutes(6));
        pass(Duration.ofMinutes(60));

        assertEquals(3, asked.size());
        assertEquals(
                "Completed false 40",
                postgres.value("select concat_ws(' ', CallStatus, EndPresumed::text, Seconds) from Calls"));
    }

    @Test
    void missingDetailsAreAskedForOnce() {
        truth.put("CA-details", CallNews.of(CallStatus.COMPLETED));
        ring("CA-details", CallNews.of(CallStatus.COMPLETED));

        pass(Duration.ofSeconds(35));
        assertEquals(List.of(), asked);
        pass(Duration.ofMinutes(6));
        pass(Duration.ofMinutes(60));

        assertEquals(List.of("CA-details"), asked);
        assertNull(postgres.value("select CheckAt from Calls"));
    }

    /** Time passes; then the job runs, and the tasks that it requests. */
    private void pass(Duration time) {
        postgres.query("update Calls set CheckAt = CheckAt - ?::bigint * interval '1 second'", time.toSeconds());
        int before = transactions.requested().size();
        long due;
        do {
            due = (long) postgres.value("select count(*) from Calls where CheckAt <= now()");
            assertInstanceOf(Outcome.Done.class, job.run(null).await().indefinitely());
        } while (due > 100);
        transactions.requested().stream()
                .skip(before)
                .filter(task -> CallTasks.CHECK.stored().equals(task.taskType()))
                .forEach(task -> check(task.taskId()));
    }

    private void check(long taskId) {
        TestClaims.claim(transactions.service(), CallTasks.CHECK, taskId).forEach(task -> {
            Outcome.Done done = (Outcome.Done) handler.run(task).await().indefinitely();
            transactions
                    .service()
                    .statementsInTenant(1, done.effects()::write)
                    .await()
                    .indefinitely();
            postgres.query("update BackgroundTasks set Status = 'Concluída' where TaskID = ?", taskId);
        });
    }

    private void ring(String sid, CallNews news) {
        calls.ring(new InboundCall(TestCalls.CHANNEL, sid, Caller.of("+5511987654321", CALLED), TestCalls.NUMBER, news))
                .await()
                .indefinitely();
    }
}
