package dev.comuta.platform.secret;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.Vertx;
import java.util.Base64;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Processes of one installation, each with keys of its own. */
class FingerprintKeyReadyTest {

    private static final String FIRST = key((byte) 1);
    private static final String SECOND = key((byte) 2);

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

    @Test
    void isReadyOnlyWithTheKeyOfTheInstallation() {
        assertEquals(Status.UP, start(Map.of("comuta.secrets.key", FIRST)).getStatus());

        assertEquals(Status.UP, start(Map.of("comuta.secrets.key", FIRST)).getStatus());
        assertEquals(
                Status.UP,
                start(Map.of("comuta.secrets.key", SECOND, "comuta.secrets.fingerprint-key", FIRST))
                        .getStatus());
        HealthCheckResponse wrong = start(Map.of("comuta.secrets.key", SECOND));
        assertEquals(Status.DOWN, wrong.getStatus());
        assertTrue(wrong.getData().orElseThrow().containsKey("comuta.secrets.fingerprint-key"));
    }

    private static HealthCheckResponse start(Map<String, String> keys) {
        Secrets secrets = new Secrets(TestTransactions.config(SecretsConfig.class, keys));
        return new FingerprintKeyReady(transactions.service(), secrets)
                .call()
                .await()
                .indefinitely();
    }

    private static String key(byte value) {
        byte[] key = new byte[32];
        key[0] = value;
        return Base64.getEncoder().encodeToString(key);
    }
}
