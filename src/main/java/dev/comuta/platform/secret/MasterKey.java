package dev.comuta.platform.secret;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key from configuration. It encrypts only the data keys of single secrets.
 *
 * @param id the name of the key in sealed texts; it does not reveal the key
 */
public record MasterKey(String id, SecretKeySpec key) {

    private static final int BYTES = 32;
    private static final int ID_BYTES = 4;

    /**
     * Parses a key.
     *
     * @param property the property of the key, for the failure message
     */
    public static MasterKey of(String property, String base64) {
        byte[] bytes = decoded(property, base64);
        return new MasterKey(HexFormat.of().formatHex(Arrays.copyOf(Sha256.of(bytes), ID_BYTES)), Aes.key(bytes));
    }

    private static byte[] decoded(String property, String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64.strip());
            if (bytes.length == BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // reported below
        }
        throw new IllegalArgumentException(property + " must be base64 of " + BYTES + " bytes");
    }
}
