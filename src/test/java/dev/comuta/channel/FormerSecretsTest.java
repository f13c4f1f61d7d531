package dev.comuta.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlap of a secret that a client replaced at its provider. */
class FormerSecretsTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Provider PROVIDER = Provider.of("Operadora", ChannelTypes.WHATSAPP)
            .with(Set.of("token"), Set.of("previousToken"))
            .withFormer("previousToken");

    @Test
    void aFormerSecretEndsAfterADayUnlessATimeIsGiven() {
        assertEquals(NOW.plus(DAY).toString(), end(null, former("a")));
        assertEquals("2026-02-01T00:00:00Z", end(null, former("a", "2026-02-01T01:00:00+01:00")));
    }

    @Test
    void anUnchangedFormerSecretKeepsItsEndAndAnotherOneGetsItsOwn() {
        Map<String, Object> stored = former("a", "2026-01-31T13:00:00Z");

        assertEquals("2026-01-31T13:00:00Z", end(stored, stored));
        assertEquals(NOW.plus(DAY).toString(), end(stored, former("b", "2026-01-31T13:00:00Z")));
        assertEquals("2026-01-31T14:00:00Z", end(stored, former("b", "2026-01-31T14:00:00Z")));
        assertNull(end(stored, Map.of("token", "t", FormerSecrets.UNTIL, "2026-01-31T13:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"amanhã", "2026-01-31", "3600", "2026-03-31T12:00:00Z"})
    void rejectsWhatIsNoTimeOrTooFarAway(String until) {
        assertEquals(
                "credentials.previousUntil",
                assertThrows(Problem.class, () -> end(null, former("a", until)))
                        .violations()
                        .getFirst()
                        .field());
    }

    @Test
    void isValidBeforeItsEndOnly() {
        JsonObject credentials = new JsonObject(former("a", "2026-01-31T12:00:01Z"));

        assertEquals("a", valid(credentials, NOW).getString("previousToken"));
        assertNull(valid(credentials, NOW.plusSeconds(1)).getString("previousToken"));
        assertEquals("t", valid(credentials, NOW.plusSeconds(1)).getString("token"));
        assertNull(valid(new JsonObject(former("a")), NOW).getString("previousToken"), "without an end");
    }

    private static JsonObject valid(JsonObject credentials, Instant now) {
        return FormerSecrets.valid(PROVIDER, credentials, now);
    }

    private static Object end(Map<String, Object> stored, Map<String, Object> next) {
        return FormerSecrets.withEnd(PROVIDER, stored, next, NOW).get(FormerSecrets.UNTIL);
    }

    private static Map<String, Object> former(String secret) {
        return Map.of("token", "t", "previousToken", secret);
    }

    private static Map<String, Object> former(String secret, String until) {
        return Map.of("token", "t", "previousToken", secret, FormerSecrets.UNTIL, until);
    }
}
