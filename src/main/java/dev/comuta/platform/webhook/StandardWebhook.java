package dev.comuta.platform.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Stands in where the sender's secret is not known, so that the answer takes as long. */
    private static final String NOBODYS_SECRET = newSecret();

    /** Finding the algorithm takes longer than using it. */
    private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(StandardWebhook::newMac);

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
     * Whether one of the secrets signed these bytes within five minutes of now. Takes the same time for every secret and
     * for none.
     *
     * @param secrets those in force, two during a rotation; empty when the sender is not known (then false)
     * @param headers the three headers as received; parts may be null
     */
    public static boolean verifies(List<String> secrets, Headers headers, byte[] body, Instant now) {
        boolean known = !secrets.isEmpty() && headers.complete() && headers.isNear(now);
        boolean matches = false;
        for (String secret : secrets.isEmpty() ? List.of(NOBODYS_SECRET) : secrets) {
            matches |= headers.complete() && matches(headers, hmac(secret, headers.id(), headers.timestamp(), body));
        }
        return known && matches;
    }

    private static boolean matches(Headers headers, byte[] expected) {
        boolean found = false;
        for (String candidate : headers.signature().split(" ", -1)) {
            if (candidate.startsWith(VERSION_PREFIX)) {
                byte[] presented = candidate.substring(VERSION_PREFIX.length()).getBytes(StandardCharsets.US_ASCII);
                found |= MessageDigest.isEqual(Base64.getEncoder().encode(expected), presented);
            }
        }
        return found;
    }

    private static byte[] hmac(String secret, String id, String timestamp, byte[] body) {
        try {
            Mac mac = MAC.get();
            mac.init(new SecretKeySpec(key(secret), ALGORITHM));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("every key is one of " + ALGORITHM, e);
        }
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length()));
    }

    /** The three headers of a delivery; null where one is missing. */
    public record Headers(String id, String timestamp, String signature) {

        private boolean complete() {
            return id != null && !id.isEmpty() && timestamp != null && signature != null;
        }

        private boolean isNear(Instant now) {
            try {
                long seconds = Long.parseLong(timestamp);
                return Math.abs(now.getEpochSecond() - seconds) <= TOLERANCE.toSeconds();
            } catch (NumberFormatException notATime) {
                return false;
            }
        }
    }
}
