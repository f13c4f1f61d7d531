package dev.comuta.platform.webhook;

import dev.comuta.platform.secret.ConstantTime;
import dev.comuta.platform.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * Signatures of the Standard Webhooks specification 1.0: HMAC-SHA256 over {@code id.timestamp.body}, sent as
 * {@code v1,<base64>} in {@code webhook-signature} beside {@code webhook-id} and {@code webhook-timestamp} (seconds).
 */
public final class StandardWebhook {

    public static final String ID = "webhook-id";
    public static final String TIMESTAMP = "webhook-timestamp";
    public static final String SIGNATURE = "webhook-signature";

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION_PREFIX = "v1,";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private StandardWebhook() {}

    /** A new random secret in the form of the specification: {@code whsec_} and base64 of 32 bytes. */
    public static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return SECRET_PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @param secret {@code whsec_} and base64
     * @param timestamp seconds since 1970, as sent in {@code webhook-timestamp}
     * @param body the bytes as sent
     */
    public static String sign(String secret, String id, long timestamp, byte[] body) {
        return VERSION_PREFIX + Base64.getEncoder().encodeToString(hmac(secret, id, Long.toString(timestamp), body));
    }

    /**
     * The headers of a signed JSON request.
     *
     * @param secret {@code whsec_} and base64
     * @param id the same at every attempt; the receiver uses it as an idempotency key
     * @param body the bytes as they will be sent
     */
    public static Map<String, String> headers(String secret, String id, Instant now, byte[] body) {
        long timestamp = now.getEpochSecond();
        return Map.of(
                "Content-Type",
                "application/json",
                ID,
                id,
                TIMESTAMP,
                Long.toString(timestamp),
                SIGNATURE,
                sign(secret, id, timestamp, body));
    }

    /**
     * Whether the secret signed these bytes within five minutes of now. The duration does not depend on the secret.
     *
     * @param headers the three headers as received; each may be null
     */
    public static boolean verifies(String secret, Headers headers, byte[] body, Instant now) {
        return headers.objection(now) == null
                && matches(headers, hmac(secret, headers.id(), headers.timestamp(), body));
    }

    private static boolean matches(Headers headers, byte[] expected) {
        boolean matches = false;
        for (String candidate : headers.signature().split(" ", -1)) {
            if (candidate.startsWith(VERSION_PREFIX)) {
                byte[] presented = candidate.substring(VERSION_PREFIX.length()).getBytes(StandardCharsets.US_ASCII);
                matches |= ConstantTime.equal(Base64.getEncoder().encode(expected), presented);
            }
        }
        return matches;
    }

    private static byte[] hmac(String secret, String id, String timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        return Hmac.SHA256.of(key(secret), head, body);
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    }

    /** The three headers of a delivery; a missing one is null. */
    public record Headers(String id, String timestamp, String signature) {

        /**
         * Why these headers are invalid, whatever the secret: one is missing, or the time differs too much. Null when
         * they may be valid.
         */
        public String objection(Instant now) {
            if (id == null || id.isEmpty() || timestamp == null || signature == null) {
                return ID + ", " + TIMESTAMP + " and " + SIGNATURE + " are required";
            }
            return isWithinTolerance(now) ? null : TIMESTAMP + " must be within five minutes of the server's time";
        }

        private boolean isWithinTolerance(Instant now) {
            try {
                long seconds = Long.parseLong(timestamp);
                return Math.abs(now.getEpochSecond() - seconds) <= TOLERANCE.toSeconds();
            } catch (NumberFormatException notATime) {
                return false;
            }
        }
    }
}
