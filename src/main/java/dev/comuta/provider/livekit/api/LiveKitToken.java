package dev.comuta.provider.livekit.api;

import dev.comuta.platform.secret.Hmac;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Access tokens for a LiveKit server: JWTs (RFC 7519) with HS256 under the account's secret, whose issuer is the API
 * key. The secret may have any length: development servers have secrets shorter than the 32 bytes of RFC 7518.
 */
public final class LiveKitToken {

    /** The longest validity of a token to join a room. */
    public static final Duration LONGEST_JOIN = Duration.ofMinutes(10);

    private static final Duration OF_REQUEST = Duration.ofMinutes(1);

    private static final String HEADER =
            encoded(new JsonObject().put("alg", "HS256").put("typ", "JWT").encode());

    private LiveKitToken() {}

    /**
     * A token to join a room.
     *
     * @param identity of the participant; a second one with it replaces the first
     * @param name shown to the others; null for none
     * @param validFor at most {@link #LONGEST_JOIN}; a longer time is cut. Whoever has joined may stay longer.
     */
    public record Join(String room, String identity, String name, Duration validFor) {}

    /** The token of one request to the server's API. */
    static String forRequest(LiveKitAccount account, LiveKitGrant grant, Instant now) {
        return signed(account, claims(account, grant, now, OF_REQUEST));
    }

    /** The token with which one person joins one room. */
    public static String forJoin(LiveKitAccount account, Join join, Instant now) {
        Duration validFor = join.validFor().compareTo(LONGEST_JOIN) > 0 ? LONGEST_JOIN : join.validFor();
        JsonObject claims =
                claims(account, LiveKitGrant.join(join.room()), now, validFor).put("sub", join.identity());
        if (join.name() != null) {
            claims.put("name", join.name());
        }
        return signed(account, claims);
    }

    private static JsonObject claims(LiveKitAccount account, LiveKitGrant grant, Instant now, Duration validFor) {
        JsonObject claims = new JsonObject()
                .put("iss", account.apiKey())
                .put("nbf", now.getEpochSecond())
                .put("exp", now.getEpochSecond() + validFor.toSeconds());
        if (grant.video() != null) {
            claims.put("video", grant.video());
        }
        if (grant.sip() != null) {
            claims.put("sip", grant.sip());
        }
        return claims;
    }

    private static String signed(LiveKitAccount account, JsonObject claims) {
        String content = HEADER + "." + encoded(claims.encode());
        byte[] signature = Hmac.SHA256.of(
                account.apiSecret().getBytes(StandardCharsets.UTF_8), content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
