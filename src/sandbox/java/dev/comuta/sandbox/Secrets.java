package dev.comuta.sandbox;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** Random secrets for one run. */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** 32 random bytes in URL-safe base64. */
    static String random() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes());
    }

    /** 32 random bytes in standard base64. */
    static String key() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    /** An id in Twilio's form: two letters and 32 hexadecimal digits. */
    public static String sid(String prefix) {
        return prefix + UUID.randomUUID().toString().replace("-", "");
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
