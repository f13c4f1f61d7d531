package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.message.MessageSender.KnownIds;
import dev.comuta.message.content.MessageReference;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements on messages of two clients, each with an ended and an open session of one end user. */
class MessageStoreTest {

    private static Vertx vertx;
    private static SandboxPostgres postgres;
    private static TestTransactions transactions;

    private final MessageStore messages = new MessageStore();

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        transactions = TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A'), ('B')");
        postgres.query("""
                insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status)
                select ClientID, 'WhatsApp', '+551130' || ClientID, 'Ativo' from Clients order by ClientID""");
        postgres.query("insert into ClientEndUsers (ClientID, PhoneNumber) values (1, '+1'), (2, '+1')");
        postgres.query("""
                insert into Sessions (ClientID, ChannelID, EndUserID, EndTime)
                values (1, 1, 1, now()), (1, 1, 1, null), (2, 2, 2, null)""");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @BeforeEach
    void empty() {
        postgres.query("delete from Messages");
    }

    @Test
    void anIdOfTheProviderBelongsToOneMessageOfWhicheverSession() {
        long retried = message(1, null, "{SM-failed}");
        message(2, "SM-next-session", null);
        message(3, "SM-other-client", null);

        assertEquals(
                new KnownIds(Set.of("SM-failed", "SM-next-session"), 0),
                knownIds(retried, List.of("SM-failed", "SM-next-session", "SM-other-client", "SM-new")));
    }

    @Test
    void countsOlderMessagesWithTheSameTextWhoseIdIsNotKnown() {
        long older = message(2, null, null);
        postgres.query("update Messages set Status = 'Incerta' where MessageID = ?", older);
        postgres.query("update Messages set Status = 'Falhou' where MessageID = ?", message(2, null, null));
        postgres.query("update Messages set Status = 'Incerta' where MessageID = ?", message(1, null, null));
        long second = message(2, null, null);

        assertEquals(0, knownIds(older, List.of("SM-1")).unidentified());
        assertEquals(1, knownIds(second, List.of("SM-1")).unidentified());
    }

    private KnownIds knownIds(long message, List<String> ids) {
        return transactions
                .service()
                .statementsInTenant(1, tx -> messages.find(tx, 1, new MessageReference(message, null))
                        .chain(found -> messages.knownIds(tx, found, ids)))
                .await()
                .indefinitely();
    }

    private static long message(long session, String providerId, String failedIds) {
        return (Long) postgres.value(
                "insert into Messages (SessionID, SenderType, ContentType, Content, ProviderMessageID, FailedProviderIDs) "
                        + "values (?, 'Usuário', 'Texto', 'Oi', ?, ?::text[]) returning MessageID",
                session,
                providerId,
                failedIds);
    }
}
