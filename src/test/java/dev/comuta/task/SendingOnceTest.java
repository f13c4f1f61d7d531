package dev.comuta.task;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.SimulatedProviders;
import dev.comuta.task.OutsideWorld.Commit;
import dev.comuta.task.OutsideWorld.Kill;
import dev.comuta.task.SendScript.Attempt;
import dev.comuta.task.SendScript.Find;
import dev.comuta.task.SendScript.Port;
import dev.comuta.task.SendScript.Vendor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever happens to an attempt, a provider gets each message once, or the message is 'Incerta'. */
class SendingOnceTest {

    private static final int MESSAGES = 2;

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;
    private static TestTransactions broken;
    private static SimulatedProviders providers;
    private static SendRows rows;

    @BeforeContainer
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        broken = TestTransactions.awayFrom(vertx, postgres);
        providers = SimulatedProviders.launch(vertx);
        rows = new SendRows(postgres);
        rows.prepare(providers);
    }

    @AfterContainer
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Property(tries = 150)
    void aMessageArrivesOnceOrIsUncertain(@ForAll Vendor vendor, @ForAll("scripts") List<Attempt> attempts) {
        play(vendor, attempts);
    }

    @Provide
    Arbitrary<List<Attempt>> scripts() {
        return Combinators.combine(
                        mostly(Find.FOUND, Find.values()),
                        mostly(Port.ACCEPTS, Port.values()),
                        mostly(Commit.STORED, Commit.values()),
                        mostly(Kill.NEVER, Kill.values()))
                .as(Attempt::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(MESSAGES * ProviderWorld.ATTEMPTS);
    }

    /** Half of the values are the usual one, so that scripts with a single failure are common. */
    private static <T> Arbitrary<T> mostly(T usual, T[] all) {
        return Arbitraries.frequencyOf(
                Tuple.of(all.length, Arbitraries.just(usual)), Tuple.of(all.length, Arbitraries.of(all)));
    }

    @Example
    void aKillBeforeOrAfterTheCallIsResolvedByAProviderThatCanBeAsked() {
        Attempt killed = new Attempt(Find.FOUND, Port.ACCEPTS, Commit.STORED, Kill.DURING_COMMIT);
        for (Vendor vendor : List.of(Vendor.GATEWAY, Vendor.TWILIO)) {
            assertEquals(
                    List.of("Enviada", "Enviada"), play(vendor, List.of(killed, Attempt.GOOD, killed, Attempt.GOOD)));
        }
        assertEquals(
                List.of("Incerta", "Incerta"), play(Vendor.META, List.of(killed, Attempt.GOOD, killed, Attempt.GOOD)));
    }

    @Example
    void anAttemptThatIsCutOffAtTheTimeLimitIsNotRepeatedBlindly() {
        Attempt late = new Attempt(Find.FOUND, Port.ACCEPTS_AND_HANGS, Commit.STORED, Kill.NEVER);

        assertEquals(List.of("Incerta", "Enviada"), play(Vendor.META, List.of(late)));
        assertEquals(List.of("Enviada", "Enviada"), play(Vendor.TWILIO, List.of(late)));
        assertEquals(List.of("Enviada", "Enviada"), play(Vendor.GATEWAY, List.of(late)));
    }

    /** The first message has arrived under an id that is not known; the second has not. */
    @Example
    void aMessageIsNotTakenForAnOlderOneWithTheSameText() {
        Attempt lost = new Attempt(Find.FOUND, Port.HANGS, Commit.STORED, Kill.NEVER);

        assertEquals(List.of("Incerta", "Incerta"), play(Vendor.TWILIO, afterAnUncertainMessage(lost)));
    }

    @Example
    void aMessageThatWasCertainlyNotSentIsSentBesideAnOlderOneWithTheSameText() {
        Attempt busy = new Attempt(Find.FOUND, Port.REFUSES_FOR_NOW, Commit.STORED, Kill.NEVER);

        assertEquals(List.of("Incerta", "Enviada"), play(Vendor.TWILIO, afterAnUncertainMessage(busy)));
    }

    /** No attempt of the first message reports its end; the one after the last only finds that out. */
    private static List<Attempt> afterAnUncertainMessage(Attempt next) {
        Attempt unreported = new Attempt(Find.FOUND, Port.ACCEPTS, Commit.DATABASE_AWAY, Kill.NEVER);
        List<Attempt> attempts = new ArrayList<>(Collections.nCopies(ProviderWorld.ATTEMPTS, unreported));
        attempts.addAll(List.of(Attempt.GOOD, next));
        return attempts;
    }

    @Example
    void anAttemptThatSentNothingIsRepeated() {
        Attempt away = new Attempt(Find.DATABASE_AWAY, Port.ACCEPTS, Commit.STORED, Kill.NEVER);
        Attempt busy = new Attempt(Find.FOUND, Port.REFUSES_FOR_NOW, Commit.STORED_AFTER_AN_OUTAGE, Kill.NEVER);
        for (Vendor vendor : Vendor.values()) {
            assertEquals(List.of("Enviada", "Enviada"), play(vendor, List.of(away, busy)));
        }
    }

    /** Plays a script for two messages of a session with the same text, and returns their statuses. */
    private static List<String> play(Vendor vendor, List<Attempt> attempts) {
        ProviderWorld world = new ProviderWorld(vertx, rows, transactions, broken, providers, vendor);
        List<Long> messages = rows.write(vendor, MESSAGES);
        world.play(attempts);
        assertAll(messages.stream().map(message -> () -> verify(world, message)));
        return messages.stream().map(rows::status).toList();
    }

    private static void verify(ProviderWorld world, long message) {
        long deliveries = world.deliveries(message);
        switch (rows.status(message)) {
            case "Enviada" -> assertEquals(1, deliveries, "a sent message arrived once");
            case "Falhou" -> assertEquals(0, deliveries, "a failed message did not arrive");
            case "Incerta" ->
                assertTrue(deliveries <= 1 && world.isDoubtful(message), "uncertain only where it is true");
            default -> throw new AssertionError(rows.status(message));
        }
    }
}
