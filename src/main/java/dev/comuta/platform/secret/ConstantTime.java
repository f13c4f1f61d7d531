package dev.comuta.platform.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Comparison with a secret value. Its duration depends on the length of what was presented and on nothing else. */
public final class ConstantTime {

    private ConstantTime() {}

    /** Whether the two are equal; neither may be null. */
    public static boolean equal(byte[] expected, byte[] presented) {
        return MessageDigest.isEqual(presented, expected);
    }

    /** The same for texts. */
    public static boolean equal(String expected, String presented) {
        return equal(expected.getBytes(StandardCharsets.UTF_8), presented.getBytes(StandardCharsets.UTF_8));
    }
}
