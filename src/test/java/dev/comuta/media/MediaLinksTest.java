package dev.comuta.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.media.MediaLinks.Target;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.secret.TestSecrets;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MediaLinksTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Target TARGET = new Target(7, 4711);

    private static MediaLinks links(Instant now, String timeLimit) {
        return new MediaLinks(
                TestSecrets.secrets(),
                Clock.fixed(now, ZoneOffset.UTC),
                () -> URI.create("https://comuta.example/api/"),
                TestTransactions.config(MediaConfig.class, Map.of("comuta.media.link-time-limit", timeLimit)));
    }

    private static String token() {
        String url = links(NOW, "10m").sign(TARGET, NOW).url();
        assertTrue(url.startsWith("https://comuta.example/api/media/"), url);
        return url.substring(url.lastIndexOf('/') + 1);
    }

    private static Optional<Target> readAfter(Duration time, String token) {
        return links(NOW.plus(time), "10m").read(token);
    }

    @Test
    void namesItsFileUntilItsEnd() {
        assertEquals(Optional.of(TARGET), readAfter(Duration.ZERO, token()));
        assertEquals(Optional.of(TARGET), readAfter(Duration.ofSeconds(599), token()));
        assertEquals(Optional.empty(), readAfter(Duration.ofMinutes(10), token()));
    }

    @Test
    void tellsItsEnd() {
        assertEquals(NOW.plusSeconds(60), links(NOW, "1m").sign(TARGET, NOW).expiresAt());
    }

    @Property
    void changedLinkIsRejected(@ForAll @IntRange(max = 56 * 8 - 1) int bit) {
        byte[] bytes = Base64.getUrlDecoder().decode(token());
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        String changed = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        assertEquals(Optional.empty(), readAfter(Duration.ZERO, changed));
    }

    @Property
    void otherTextIsRejected(@ForAll String text) {
        assertEquals(Optional.empty(), readAfter(Duration.ZERO, text));
    }

    @Test
    void noLinkLastsLongerThanTenMinutes() {
        assertThrows(ConfigurationException.class, () -> links(NOW, "11m").check(null));
        assertThrows(ConfigurationException.class, () -> links(NOW, "0s").check(null));
        links(NOW, "10m").check(null);
    }
}
