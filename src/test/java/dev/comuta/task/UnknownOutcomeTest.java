package dev.comuta.task;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.OutsideWorld.Attempt;
import dev.comuta.task.OutsideWorld.Commit;
import dev.comuta.task.OutsideWorld.Find;
import dev.comuta.task.OutsideWorld.Kill;
import dev.comuta.task.OutsideWorld.Port;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever happens to an attempt, its effect on another system happens once, or the task ends as unknown. */
class UnknownOutcomeTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private OutsideWorld world;

    @BeforeContainer
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
    }

    /** The tries of a property share the instance. */
    @BeforeTry
    void begin() {
        world = new OutsideWorld(vertx, postgres, transactions);
    }

    @AfterContainer
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Property(tries = 100)
    void anEffectHappensOnceOrIsReportedAsUnknown(@ForAll("scripts") List<Attempt> attempts) {
        world.play(attempts);

        boolean unknown = world.endedWithUnknownOutcome();
        assertAll(
                () -> assertFalse(world.isOpen(), "every task ends"),
                () -> assertTrue(world.received() <= 1, "never twice"),
                () -> assertTrue(!unknown || world.uncertain(), "unknown only where it is true"),
                () -> assertTrue(
                        world.received() == 1 || !"Concluída".equals(world.status()), "success means that it arrived"),
                () -> assertTrue(
                        unknown || world.received() == 0 || !"Falhou".equals(world.status()),
                        "failure means that it did not arrive"));
    }

    @Provide
    Arbitrary<List<Attempt>> scripts() {
        return Combinators.combine(
                        Arbitraries.of(Find.class),
                        Arbitraries.of(Port.class),
                        Arbitraries.of(Commit.class),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(6, Arbitraries.just(Kill.NEVER)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(Kill.DURING_CALL)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(Kill.DURING_COMMIT))))
                .as(Attempt::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(OutsideWorld.ATTEMPTS + 1);
    }

    @Example
    void anOutageBeyondTheCompletionLimitDoesNotRepeatTheCall() {
        play(Attempt.of(Commit.DATABASE_AWAY));

        assertUnknown(1);
    }

    @Example
    void aFrozenConnectionDoesNotHoldTheAttemptForEver() {
        play(Attempt.of(Commit.DATABASE_FROZEN));

        assertUnknown(1);
    }

    @Example
    void aShortOutageEndsInOneAttempt() {
        play(Attempt.of(Commit.STORED_AFTER_AN_OUTAGE));

        assertEquals("Concluída", world.status());
        assertEquals(1, world.received());
    }

    @Example
    void aCallThatIsCutOffAtTheTimeLimitIsNotRepeated() {
        play(Attempt.of(Port.ACCEPTS_AND_HANGS));

        assertUnknown(1);
    }

    @Example
    void aCompletionThatTheDatabaseRefusesDoesNotRepeatTheCall() {
        play(Attempt.of(Commit.REFUSED));

        assertUnknown(1);
    }

    @Example
    void anAttemptThatFailsBeforeItsCallIsRepeated() {
        play(Attempt.of(Find.DATABASE_AWAY), Attempt.of(Port.REFUSES_FOR_NOW));

        assertEquals("Concluída", world.status());
        assertEquals(1, world.received());
    }

    @Example
    void anEarlierUnknownOutcomeSurvivesAnAttemptThatCallsNothing() {
        play(Attempt.of(Port.ACCEPTS_AND_HANGS), Attempt.of(Find.DATABASE_AWAY));

        assertUnknown(1);
    }

    @Example
    void attemptsThatNeverReportTheirEndLeaveTheOutcomeUnknown() {
        world.play(Collections.nCopies(OutsideWorld.ATTEMPTS + 1, Attempt.of(Kill.DURING_CALL)));

        assertUnknown(1);
    }

    @Example
    void theLastAttemptWithADefiniteAnswerFails() {
        world.play(Collections.nCopies(OutsideWorld.ATTEMPTS, Attempt.of(Port.REFUSES_FOR_NOW)));

        assertEquals("Falhou", world.status());
        assertFalse(world.endedWithUnknownOutcome());
    }

    private void play(Attempt... attempts) {
        world.play(List.of(attempts));
    }

    private void assertUnknown(int received) {
        assertEquals("Falhou", world.status());
        assertTrue(world.endedWithUnknownOutcome());
        assertEquals(received, world.received());
    }
}
