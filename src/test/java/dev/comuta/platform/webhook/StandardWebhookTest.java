package dev.comuta.platform.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.platform.webhook.StandardWebhook.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StandardWebhookTest {

    private static final Instant NOW = Instant.ofEpochSecond(1614265330);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";

    @Test
    void signsTheExampleOfTheSpecification() {
        assertEquals(
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                StandardWebhook.sign(SECRET, ID, NOW.getEpochSecond(), BODY));
    }

    @Property
    void verifiesItsOwnSignature(@ForAll byte[] body, @ForAll @NotEmpty @AlphaChars String id) {
        String secret = StandardWebhook.newSecret();
        assertTrue(StandardWebhook.verifies(secret, signed(secret, id, body), body, NOW));
    }

    @Property
    void rejectsABodyWithOneBitChanged(
            @ForAll @Size(min = 1, max = 50) byte[] body, @ForAll @IntRange(max = 400) int bit) {
        Headers headers = signed(SECRET, ID, body);
        byte[] changed = body.clone();
        changed[bit / 8 % body.length] ^= (byte) (1 << bit % 8);
        assertFalse(StandardWebhook.verifies(SECRET, headers, changed, NOW));
    }

    @Test
    void acceptsOneOfSeveralSignatures() {
        Headers good = signed(SECRET, ID, BODY);
        Headers several = new Headers(ID, good.timestamp(), "v1a,xxxx v1,AAAA " + good.signature());
        assertTrue(StandardWebhook.verifies(SECRET, several, BODY, NOW));
    }

    @Test
    void rejectsOtherSecretsAndHeaders() {
        Headers good = signed(SECRET, ID, BODY);
        assertFalse(StandardWebhook.verifies(StandardWebhook.newSecret(), good, BODY, NOW));
        assertFalse(
                StandardWebhook.verifies(SECRET, new Headers("other", good.timestamp(), good.signature()), BODY, NOW));
        assertFalse(StandardWebhook.verifies(SECRET, new Headers(null, null, null), BODY, NOW));
        assertFalse(StandardWebhook.verifies(SECRET, new Headers(ID, "soon", good.signature()), BODY, NOW));
        assertFalse(StandardWebhook.verifies(SECRET, new Headers(ID, good.timestamp(), ""), BODY, NOW));
    }

    @Test
    void rejectsTimestampsOffByMoreThanFiveMinutes() {
        Headers headers = signed(SECRET, ID, BODY);
        assertTrue(StandardWebhook.verifies(SECRET, headers, BODY, NOW.plusSeconds(300)));
        assertFalse(StandardWebhook.verifies(SECRET, headers, BODY, NOW.plusSeconds(301)));
        assertFalse(StandardWebhook.verifies(SECRET, headers, BODY, NOW.minusSeconds(301)));
    }

    @Test
    void reportsMissingAndStaleHeaders() {
        Headers good = signed(SECRET, ID, BODY);
        assertNull(good.objection(NOW));
        assertTrue(new Headers(null, good.timestamp(), good.signature())
                .objection(NOW)
                .contains("webhook-id"));
        assertTrue(new Headers(ID, good.timestamp(), null).objection(NOW).contains("webhook-signature"));
        assertTrue(good.objection(NOW.plusSeconds(301)).contains("five minutes"));
        assertTrue(new Headers(ID, "soon", good.signature()).objection(NOW).contains("five minutes"));
    }

    @Test
    void writesTheHeadersThatItVerifies() {
        Map<String, String> headers = StandardWebhook.headers(SECRET, ID, NOW, BODY);
        Headers received = new Headers(
                headers.get(StandardWebhook.ID),
                headers.get(StandardWebhook.TIMESTAMP),
                headers.get(StandardWebhook.SIGNATURE));
        assertTrue(StandardWebhook.verifies(SECRET, received, BODY, NOW));
        assertEquals("application/json", headers.get("Content-Type"));
    }

    private static Headers signed(String secret, String id, byte[] body) {
        long timestamp = NOW.getEpochSecond();
        return new Headers(id, Long.toString(timestamp), StandardWebhook.sign(secret, id, timestamp, body));
    }
}
