package dev.comuta.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets at rest under AES-256-GCM (NIST SP 800-38D). A sealed text is {@code v1:} and base64 of a 12-byte nonce
 * with the ciphertext; it opens only under the key that sealed it.
 */
@ApplicationScoped
public class Secrets {

    private static final String VERSION = "v1:";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String MAC = "HmacSHA256";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;
    private final SecretKeySpec fingerprintKey;

    Secrets(SecretsConfig config) {
        byte[] bytes = Base64.getDecoder().decode(config.key());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("comuta.secrets.key must be base64 of 32 bytes");
        }
        this.key = new SecretKeySpec(bytes, "AES");
        this.fingerprintKey = new SecretKeySpec(hmac(new SecretKeySpec(bytes, MAC), "comuta fingerprint"), MAC);
    }

    /** Seals a text for the database. */
    public String seal(String plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] ciphertext = crypt(Cipher.ENCRYPT_MODE, nonce, plain.getBytes(StandardCharsets.UTF_8));
        ByteBuffer sealed =
                ByteBuffer.allocate(nonce.length + ciphertext.length).put(nonce).put(ciphertext);
        return VERSION + Base64.getEncoder().encodeToString(sealed.array());
    }

    /** Opens what {@link #seal} made. Fails when it was sealed under another key or was changed. */
    public String open(String sealed) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(sealed.substring(VERSION.length())));
        byte[] nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        byte[] ciphertext = new byte[bytes.remaining()];
        bytes.get(ciphertext);
        return new String(crypt(Cipher.DECRYPT_MODE, nonce, ciphertext), StandardCharsets.UTF_8);
    }

    /**
     * A fixed-length mark of a secret that is compared and never read back (HMAC-SHA256 under a key derived from ours):
     * equal texts have equal marks, and who has only the marks cannot try out texts.
     */
    public byte[] fingerprint(String secret) {
        return hmac(fingerprintKey, secret);
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    private byte[] crypt(int mode, byte[] nonce, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored secret does not open under comuta.secrets.key", e);
        }
    }
}
