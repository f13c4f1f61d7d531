package dev.comuta.media;

import dev.comuta.platform.problem.TransientFailure;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Checksums as providers write them: hexadecimal or base64. */
final class Checksum {

    private static final int BYTES = 32;

    private Checksum() {}

    /**
     * Fails with a {@link TransientFailure} when the provider's checksum is another one: the file changed on its way.
     *
     * @param declared null, or of another form, is not compared
     * @param actual in hexadecimal
     */
    static void require(String declared, String actual) {
        String expected = hex(declared);
        if (expected != null && !expected.equals(actual)) {
            throw new TransientFailure("the file has another checksum than its provider says");
        }
    }

    private static String hex(String text) {
        if (text == null) {
            return null;
        }
        if (text.length() == 2 * BYTES) {
            return text.toLowerCase(Locale.ROOT);
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(text.strip());
            return bytes.length == BYTES ? HexFormat.of().formatHex(bytes) : null;
        } catch (IllegalArgumentException otherForm) {
            return null;
        }
    }
}
