package dev.comuta.platform.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The checksum SHA-256. */
public final class Sha256 {

    private Sha256() {}

    /** {@return the checksum of these bytes} */
    public static byte[] of(byte[] bytes) {
        return start().digest(bytes);
    }

    /** {@return a checksum of bytes that are still to come} */
    public static MessageDigest start() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
