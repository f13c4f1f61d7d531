package dev.comuta.provider.meta;

import dev.comuta.platform.secret.ConstantTime;
import dev.comuta.platform.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** {@code X-Hub-Signature-256}: {@code sha256=} and the hex HMAC-SHA256 of the received bytes. */
final class MetaSignature {

    static final String HEADER = "X-Hub-Signature-256";

    /** Name of the security scheme in the API description. */
    static final String SCHEME = "metaSignature";

    private static final String PREFIX = "sha256=";

    private MetaSignature() {}

    /**
     * Whether the app's secret signed these bytes; compares in constant time.
     *
     * @param header as received; may be null
     */
    static boolean verifies(String appSecret, String header, byte[] body) {
        byte[] hash = Hmac.SHA256.of(appSecret.getBytes(StandardCharsets.UTF_8), body);
        return header != null && ConstantTime.equal(PREFIX + HexFormat.of().formatHex(hash), header);
    }
}
