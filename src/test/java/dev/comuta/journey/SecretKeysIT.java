package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The master key is replaced while the server runs, and every secret stays usable. */
class SecretKeysIT {

    private static final String OLD = key(1);
    private static final String NEW = key(2);

    private static Comuta comuta;

    @BeforeAll
    static void start() {
        comuta = Comuta.start(Comuta.testOptions().with("COMUTA_SECRETS_KEY", OLD));
    }

    @AfterAll
    static void stop() {
        comuta.close();
    }

    @Test
    void replacesTheKeyWithoutDowntimeAndRemovesTheOldOne() {
        Api before = platform();
        String oldId = before.get("/secret-keys").expect(200).json().getString("currentKey");

        replaceServer(withMasterKey(OLD).with("COMUTA_SECRETS_OTHER_KEYS", NEW));
        replaceServer(withMasterKey(NEW).with("COMUTA_SECRETS_OTHER_KEYS", OLD));
        assertConversationWorks();
        JsonObject rotation =
                platform().post("/secret-keys/rotation", null).expect(202).json();
        assertNotEquals(oldId, rotation.getString("currentKey"));
        await().atMost(Comuta.TIMEOUT).until(() -> secretsUnderOtherKeys() == 0);

        replaceServer(withMasterKey(NEW));
        assertConversationWorks();
        assertEquals(
                List.of(),
                comuta.column("select 1 from CommunicationChannels where WebhookSecret like ?", "v2:" + oldId + "%"));
    }

    /** The rotation finds columns by their comment, so every column with sealed texts must have it. */
    @Test
    void marksEveryColumnWithSealedTexts() {
        assertConversationWorks();
        for (Map<String, Object> column : comuta.sandbox().postgres().query("""
                select c.relname as t, a.attname as c from pg_class c join pg_attribute a on a.attrelid = c.oid
                where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
                  and a.atttypid in ('text'::regtype, 'jsonb'::regtype)
                  and col_description(c.oid, a.attnum) is distinct from 'sealed'""")) {
            String query = "select count(*) from %s where %s::text like '%%v2:%%:%%:%%'"
                    .formatted(column.get("t"), column.get("c"));
            assertEquals(0L, comuta.value(query), column::toString);
        }
    }

    /** A signed message is accepted (webhook secret), its turn queries the CRM, and the client's key is still valid. */
    private static void assertConversationWorks() {
        String number = Comuta.newNumber();
        comuta.send(comuta.delivery(number, "Quais imóveis estão disponíveis no bairro X?"))
                .expect(200);
        comuta.awaitAnswers(number, 1);
        assertEquals(
                comuta.registered().clientId(),
                comuta.client()
                        .get("/clients/" + comuta.registered().clientId())
                        .json()
                        .getLong("clientId"));
    }

    /** Like a rolling update: the next server is ready before this one stops. */
    private static void replaceServer(ServerOptions options) {
        ServerProcess before = comuta.server();
        comuta.startAnotherServer(options);
        before.stop();
    }

    private static long secretsUnderOtherKeys() {
        return platform().get("/secret-keys").expect(200).json().getJsonArray("columns").stream()
                .mapToLong(column -> ((JsonObject) column).getLong("underOtherKeys"))
                .sum();
    }

    private static ServerOptions withMasterKey(String key) {
        return Comuta.testOptions().with("COMUTA_SECRETS_KEY", key).with("COMUTA_SECRETS_FINGERPRINT_KEY", OLD);
    }

    private static Api platform() {
        return comuta.platform();
    }

    private static String key(int seed) {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (seed * 31 + i * 7);
        }
        return Base64.getEncoder().encodeToString(key);
    }
}
