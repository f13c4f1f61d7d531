package dev.comuta.platform;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where a list goes on, opaque to the caller: base64url of the last id that it saw. */
final class Cursor {

    private Cursor() {}

    static String of(long lastId) {
        byte[] digits = Long.toString(lastId).getBytes(StandardCharsets.US_ASCII);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digits);
    }

    /** Fails with a problem when the text is none of ours. */
    static long lastId(String cursor) {
        try {
            byte[] digits = Base64.getUrlDecoder().decode(cursor);
            long lastId = Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
            if (lastId >= 0 && of(lastId).equals(cursor)) {
                return lastId;
            }
        } catch (IllegalArgumentException notOurs) {
            // told below, in the same words as a number that we would write otherwise
        }
        throw Problem.invalid("after", "is not a cursor of this list");
    }
}
