package dev.comuta.access;

import dev.comuta.platform.secret.Secrets;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The token of a sign-in link: an HMAC of a stored nonce under the server's key. The database never holds the token, so
 * access to the database alone does not allow sign-in.
 *
 * @param nonce random value that is stored
 * @param text the token that is mailed
 */
record SignInToken(String nonce, String text) {

    private static final int BYTES = 32;
    private static final String PURPOSE = "comuta sign-in ";
    private static final SecureRandom RANDOM = new SecureRandom();

    static SignInToken random(Secrets secrets) {
        byte[] nonce = new byte[BYTES];
        RANDOM.nextBytes(nonce);
        return of(encode(nonce), secrets);
    }

    static SignInToken of(String nonce, Secrets secrets) {
        return new SignInToken(nonce, encode(secrets.fingerprint(PURPOSE + nonce)));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
