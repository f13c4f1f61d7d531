package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** The position in a list, opaque to the caller: base64url of the last row's sort key, one or more numbers. */
public final class Cursor {

    private Cursor() {}

    /** The cursor after the row with this sort key. */
    public static String of(long... key) {
        String numbers = Arrays.stream(key).mapToObj(Long::toString).collect(Collectors.joining("."));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(numbers.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Parses a sort key. Fails with a problem when the text is not a cursor.
     *
     * @param field the name of the cursor in the API
     * @param numbers the length of the sort key
     */
    public static long[] key(String field, String cursor, int numbers) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            long[] key = Arrays.stream(text.split("\\.", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            boolean valid = key.length == numbers && Arrays.stream(key).allMatch(number -> number >= 0);
            if (valid && of(key).equals(cursor)) {
                return key;
            }
        } catch (IllegalArgumentException malformed) {
            // reported below, like a key of another length or spelling
        }
        throw Problem.invalid(field, "is not a cursor of this list");
    }

    static long lastId(String cursor) {
        return key("after", cursor, 1)[0];
    }
}
