package dev.comuta.platform.object;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SegmentCipherTest {

    private static final byte[] TEXT = {1, 2, 3, 4, 5};

    @Test
    void opensWhatItSealed() {
        SegmentCipher cipher = SegmentCipher.forNewObject();
        byte[] sealed = cipher.seal(7, true, TEXT, 3);
        SegmentCipher reader = SegmentCipher.of(cipher.secret());
        assertArrayEquals(new byte[] {1, 2, 3}, reader.open(7, true, sealed, sealed.length));
    }

    /** The format, written a second time: what is on the disk can be read without this class. */
    @Test
    void sealsAsTheFormatSays() throws Exception {
        SegmentCipher cipher = SegmentCipher.forNewObject();
        byte[] secret = cipher.secret();
        byte[] header = Arrays.copyOfRange(secret, 32, 48);
        assertArrayEquals(new byte[] {'C', 'O', 'M', 'U', 'T', 'A', 1, 16, 0}, Arrays.copyOf(header, 9));
        byte[] nonce = ByteBuffer.allocate(12)
                .put(header, 9, 7)
                .putInt(2)
                .put((byte) 1)
                .array();
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        gcm.init(Cipher.DECRYPT_MODE, new SecretKeySpec(secret, 0, 32, "AES"), new GCMParameterSpec(128, nonce));
        gcm.updateAAD(header);
        assertArrayEquals(TEXT, gcm.doFinal(cipher.seal(2, true, TEXT, TEXT.length)));
    }

    @Property
    void rejectsAChangedBit(@ForAll @IntRange(max = (5 + 16) * 8 - 1) int bit) {
        SegmentCipher cipher = SegmentCipher.forNewObject();
        byte[] sealed = cipher.seal(0, false, TEXT, TEXT.length);
        sealed[bit / 8] ^= (byte) (1 << bit % 8);
        assertThrows(ObjectChanged.class, () -> cipher.open(0, false, sealed, sealed.length));
    }

    @Property
    void rejectsAnotherPlace(@ForAll @IntRange(max = 100) int place, @ForAll @IntRange(max = 100) int other) {
        SegmentCipher cipher = SegmentCipher.forNewObject();
        byte[] sealed = cipher.seal(place, false, TEXT, TEXT.length);
        assertThrows(ObjectChanged.class, () -> cipher.open(place, true, sealed, sealed.length));
        if (place != other) {
            assertThrows(ObjectChanged.class, () -> cipher.open(other, false, sealed, sealed.length));
        }
    }

    @Property
    void rejectsAChangedHeader(@ForAll @IntRange(min = 9, max = 15) int at) {
        SegmentCipher cipher = SegmentCipher.forNewObject();
        byte[] sealed = cipher.seal(0, true, TEXT, TEXT.length);
        byte[] secret = cipher.secret();
        secret[32 + at] ^= 1;
        assertThrows(ObjectChanged.class, () -> SegmentCipher.of(secret).open(0, true, sealed, sealed.length));
    }

    @Test
    void rejectsASecretOfAnotherFormat() {
        byte[] secret = SegmentCipher.forNewObject().secret();
        secret[32 + 6] = 2;
        assertThrows(ObjectChanged.class, () -> SegmentCipher.of(secret));
    }

    @Property
    void partCoversItsBytes(
            @ForAll @LongRange(min = 1, max = 400_000) long size,
            @ForAll @LongRange(max = 399_999) long from,
            @ForAll @LongRange(min = 1, max = 400_000) long length) {
        long offset = from % size;
        SegmentRange range = new SegmentRange(size, offset, Math.min(length, size - offset));
        long covered = 0;
        for (long segment = range.firstSegment(); segment <= range.lastSegment(); segment++) {
            covered += range.to(segment) - range.from(segment);
        }
        assertEquals(range.length(), covered);
        assertEquals(SegmentCipher.sealedLength(size), 16 + new SegmentRange(size, 0, size).sealedLength());
    }
}
