package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.comuta.channel.Provider;
import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.message.InboundMessage.DeliveryId;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.MessageContext;
import dev.comuta.people.consent.TestConsents;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.trace.Tracing;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.session.SessionConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of two clients arrive on one shard of a real database, while a session of one of them is locked. */
class InboundMessagesTest {

    private static final Provider GATEWAY = Provider.of("Gateway");

    private static final int RETRIES = 20;

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private String heldContact;
    private String otherContact;
    private InboundMessages messages;
    private Connection holder;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                select ClientID, 'WhatsApp', '+551130' || ClientID, 'Ativo' from Clients""");
        openConnections();
    }

    /** A slow machine may need more time for a new connection than a transaction waits for one. */
    private static void openConnections() {
        Uni<RowSet<Row>> one = transactions
                .service()
                .statementsAsPlatform(PlatformReason.ROUTING, tx -> tx.sql("select pg_sleep(0.2)"));
        Uni.join()
                .all(Collections.nCopies(3, one))
                .andFailFast()
                .onFailure()
                .retry()
                .atMost(RETRIES)
                .await()
                .indefinitely();
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void openSessions() {
        heldContact = UUID.randomUUID().toString();
        otherContact = UUID.randomUUID().toString();
        ReceiveConfig config = TestTransactions.config(ReceiveConfig.class, Map.of("comuta.receive.shards", "1"));
        messages = new InboundMessages(
                transactions.service(),
                config,
                TestTransactions.config(SessionConfig.class),
                new OptOuts(config, TestSending.outbound(), TestConsents.kept()),
                new SimpleMeterRegistry(),
                new Tracing(OpenTelemetry.noop(), () -> true),
                vertx);
        Stream.of(message(1, heldContact, "Olá"), message(2, otherContact, "Olá"))
                .forEach(message -> messages.receive(message).await().indefinitely());
    }

    /** This process publishes them itself, and the sweep would publish them a second time. */
    @Test
    void leavesNoTaskOfAMessageToTheNextSweep() {
        assertNotEquals(0L, postgres.value("select count(*) from BackgroundTasks"));
        assertEquals(
                0L, postgres.value("select count(*) from BackgroundTasks where DueAt < now() + interval '20 seconds'"));
    }

    /** The lock is released after the other client's messages are stored, so a group that waits for it fails the test. */
    @Test
    void storesAnotherClientsMessagesWhileASessionIsLocked() throws SQLException {
        lockSession();
        List<CompletableFuture<Received>> held = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<List<CompletableFuture<Received>>> group =
                    together(message(1, heldContact, "antes " + i), message(2, otherContact, "outra " + i));
            assertEquals(
                    Received.Outcome.ACCEPTED, group.join().getLast().join().outcome());
            held.add(group.join().getFirst());
        }
        held.forEach(result -> assertFalse(result.isDone()));

        holder.close();

        held.add(messages.receive(message(1, heldContact, "depois")).subscribeAsCompletionStage());
        List<Long> ids = held.stream().map(result -> result.join().messageId()).toList();
        assertEquals(ids.stream().sorted().toList(), ids, "in the order of their arrival");
    }

    @Test
    void storesAllMessagesOfOneGroupOfALockedSessionInOrder() throws SQLException {
        lockSession();
        List<CompletableFuture<Received>> held = together(Stream.of("um", "dois", "três", "quatro", "cinco")
                        .map(text -> message(1, heldContact, text))
                        .toArray(InboundMessage[]::new))
                .join();
        messages.receive(message(2, otherContact, "outra")).await().indefinitely();
        held.forEach(result -> assertFalse(result.isDone()));

        holder.close();

        List<Long> ids = held.stream().map(result -> result.join().messageId()).toList();
        assertEquals(ids.stream().sorted().toList(), ids, "in the order of their arrival");
    }

    /** Submits messages in one turn of the event loop, so that one group has all of them. */
    private CompletableFuture<List<CompletableFuture<Received>>> together(InboundMessage... group) {
        CompletableFuture<List<CompletableFuture<Received>>> submitted = new CompletableFuture<>();
        vertx.runOnContext(loop -> submitted.complete(Stream.of(group)
                .map(message -> messages.receive(message).subscribeAsCompletionStage())
                .toList()));
        return submitted;
    }

    private void lockSession() throws SQLException {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        holder = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            statement.execute("set local role comuta_platform");
            statement.execute("select from Sessions s join EndUserIdentities i using (EndUserID) where i.Value = '"
                    + heldContact + "' for no key update of s");
        }
    }

    private static InboundMessage message(long client, String contact, String text) {
        long channel = (Long) postgres.value("select ChannelID from CommunicationChannels where ClientID = ?", client);
        return new InboundMessage(
                channel,
                new Contact("phone", contact, null, null),
                new DeliveryId(GATEWAY, UUID.randomUUID().toString(), null),
                new Content.Text(text),
                MessageContext.NONE,
                null,
                null);
    }
}
