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
 * Addresses and keys of a running {@code make run}, for scripts: target/run.json.
 *
 * @param managementUrl of probes and metrics
 * @param dbUrl for psql, as the owner role, which sets {@code comuta_platform} when it connects
 * @param appDbUrl for psql, as the server's role of work in one tenant
 * @param channels by whatsapp, voice and livekit
 * @param twilio the simulated account of the Twilio channel
 * @param livekit the project of the LiveKit channel
 * @param pids process ids of server and sandbox
 * @param logs log files of server and sandbox
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record RunFile(
        URI serverUrl,
        URI managementUrl,
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
        RunFile.LiveKit livekit,
        Map<String, Long> pids,
        Map<String, String> logs) {

    private static final Path FILE = Path.of("target", "run.json");

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Channel(long channelId, String identifier, String webhookSecret) {

        static Channel of(Registration.Channel channel) {
            return new Channel(channel.channelId(), channel.identifier(), channel.webhookSecret());
        }
    }

    /** Values with which a script posts as Meta's app. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Meta(String verifyToken, String appSecret, String phoneNumberId) {}

    /** Values with which a script posts as Twilio. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Twilio(String accountSid, String authToken, String number) {

        static Twilio of(Registration.Twilio twilio) {
            return new Twilio(twilio.accountSid(), twilio.authToken(), twilio.number());
        }
    }

    /** Values with which a script posts as LiveKit, or joins a room. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record LiveKit(String apiKey, String apiSecret, String trunkId, String number) {

        static LiveKit of(Registration.LiveKit project) {
            return new LiveKit(project.apiKey(), project.apiSecret(), project.trunkId(), project.number());
        }
    }

    /** The file of a server that is ready now; empty when there is none. */
    static Optional<RunFile> live() {
        if (!Files.exists(FILE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(Files.readString(FILE), RunFile.class))
                    .filter(run -> ServerProcess.isReady(run.managementUrl));
        } catch (IOException | Json.Malformed e) {
            return Optional.empty();
        }
    }

    /** Writes the file atomically. It holds keys, so only this user may read it. */
    void write() {
        try {
            Path temporary = Files.createTempFile(FILE.getParent(), "run", ".json");
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-------"));
            Files.writeString(temporary, Json.write(this) + "\n");
            Files.move(temporary, FILE, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete() {
        try {
            Files.deleteIfExists(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
