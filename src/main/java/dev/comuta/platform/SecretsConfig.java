package dev.comuta.platform;

import io.smallrye.config.ConfigMapping;

/** The key under which secrets are kept at rest. */
@ConfigMapping(prefix = "comuta.secrets")
public interface SecretsConfig {

    /** Base64 of 32 bytes, an AES-256 key. There is no default outside development. */
    String key();
}
