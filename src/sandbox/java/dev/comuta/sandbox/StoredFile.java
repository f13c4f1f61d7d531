package dev.comuta.sandbox;

import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file of a phone or a provider.
 *
 * @param id 15 digits
 * @param name null when it has none
 */
record StoredFile(String id, Buffer bytes, String mimeType, String name) {

    String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.getBytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
