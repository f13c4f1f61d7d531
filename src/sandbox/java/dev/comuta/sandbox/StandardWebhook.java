package dev.comuta.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signatures of the Standard Webhooks specification, version 1 (HMAC-SHA256 over {@code id.timestamp.body}), written
 * independently of the server's own implementation.
 */
public final class StandardWebhook {

    private static final String PREFIX = "whsec_";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private StandardWebhook() {}

    /** A new webhook-id. */
    public static String newId() {
        return "msg_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** The three headers for a body that is sent now. */
    public static Map<String, String> headers(String secret, String id, String body) {
        return headers(secret, id, Instant.now().getEpochSecond(), body);
    }

    /**
     * The three headers of a webhook.
     *
     * @param secret {@code whsec_} and base64
     * @param timestamp seconds since 1970
     */
    public static Map<String, String> headers(String secret, String id, long timestamp, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(timestamp));
        headers.put("webhook-signature", sign(secret, id, Long.toString(timestamp), body));
        return headers;
    }

    /** The key that {@code whsec_} prefixes, decoded. */
    public static byte[] key(String secret) {
        String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
        return Base64.getDecoder().decode(base64);
    }

    /** Whether one of the space-separated signatures is valid and the timestamp is within five minutes of now. */
    public static boolean verify(String secret, String id, String timestamp, String signatures, String body) {
        if (!timestamp.matches("\\d{1,12}") || !isNow(Long.parseLong(timestamp))) {
            return false;
        }
        byte[] expected = sign(secret, id, timestamp, body).getBytes(StandardCharsets.UTF_8);
        return Arrays.stream(signatures.split(" ", -1))
                .anyMatch(one -> MessageDigest.isEqual(expected, one.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isNow(long timestamp) {
        return Duration.between(Instant.ofEpochSecond(timestamp), Instant.now())
                        .abs()
                        .compareTo(TOLERANCE)
                <= 0;
    }

    private static String sign(String secret, String id, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            byte[] signed = (id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
