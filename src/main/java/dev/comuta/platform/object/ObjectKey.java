package dev.comuta.platform.object;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Keys of objects: 32 random hexadecimal digits, which say nothing about the object. */
public final class ObjectKey {

    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private ObjectKey() {}

    /** {@return a key that no object has} */
    public static String next() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** {@return the path of the object: two levels of folders, so that no folder has too many entries} */
    static String path(String key) {
        if (!FORM.matcher(key).matches()) {
            throw new IllegalArgumentException("not a key of an object");
        }
        return key.substring(0, 2) + "/" + key.substring(2, 4) + "/" + key;
    }
}
