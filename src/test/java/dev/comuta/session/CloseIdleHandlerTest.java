package dev.comuta.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.task.Outcome;
import dev.comuta.task.job.TestJobs;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many conversations of two clients are idle at the same time. */
class CloseIdleHandlerTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static CloseIdleHandler job;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions transactions = TestTransactions.on(vertx, postgres);
        job = new CloseIdleHandler(
                TestSessions.store(List.of(), Map.of()),
                TestJobs.batches(transactions),
                TestTransactions.config(SessionConfig.class));
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier)
                values (1, 'WhatsApp', '+5511400000001'), (2, 'WhatsApp', '+5511400000002')""");
        postgres.query("""
                insert into Sessions (ClientID, ChannelID, SessionType, StartTime)
                select client, client, 'Conversa', now() - interval '30 days'
                from generate_series(1, 2) client, generate_series(1, 70)""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void closesThemInPortionsThatAreCommittedBeforeTheTaskIsCompleted() {
        run();
        assertEquals(40L, open());

        run();
        assertEquals(0L, open());
        assertEquals(140L, postgres.value("select count(*) from Events where EventType = 'SessãoEncerrada'"));
    }

    private static void run() {
        assertInstanceOf(Outcome.Done.class, job.run(null).await().indefinitely());
    }

    private static Object open() {
        return postgres.value("select count(*) from Sessions where EndTime is null");
    }
}
