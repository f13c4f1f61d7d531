package dev.comuta.provider.livekit.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.Contracts;
import dev.comuta.platform.problem.Problem;
import dev.comuta.sandbox.LiveKitJwt;
import io.livekit.server.AccessToken;
import io.livekit.server.WebhookReceiver;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class LiveKitSignatureTest {

    private static final String KEY = "APIkey";
    private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";
    private static final String BODY = "{\"event\":\"room_started\",\"room\":{\"name\":\"João 👋\"},\"id\":\"EV_1\"}";
    private static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);

    @TestFactory
    Stream<DynamicTest> agreesWithTheVectors() {
        return Contracts.json("livekit/signature_vectors.json")
                .path("vectors")
                .valueStream()
                .map(vector -> dynamicTest(vector.path("name").asText(), () -> check(vector)));
    }

    private static void check(JsonNode vector) {
        String authorization = vector.path("headers").path("Authorization").asText();
        String issuer = LiveKitSignature.issuer(authorization);
        String secret = issuer == null ? null : vector.path("keys").path(issuer).textValue();
        byte[] body = vector.path("body").asText().getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.ofEpochSecond(vector.path("verify_at_epoch").asLong());

        boolean accepted = secret != null && LiveKitSignature.verifies(secret, authorization, body, now);

        assertEquals(vector.path("expect").asText().equals("accept"), accepted && isEvent(body));
    }

    private static boolean isEvent(byte[] body) {
        try {
            return LiveKitEvent.of(body) != null;
        } catch (Problem noEvent) {
            assertEquals(400, noEvent.type().status());
            return false;
        }
    }

    @Test
    void aPublishedTokenIsValidWithItsSecretAndInItsTime() {
        JsonNode published = Contracts.json("livekit/signature_vectors.json").path("published_access_token");
        String token = published.path("token").asText();
        String secret = published.path("secret").asText();
        Instant then = Instant.ofEpochSecond(1_608_927_000);

        JsonObject claims = LiveKitSignature.claims(secret, token, then);
        assertEquals(published.path("claims"), Contracts.parsed(claims.encode()));
        assertNull(LiveKitSignature.claims(secret + "x", token, then));
        assertNull(LiveKitSignature.claims(secret, token, NOW));
        assertNull(LiveKitSignature.claims(secret, token, Instant.ofEpochSecond(1_608_930_308 + 61)));
        assertNotNull(LiveKitSignature.claims(secret, token, Instant.ofEpochSecond(1_608_930_308 + 60)));
        assertNull(LiveKitSignature.claims(secret, token, Instant.ofEpochSecond(1_608_926_708 - 61)));
        assertNotNull(LiveKitSignature.claims(secret, token, Instant.ofEpochSecond(1_608_926_708 - 60)));
    }

    @Test
    void acceptsWhatTheSdkSigns() throws Exception {
        AccessToken token = new AccessToken(KEY, SECRET);
        token.setSha256(checksum(BODY));
        String authorization = token.toJwt();

        assertEquals(KEY, LiveKitSignature.issuer(authorization));
        assertTrue(verifies(SECRET, authorization, BODY, Instant.now()));
        assertFalse(verifies(SECRET, authorization, BODY + " ", Instant.now()));
        assertFalse(verifies(SECRET + "x", authorization, BODY, Instant.now()));
    }

    @Test
    void theSdkAcceptsWhatTheSandboxSigns() {
        String authorization = LiveKitJwt.ofWebhook(KEY, SECRET, BODY.getBytes(StandardCharsets.UTF_8), Instant.now());

        assertEquals(
                "EV_1",
                new WebhookReceiver(KEY, SECRET).receive(BODY, authorization).getId());
        assertTrue(verifies(SECRET, authorization, BODY, Instant.now()));
    }

    @Test
    void needsAnExpiryAndTheAlgorithmOfTheKey() {
        String claims = "{\"iss\":\"APIkey\",\"sha256\":\"" + checksum(BODY) + "\"";
        String expiry = ",\"exp\":" + (NOW.getEpochSecond() + 300) + "}";

        assertTrue(verifies(SECRET, signed("{\"alg\":\"HS256\"}", claims + expiry), BODY, NOW));
        assertFalse(verifies(SECRET, signed("{\"alg\":\"HS256\"}", claims + "}"), BODY, NOW));
        assertFalse(verifies(SECRET, signed("{\"alg\":\"HS256\"}", claims + ",\"exp\":\"9999999999\"}"), BODY, NOW));
        assertFalse(verifies(SECRET, signed("{\"alg\":\"HS384\"}", claims + expiry), BODY, NOW));
        assertFalse(verifies(SECRET, signed("{\"alg\":\"none\"}", claims + expiry), BODY, NOW));
        assertFalse(verifies(SECRET, signed("{}", claims + expiry), BODY, NOW));
        assertFalse(verifies(SECRET, null, BODY, NOW));
        String withBearer = "Bearer " + signed("{\"alg\":\"HS256\"}", claims + expiry);
        assertFalse(verifies(SECRET, withBearer, BODY, NOW));
        assertNull(LiveKitSignature.issuer(withBearer));
    }

    @Property(tries = 500)
    void noHeaderIsAnError(@ForAll String first, @ForAll String second, @ForAll String third) {
        for (String header : new String[] {first, first + "." + second, first + "." + second + "." + third}) {
            assertFalse(verifies(SECRET, header, BODY, NOW));
            LiveKitSignature.issuer(header);
        }
        String nested = encoded(first) + "." + encoded(second) + "." + encoded(third);
        assertFalse(verifies(SECRET, nested, BODY, NOW));
        assertNull(LiveKitSignature.issuer(nested));
    }

    private static boolean verifies(String secret, String authorization, String body, Instant now) {
        return LiveKitSignature.verifies(secret, authorization, body.getBytes(StandardCharsets.UTF_8), now);
    }

    private static String signed(String header, String claims) {
        return LiveKitJwt.signed(SECRET, header, claims);
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(String body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
