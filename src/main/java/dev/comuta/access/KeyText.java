package dev.comuta.access;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * An API key as the caller sends it: {@code cmt_}, 8 characters that identify the key, {@code _}, 32 random bytes and a
 * check code of 6 bytes in base64url. Only the server can compute the check code, so an invented key is rejected without
 * a look-up in the database.
 */
record KeyText(String text) {

    private static final String START = "cmt_";
    private static final int PREFIX_LENGTH = 8;
    private static final int SECRET_BYTES = 32;
    private static final int CHECK_BYTES = 6;
    private static final int CHECK_LENGTH = CHECK_BYTES * 4 / 3;
    private static final String PREFIX_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern FORM = Pattern.compile("cmt_[a-z0-9]{8}_[A-Za-z0-9_-]{51}");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeyText random(Function<String, byte[]> fingerprint) {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        StringBuilder text = new StringBuilder(START);
        RANDOM.ints(PREFIX_LENGTH, 0, PREFIX_CHARACTERS.length())
                .forEach(i -> text.append(PREFIX_CHARACTERS.charAt(i)));
        text.append('_').append(BASE64.encodeToString(secret));
        return new KeyText(text + checkCode(fingerprint, text.toString()));
    }

    private static String checkCode(Function<String, byte[]> fingerprint, String unchecked) {
        byte[] code = fingerprint.apply("check code of " + unchecked);
        return BASE64.encodeToString(Arrays.copyOf(code, CHECK_BYTES));
    }

    /** Whether the key has the form of a key and the check code of this server. It may have been revoked since. */
    boolean isIssued(Function<String, byte[]> fingerprint) {
        if (!FORM.matcher(text).matches()) {
            return false;
        }
        int end = text.length() - CHECK_LENGTH;
        return text.substring(end).equals(checkCode(fingerprint, text.substring(0, end)));
    }

    /** The first 12 characters, which are not secret. */
    String prefix() {
        return text.substring(0, START.length() + PREFIX_LENGTH);
    }
}
