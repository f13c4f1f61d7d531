package dev.comuta.platform.secret;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Keyed hashes (RFC 2104). The only user of {@link Mac}. */
public final class Hmac {

    public static final Hmac SHA1 = new Hmac("HmacSHA1");
    public static final Hmac SHA256 = new Hmac("HmacSHA256");

    private final String algorithm;

    /** Looking up the algorithm takes longer than using it. */
    private final ThreadLocal<Mac> macs;

    private Hmac(String algorithm) {
        this.algorithm = algorithm;
        this.macs = ThreadLocal.withInitial(() -> find(algorithm));
    }

    /**
     * The hash of the concatenated parts.
     *
     * @param key at least one byte
     */
    public byte[] of(byte[] key, byte[]... parts) {
        try {
            Mac mac = macs.get();
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("every key is a key of " + algorithm, e);
        }
    }

    private static Mac find(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
