package dev.comuta.platform.rest;

import dev.comuta.platform.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;

/** Where a list goes on, opaque to the caller: base64url of the last row's sort key, one number or more. */
public final class Cursor {

    private Cursor() {}

    /** The cursor after the row with this sort key. */
    public static String of(long... key) {
        String numbers = Arrays.stream(key).mapToObj(Long::toString).collect(Collectors.joining("."));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(numbers.getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * The sort key of so many numbers. Fails with a problem when the text is none of ours.
     *
     * @param field what the caller knows it as
     */
    public static long[] key(String field, String cursor, int numbers) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            long[] key = Arrays.stream(text.split("\\.", -1))
                    .mapToLong(Long::parseLong)
                    .toArray();
            boolean possible = key.length == numbers && Arrays.stream(key).allMatch(number -> number >= 0);
            if (possible && of(key).equals(cursor)) {
                return key;
            }
        } catch (IllegalArgumentException notOurs) {
            // told below, in the same words as a number that we would write otherwise
        }
        throw Problem.invalid(field, "is not a cursor of this list");
    }

    static long lastId(String cursor) {
        return key("after", cursor, 1)[0];
    }
}
