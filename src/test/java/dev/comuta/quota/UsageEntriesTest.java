package dev.comuta.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Usage of two clients on a real database. */
class UsageEntriesTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static Transactions transactions;

    private final UsageEntries entries = new UsageEntries();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres).service();
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void deleteEntries() {
        postgres.query("delete from UsageEntries");
    }

    @Test
    void storesTheExactAmountNotYetFolded() {
        add(1, 1, "1250.75").join();

        assertEquals(1L, postgres.value("""
                select count(*) from UsageEntries
                where ClientID = 1 and Meter = 'tokens' and Amount = 1250.75 and FoldedAt is null
                  and OccurredAt between now() - interval '1 minute' and now()"""));
    }

    @Test
    void rejectsUsageOfAnotherClient() {
        assertThrows(CompletionException.class, add(1, 2, "1")::join);

        assertEquals(0L, postgres.value("select count(*) from UsageEntries"));
    }

    @Test
    void storesNothingWhenTheWorkFails() {
        CompletableFuture<Void> failed = transactions
                .statementsInTenant(
                        1, tx -> entries.add(tx, 1, "tokens", BigDecimal.ONE).chain(() -> tx.execute("select 1 / 0")))
                .replaceWithVoid()
                .subscribeAsCompletionStage();

        assertThrows(CompletionException.class, failed::join);
        assertEquals(0L, postgres.value("select count(*) from UsageEntries"));
    }

    private CompletableFuture<Void> add(long tenant, long clientId, String amount) {
        return transactions
                .statementsInTenant(tenant, tx -> entries.add(tx, clientId, "tokens", new BigDecimal(amount)))
                .subscribeAsCompletionStage();
    }
}
