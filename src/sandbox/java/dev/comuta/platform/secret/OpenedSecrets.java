package dev.comuta.platform.secret;

import java.util.List;
import java.util.Optional;

/** Opens sealed texts of a server whose key is known, for the sandbox, which made the key. */
public final class OpenedSecrets {

    private OpenedSecrets() {}

    /**
     * Secrets under this key.
     *
     * @param key base64 of 32 bytes
     */
    public static Secrets under(String key) {
        return new Secrets(new SecretsConfig() {
            @Override
            public String key() {
                return key;
            }

            @Override
            public Optional<List<String>> otherKeys() {
                return Optional.empty();
            }

            @Override
            public Optional<String> fingerprintKey() {
                return Optional.empty();
            }
        });
    }
}
