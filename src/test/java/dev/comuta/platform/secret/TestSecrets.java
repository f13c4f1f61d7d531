package dev.comuta.platform.secret;

import dev.comuta.platform.db.TestTransactions;
import java.util.Map;

/** Secrets without a server. */
public final class TestSecrets {

    private TestSecrets() {}

    /** Secrets under the key of development. */
    public static Secrets ofDevelopment() {
        String key = "A".repeat(43) + "=";
        return new Secrets(TestTransactions.config(SecretsConfig.class, Map.of("comuta.secrets.key", key)));
    }
}
