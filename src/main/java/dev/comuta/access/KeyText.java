package dev.comuta.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A key as the caller sends it: {@code cmt_}, 8 characters by which people tell keys apart, {@code _} and 32 random
 * bytes in base64url.
 */
record KeyText(String text) {

    private static final String BEGIN = "cmt_";
    private static final int PREFIX_LENGTH = 8;
    private static final int SECRET_BYTES = 32;
    private static final String PREFIX_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern FORM = Pattern.compile("cmt_[a-z0-9]{8}_[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    static KeyText random() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        StringBuilder text = new StringBuilder(BEGIN);
        RANDOM.ints(PREFIX_LENGTH, 0, PREFIX_CHARACTERS.length())
                .forEach(i -> text.append(PREFIX_CHARACTERS.charAt(i)));
        return new KeyText(text.append('_')
                .append(Base64.getUrlEncoder().withoutPadding().encodeToString(secret))
                .toString());
    }

    boolean isWellFormed() {
        return FORM.matcher(text).matches();
    }

    /** The part that is not secret. */
    String prefix() {
        return text.substring(0, BEGIN.length() + PREFIX_LENGTH);
    }
}
