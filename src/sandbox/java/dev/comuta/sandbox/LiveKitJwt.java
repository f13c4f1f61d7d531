package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** LiveKit's tokens and signatures of webhooks, written independently of the server's own implementation. */
public final class LiveKitJwt {

    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final int VALID_SECONDS = 300;
    private static final int LEEWAY_SECONDS = 60;

    private LiveKitJwt() {}

    /** The {@code Authorization} header of a webhook. */
    public static String ofWebhook(String apiKey, String secret, byte[] body, Instant now) {
        Map<String, Object> claims = new TreeMap<>(
                Map.of("iss", apiKey, "nbf", now.getEpochSecond(), "exp", now.getEpochSecond() + VALID_SECONDS));
        claims.put("sha256", Base64.getEncoder().encodeToString(sha256(body)));
        return signed(secret, HEADER, Json.write(claims));
    }

    /** A token with these parts as they are. */
    public static String signed(String secret, String header, String claims) {
        String content = encoded(header.getBytes(StandardCharsets.UTF_8)) + "."
                + encoded(claims.getBytes(StandardCharsets.UTF_8));
        return content + "." + encoded(hmac(secret, content));
    }

    /** The claims of a token, unverified; empty when it is none. */
    static Optional<JsonNode> claims(String token) {
        String[] parts = token.split("\\.", -1);
        try {
            return parts.length == 3
                    ? Optional.of(
                            Json.read(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (IllegalArgumentException | Json.Malformed noToken) {
            return Optional.empty();
        }
    }

    /** Whether the secret signed the token, and it is valid now. */
    static boolean isValid(String secret, String token, Instant now) {
        int end = token.lastIndexOf('.');
        JsonNode claims = claims(token).orElse(null);
        return claims != null
                && claims.has("exp")
                && now.getEpochSecond() <= claims.path("exp").asLong() + LEEWAY_SECONDS
                && now.getEpochSecond() >= claims.path("nbf").asLong() - LEEWAY_SECONDS
                && token.substring(end + 1).equals(encoded(hmac(secret, token.substring(0, end))));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
