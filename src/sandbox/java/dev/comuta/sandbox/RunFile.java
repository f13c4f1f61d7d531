package dev.comuta.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code make run} tells scripts, in target/run.json while it runs.
 *
 * @param dbUrl for psql, as the owner role, which takes on {@code comuta_platform} when it connects
 * @param appDbUrl for psql, as the server's role
 * @param channels by whatsapp and voice
 * @param twilio the simulated account of the channel over Twilio
 * @param pids process ids of server and sandbox
 * @param logs log files of server and sandbox
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RunFile(
        URI serverUrl,
        URI sandboxUrl,
        String dbUrl,
        String appDbUrl,
        String amqpUrl,
        String platformKey,
        long clientId,
        String clientKey,
        Map<String, RunFile.Channel> channels,
        RunFile.Meta meta,
        RunFile.Twilio twilio,
        Map<String, Long> pids,
        Map<String, String> logs) {

    private static final Path PLACE = Path.of("target", "run.json");

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Channel(long channelId, String identifier, String webhookSecret) {

        static Channel of(Registration.Channel channel) {
            return new Channel(channel.channelId(), channel.identifier(), channel.webhookSecret());
        }
    }

    /** What a script needs to post as Meta's app. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Meta(String verifyToken, String appSecret, String phoneNumberId) {}

    /** What a script needs to post as Twilio. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Twilio(String accountSid, String authToken, String number) {

        static Twilio of(Registration.Twilio twilio) {
            return new Twilio(twilio.accountSid(), twilio.authToken(), twilio.number());
        }
    }

    /** The file of a server that is ready now; empty when there is none. */
    static Optional<RunFile> live() {
        if (!Files.exists(PLACE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(Files.readString(PLACE), RunFile.class))
                    .filter(run -> ServerProcess.isReady(run.serverUrl));
        } catch (IOException | Json.Malformed e) {
            return Optional.empty();
        }
    }

    /** Writes the file at once or not at all; it holds keys, so that only this user may read it. */
    void write() {
        try {
            Path fresh = Files.createTempFile(PLACE.getParent(), "run", ".json");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(fresh, Json.write(this) + "\n");
            Files.move(fresh, PLACE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete() {
        try {
            Files.deleteIfExists(PLACE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
