package dev.comuta.platform.object;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts an object in segments of 64 KiB, so that it can be streamed and read in parts: AES-256-GCM, in the STREAM
 * construction of Hoang, Reyhanitabar, Rogaway and Vizár (2015). A nonce is the object's random prefix, the number of
 * the segment, and whether it is the last one; the header is authenticated with every segment. So a changed, moved,
 * repeated or missing segment is detected, also at the end. Only the last segment may be shorter, or empty.
 *
 * <p>An object is header (16 bytes: "COMUTA", version 1, log2 of the segment size, one zero, prefix) and segments, each
 * with its tag of 16 bytes. The key encrypts one object only.
 */
final class SegmentCipher {

    static final int KEY_BYTES = 32;
    static final int HEADER = 16;
    static final int SEGMENT = 1 << 16;
    static final int TAG = 16;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final byte[] FORMAT = {'C', 'O', 'M', 'U', 'T', 'A', 1, 16, 0};
    private static final int NONCE = 12;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec key;
    private final byte[] header;
    private final Cipher cipher;

    private SegmentCipher(byte[] key, byte[] header) {
        this.key = new SecretKeySpec(key, "AES");
        this.header = header;
        this.cipher = find();
    }

    /** A new object under a new key. */
    static SegmentCipher forNewObject() {
        byte[] header = Arrays.copyOf(FORMAT, HEADER);
        byte[] prefix = random(HEADER - FORMAT.length);
        System.arraycopy(prefix, 0, header, FORMAT.length, prefix.length);
        return new SegmentCipher(random(KEY_BYTES), header);
    }

    /** An object with this {@link #secret}. */
    static SegmentCipher of(byte[] secret) {
        byte[] header = Arrays.copyOfRange(secret, KEY_BYTES, secret.length);
        if (header.length != HEADER || !Arrays.equals(Arrays.copyOf(header, FORMAT.length), FORMAT)) {
            throw new ObjectChanged("the key is of another format", null);
        }
        return new SegmentCipher(Arrays.copyOf(secret, KEY_BYTES), header);
    }

    private static byte[] random(int length) {
        byte[] random = new byte[length];
        RANDOM.nextBytes(random);
        return random;
    }

    /** Key and header: what a reader needs besides the segments. */
    byte[] secret() {
        return ByteBuffer.allocate(KEY_BYTES + HEADER)
                .put(key.getEncoded())
                .put(header)
                .array();
    }

    /** The number of segments of a text of this size. */
    static long segments(long size) {
        return Math.max(1, (size + SEGMENT - 1) / SEGMENT);
    }

    /** The length of an object whose text has this size. */
    static long sealedLength(long size) {
        return HEADER + size + segments(size) * TAG;
    }

    /** The position of a segment in the object. */
    static long positionOf(long segment) {
        return HEADER + segment * (SEGMENT + TAG);
    }

    byte[] header() {
        return header.clone();
    }

    /** Encrypts a segment: its first {@code length} bytes. */
    byte[] seal(long segment, boolean last, byte[] plain, int length) {
        try {
            return crypt(Cipher.ENCRYPT_MODE, segment, last, plain, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    /** Decrypts a segment: its first {@code length} bytes. Fails with {@link ObjectChanged}. */
    byte[] open(long segment, boolean last, byte[] sealed, int length) {
        try {
            return crypt(Cipher.DECRYPT_MODE, segment, last, sealed, length);
        } catch (GeneralSecurityException changed) {
            throw new ObjectChanged("segment " + segment + " was changed, moved or cut off", changed);
        }
    }

    private byte[] crypt(int mode, long segment, boolean last, byte[] input, int length)
            throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(NONCE)
                .put(header, FORMAT.length, HEADER - FORMAT.length)
                .putInt(Math.toIntExact(segment))
                .put((byte) (last ? 1 : 0))
                .array();
        cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
        cipher.updateAAD(header);
        return cipher.doFinal(input, 0, length);
    }

    private static Cipher find() {
        try {
            return Cipher.getInstance(CIPHER);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }
}
