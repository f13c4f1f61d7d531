package dev.comuta.platform.secret;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HmacTest {

    private static final byte[] KEY = bytes("Jefe");
    private static final byte[] TEXT = bytes("what do ya want for nothing?");

    @Test
    void agreesWithTheVectorsOfTheStandards() {
        assertEquals("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", hex(Hmac.SHA1.of(KEY, TEXT)), "RFC 2202");
        assertEquals(
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                hex(Hmac.SHA256.of(KEY, TEXT)),
                "RFC 4231");
    }

    @Property
    void hashesTheConcatenatedParts(@ForAll @Size(min = 1, max = 40) byte[] key, @ForAll byte[] a, @ForAll byte[] b) {
        byte[] whole = new byte[a.length + b.length];
        System.arraycopy(a, 0, whole, 0, a.length);
        System.arraycopy(b, 0, whole, a.length, b.length);
        assertArrayEquals(Hmac.SHA256.of(key, whole), Hmac.SHA256.of(key, a, b));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
