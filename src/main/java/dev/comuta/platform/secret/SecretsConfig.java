package dev.comuta.platform.secret;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The keys under which secrets are kept at rest; docs/security.md says how they are changed without a pause. */
@ConfigMapping(prefix = "comuta.secrets")
public interface SecretsConfig {

    /** Base64 of 32 bytes, an AES-256 key: what is sealed from now on is sealed under it. No default outside development. */
    String key();

    /** Keys of the same form, separated by commas, that still open what they sealed. */
    Optional<List<String>> otherKeys();

    /** The key of the same form that marks what is compared and never read back; for good. The first {@code key} if absent. */
    Optional<String> fingerprintKey();
}
