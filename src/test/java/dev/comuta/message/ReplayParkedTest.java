package dev.comuta.message;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.comuta.channel.ChannelTasks;
import dev.comuta.people.consent.TestConsents;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.problem.Problem;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.SessionConfig;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.Tasks;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The replay of 120 parked messages, each of another contact, on a real database. */
class ReplayParkedTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** As the engine retries a task while the database is slow. */
    private static final int RETRIES = 10;

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status, Provider, ProviderID)
                values (1, 'WhatsApp', '+551130000001', 'Ativo', 'Meta', '7000')""");
        postgres.query("""
                insert into ClientEndUsers (ClientID) select 1 from generate_series(1, 120)""");
        postgres.query("""
                insert into EndUserIdentities (ClientID, Kind, Value, EndUserID)
                select 1, 'phone', 'contato ' || EndUserID, EndUserID from ClientEndUsers""");
        postgres.query("""
                insert into Sessions (ClientID, ChannelID, EndUserID, SessionType)
                select 1, 1, EndUserID, 'Conversa' from ClientEndUsers order by EndUserID""");
        postgres.query("""
                insert into ParkedItems (Provider, ProviderID, ReceiptID, Reason, Payload)
                select 'Meta', '7000', 'r' || n, 'Número desconhecido', jsonb_build_object(
                    'contactKind', 'phone', 'contact', 'contato ' || n, 'provider', 'Meta', 'providerId', 'r' || n,
                    'contentType', 'Texto', 'content', 'Olá ' || n)
                from generate_series(1, 120) n""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    /** The lock is released after the first messages were stored, so a replay in one transaction fails the test. */
    @Test
    void storesTheFirstMessagesWhileALaterSessionIsLocked() throws SQLException {
        CompletableFuture<Void> locked = new CompletableFuture<>();
        CompletableFuture<Outcome> replayed = locked.thenCompose(v -> replay());
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection other = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set local role comuta_platform");
            statement.execute("select from Sessions where EndUserID = 110 for no key update");
            locked.complete(null);

            await().atMost(LIMIT).failFast(() -> assertFalse(replayed.isDone())).until(() -> messages()
                    .equals(100L));
            assertFalse(replayed.isDone());
            assertEquals(
                    100L,
                    postgres.value(
                            "select count(*) from (select from Sessions where EndUserID <= 100 for update skip locked) s"),
                    "the sessions of the first messages are free");
            other.rollback();
        }

        Outcome.Done done = assertInstanceOf(Outcome.Done.class, replayed.join());
        transactions
                .service()
                .statementsInTenant(1, done.effects()::write)
                .await()
                .indefinitely();
        assertEquals(120L, messages());
        assertEquals(0L, postgres.value("select count(*) from ParkedItems"));
        assertEquals(120, transactions.requested().size(), "one turn for each message, and no further replay");
    }

    private static CompletableFuture<Outcome> replay() {
        ParkedMessages parked = new ParkedMessages(
                transactions.service(),
                null,
                new OptOuts(TestTransactions.config(ReceiveConfig.class), TestSending.outbound(), TestConsents.kept()),
                TestTransactions.config(ReceiveConfig.class),
                TestTransactions.config(SessionConfig.class));
        ClaimedTask task = new ClaimedTask(
                1,
                ChannelTasks.REPLAY_PARKED,
                1L,
                null,
                new JsonObject().put("channelId", 1),
                1,
                UUID.randomUUID(),
                Instant.now(),
                false,
                false,
                null,
                null);
        return new ReplayParkedHandler(parked, transactions.service(), new Tasks())
                .run(task)
                .onFailure(Problem::isOutage)
                .retry()
                .atMost(RETRIES)
                .subscribeAsCompletionStage();
    }

    private static Object messages() {
        return postgres.value("select count(*) from Messages");
    }
}
