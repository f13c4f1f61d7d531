package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    @Test
    void anIdOfTheProviderBelongsToOneMessageOfWhicheverSession() {
        long retried = message(1, null, "{SM-failed}");
        message(2, "SM-next-session", null);
        message(3, "SM-other-client", null);

        Set<String> taken = transactions
                .service()
                .statementsInTenant(1, tx -> messages.find(tx, 1, retried)
                        .chain(found -> messages.takenIds(
                                tx, found, List.of("SM-failed", "SM-next-session", "SM-other-client", "SM-new"))))
                .await()
                .indefinitely();

        assertEquals(Set.of("SM-failed", "SM-next-session"), taken);
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
