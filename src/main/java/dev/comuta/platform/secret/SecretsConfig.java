package dev.comuta.platform.secret;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The keys of secrets at rest; docs/security.md describes how to replace them without downtime. */
@ConfigMapping(prefix = "comuta.secrets")
public interface SecretsConfig {

    /**
     * The current key, base64 of 32 bytes (AES-256): new secrets are sealed under it. No default outside development.
     */
    String key();

    /** Earlier keys of the same form, separated by commas; they open older secrets. */
    Optional<List<String>> otherKeys();

    /** The key of fingerprints, of the same form, which never changes. Default: {@code key}. */
    Optional<String> fingerprintKey();
}
