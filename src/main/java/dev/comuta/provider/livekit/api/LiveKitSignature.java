package dev.comuta.provider.livekit.api;

import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.secret.ConstantTime;
import dev.comuta.platform.secret.Hmac;
import dev.comuta.platform.secret.Sha256;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * The signature of a webhook (LiveKit, "Webhooks"): a JWT in {@code Authorization}, without "Bearer". Only HS256 is
 * accepted. It must have an expiry, whose leeway is 60 s as at LiveKit, and the claim {@code sha256}: the base64 of the
 * checksum of the received bytes, so that an access token of the same key is no signature.
 */
public final class LiveKitSignature {

    public static final String HEADER = "Authorization";

    /** Name of the security scheme in the API description. */
    public static final String SCHEME = "liveKitSignature";

    private static final Duration LEEWAY = Duration.ofSeconds(60);

    private static final String ALGORITHM = "HS256";
    private static final String CHECKSUM = "sha256";

    private LiveKitSignature() {}

    /** {@return the API key that a header names, which may be forged, or null when it is no JWT} */
    public static String issuer(String authorization) {
        Jwt token = Jwt.of(authorization);
        return token != null && token.claims().getValue("iss") instanceof String issuer ? issuer : null;
    }

    /**
     * Whether the secret signed these bytes. The duration does not depend on the secret.
     *
     * @param authorization the header; null when it is missing
     */
    public static boolean verifies(String secret, String authorization, byte[] body, Instant now) {
        JsonObject claims = claims(secret, authorization, now);
        String checksum = claims != null && claims.getValue(CHECKSUM) instanceof String text ? text : "";
        return ConstantTime.equal(Base64.getEncoder().encodeToString(Sha256.of(body)), checksum);
    }

    /** {@return the claims of a token that the secret signed and that is valid now, or null} */
    static JsonObject claims(String secret, String token, Instant now) {
        Jwt jwt = Jwt.of(token);
        return jwt != null && jwt.isSigned(secret) && jwt.isValid(now) ? jwt.claims() : null;
    }

    /** A JWT, which may be forged. */
    private record Jwt(String content, JsonObject header, JsonObject claims, String signature) {

        private static final int PARTS = 3;

        /** {@return the token, or null when the text is none} */
        static Jwt of(String text) {
            String[] parts = text == null ? new String[0] : text.split("\\.", -1);
            if (parts.length != PARTS) {
                return null;
            }
            try {
                return new Jwt(parts[0] + "." + parts[1], object(parts[0]), object(parts[1]), parts[2]);
            } catch (IllegalArgumentException | DecodeException malformed) {
                return null;
            }
        }

        private static JsonObject object(String part) {
            return UntrustedJson.object(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        }

        boolean isSigned(String secret) {
            byte[] hash =
                    Hmac.SHA256.of(secret.getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.UTF_8));
            String expected = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
            return ConstantTime.equal(expected, signature) && ALGORITHM.equals(header.getValue("alg"));
        }

        boolean isValid(Instant now) {
            long second = now.getEpochSecond();
            Object begin = claims.getValue("nbf", 0);
            return begin instanceof Number first
                    && first.longValue() - LEEWAY.toSeconds() <= second
                    && claims.getValue("exp") instanceof Number last
                    && second <= last.longValue() + LEEWAY.toSeconds();
        }
    }
}
