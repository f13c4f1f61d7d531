package dev.comuta.platform.secret;

import dev.comuta.platform.db.TestTransactions;
import java.util.Base64;
import java.util.Map;

/** Secrets without a server, under a key of zeros. */
public final class TestSecrets {

    private TestSecrets() {}

    public static Secrets secrets() {
        String key = Base64.getEncoder().encodeToString(new byte[Aes.KEY_BYTES]);
        return new Secrets(TestTransactions.config(SecretsConfig.class, Map.of("comuta.secrets.key", key)));
    }
}
