package dev.comuta.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that becomes 'Inativo' after its channel was looked up receives nothing. */
class ReceiveOfInactiveClientTest {

    private static final String RECEIVE = """
            select outcome from comuta_receive(jsonb_build_array(jsonb_build_object(
                'channel', 1, 'contactKind', 'phone', 'contact', '+5511998700001', 'phone', '+5511998700001',
                'provider', 'Gateway', 'providerId', ?, 'contentType', 'Texto', 'content', 'Oi')), interval '6 hours', interval '1 hour', interval '30 days')""";

    private static Vertx vertx;
    private static SandboxPostgres postgres;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        postgres = SandboxPostgres.launch(0);
        TestTransactions.on(vertx, postgres);
        postgres.query("insert into Clients (ClientName) values ('A')");
        postgres.query("insert into CommunicationChannels (ClientID, ChannelType, ChannelIdentifier, Status) "
                + "values (1, 'WhatsApp', '+5511400000001', 'Ativo')");
    }

    @AfterAll
    static void stop() {
        vertx.close();
        postgres.close();
    }

    @Test
    void receivesOnlyWhileTheClientIsActive() {
        assertEquals("accepted", postgres.value(RECEIVE, "m1"));

        postgres.query("update Clients set Status = 'Inativo'");
        assertEquals("unknown", postgres.value(RECEIVE, "m2"));

        postgres.query("update Clients set Status = 'Ativo'");
        assertEquals("accepted", postgres.value(RECEIVE, "m2"));
    }
}
