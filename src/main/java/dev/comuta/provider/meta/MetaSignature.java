package dev.comuta.provider.meta;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** {@code X-Hub-Signature-256}: {@code sha256=} and the hex HMAC-SHA256 of the bytes as they came. */
final class MetaSignature {

    static final String HEADER = "X-Hub-Signature-256";

    private static final String PREFIX = "sha256=";
    private static final String ALGORITHM = "HmacSHA256";

    private MetaSignature() {}

    /**
     * Whether the app's secret signed these bytes; compares in constant time.
     *
     * @param header as received; may be null
     */
    static boolean verifies(String appSecret, String header, byte[] body) {
        byte[] expected =
                (PREFIX + HexFormat.of().formatHex(hmac(appSecret, body))).getBytes(StandardCharsets.US_ASCII);
        return header != null && MessageDigest.isEqual(expected, header.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] hmac(String secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
