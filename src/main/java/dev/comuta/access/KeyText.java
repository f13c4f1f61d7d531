package dev.comuta.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * An API key as the caller sends it: {@code cmt_}, 8 characters that identify the key, {@code _} and 32 random bytes in
 * base64url.
 */
record KeyText(String text) {

    private static final String START = "cmt_";
    private static final int PREFIX_LENGTH = 8;
    private static final int SECRET_BYTES = 32;
    private static final String PREFIX_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern FORM = Pattern.compile("cmt_[a-z0-9]{8}_[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeyText random() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        StringBuilder text = new StringBuilder(START);
        RANDOM.ints(PREFIX_LENGTH, 0, PREFIX_CHARACTERS.length())
                .forEach(i -> text.append(PREFIX_CHARACTERS.charAt(i)));
        return new KeyText(text.append('_')
                .append(Base64.getUrlEncoder().withoutPadding().encodeToString(secret))
                .toString());
    }

    boolean isWellFormed() {
        return FORM.matcher(text).matches();
    }

    /** The first 12 characters, which are not secret. */
    String prefix() {
        return text.substring(0, START.length() + PREFIX_LENGTH);
    }
}
