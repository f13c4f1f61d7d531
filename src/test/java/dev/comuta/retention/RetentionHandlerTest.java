package dev.comuta.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionRule;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.Outcome;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of retention are independent of each other. */
class RetentionHandlerTest {

    private static final String REMOVE = "delete from IdempotencyKeys where Target = $1";

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void storeKeys() {
        postgres.query("delete from IdempotencyKeys");
        postgres.query("insert into IdempotencyKeys (KeyHash, Target, BodyHash) values ('1', 'a', ''), ('2', 'b', '')");
    }

    @Test
    void aRuleThatFailsStopsNoOther() {
        RetentionRule ofTheDatabase = tx -> tx.execute("select 1 / 0").replaceWith(false);
        RetentionRule ofTheServer = tx -> {
            throw new IllegalStateException("a fault of a rule");
        };

        Uni<Outcome> run =
                handler(removal("a"), ofTheDatabase, ofTheServer, removal("b")).run(null);

        assertThrows(TransientFailure.class, () -> run.await().indefinitely());
        assertEquals(0L, postgres.value("select count(*) from IdempotencyKeys"));
    }

    @Test
    void everyRuleIsCommittedBeforeTheTaskIsCompleted() {
        assertInstanceOf(
                Outcome.Done.class, handler(removal("a")).run(null).await().indefinitely());

        assertEquals(1L, postgres.value("select count(*) from IdempotencyKeys"));
    }

    private static RetentionRule removal(String key) {
        return (Tx tx) -> tx.execute(REMOVE, key).replaceWith(false);
    }

    private static RetentionHandler handler(RetentionRule... rules) {
        return new RetentionHandler(List.of(rules), transactions.service(), new Tasks());
    }
}
