package dev.comuta.platform.secret;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The keys of secrets at rest; docs/security.md describes their rotation without downtime. */
@ConfigMapping(prefix = "comuta.secrets")
public interface SecretsConfig {

    /**
     * The current key, base64 of 32 bytes (AES-256): new secrets are sealed under it. No default outside development.
     */
    String key();

    /** Other keys of the same form that may open secrets, former or future, separated by commas. */
    Optional<List<String>> otherKeys();

    /** The installation's first key, of the same form. Set at the first rotation, never changed. Default: {@code key}. */
    Optional<String> fingerprintKey();
}
