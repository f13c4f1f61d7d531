package dev.comuta.media;

import dev.comuta.platform.boot.PublicUrlConfig;
import dev.comuta.platform.secret.ConstantTime;
import dev.comuta.platform.secret.Secrets;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Signs and checks links to files. A link names the file, its client and its end, and holds for nothing else. */
@ApplicationScoped
class MediaLinks {

    static final String PATH = "/media/";

    /** The time for a provider, which reads a file when it sends the message. */
    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final String PURPOSE = "media link ";
    private static final int NAMED = 3 * Long.BYTES;
    private static final int SIGNATURE = 32;

    private final Secrets secrets;
    private final Clock clock;
    private final String address;
    private final Duration timeLimit;

    MediaLinks(Secrets secrets, Clock clock, PublicUrlConfig publicUrl, MediaConfig config) {
        this.secrets = secrets;
        this.clock = clock;
        this.address = publicUrl.publicUrl().toString().replaceFirst("/+$", "") + PATH;
        this.timeLimit = config.linkTimeLimit();
    }

    /** A file of a client. */
    record Target(long clientId, long mediaId) {}

    void check(@Observes StartupEvent start) {
        if (timeLimit.compareTo(LONGEST) > 0 || !timeLimit.isPositive()) {
            throw new ConfigurationException("comuta.media.link-time-limit must be at most 10 minutes");
        }
    }

    /** @param now the time from which the link is valid */
    MediaLinkView sign(Target target, Instant now) {
        return sign(target, now, timeLimit);
    }

    /** The same for another time, at most {@link #LONGEST}. */
    MediaLinkView sign(Target target, Instant now, Duration timeLimit) {
        Instant end = Instant.ofEpochSecond(now.getEpochSecond() + timeLimit.toSeconds());
        byte[] named = ByteBuffer.allocate(NAMED)
                .putLong(target.clientId())
                .putLong(target.mediaId())
                .putLong(end.getEpochSecond())
                .array();
        byte[] token = ByteBuffer.allocate(NAMED + SIGNATURE)
                .put(named)
                .put(signature(named))
                .array();
        return new MediaLinkView(
                address + Base64.getUrlEncoder().withoutPadding().encodeToString(token), end);
    }

    /** {@return the file that a link names, or empty when the link is forged or has ended} */
    Optional<Target> read(String token) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            if (bytes.remaining() != NAMED + SIGNATURE) {
                return Optional.empty();
            }
            byte[] named = new byte[NAMED];
            byte[] presented = new byte[SIGNATURE];
            bytes.get(named).get(presented);
            return ConstantTime.equal(signature(named), presented) ? valid(ByteBuffer.wrap(named)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private Optional<Target> valid(ByteBuffer named) {
        Target target = new Target(named.getLong(), named.getLong());
        return clock.instant().getEpochSecond() < named.getLong() ? Optional.of(target) : Optional.empty();
    }

    private byte[] signature(byte[] named) {
        return secrets.signature(PURPOSE + Base64.getEncoder().encodeToString(named));
    }
}
