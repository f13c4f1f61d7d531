package dev.comuta.platform.object;

import dev.comuta.platform.secret.TestSecrets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** Encrypted objects without a server, in a directory. */
public final class TestObjects {

    private TestObjects() {}

    /** Settings of a directory. */
    public record Settings(Path directory, long free) implements ObjectsConfig {

        @Override
        public Kind store() {
            return Kind.DIRECTORY;
        }

        @Override
        public MemorySize minimumFree() {
            return new MemorySize(BigInteger.valueOf(free));
        }

        @Override
        public S3 s3() {
            return null;
        }
    }

    /** Objects in a directory. */
    public static SealedObjects in(Vertx vertx, Path directory) {
        return in(vertx, directory, 0);
    }

    /** Objects in a directory, which must keep free space. */
    public static SealedObjects in(Vertx vertx, Path directory, long minimumFree) {
        return in(vertx, directory, minimumFree, new DirectoryStore(vertx, directory));
    }

    static SealedObjects in(Vertx vertx, Path directory, long minimumFree, ObjectStore store) {
        return new SealedObjects(store, folder(vertx, directory, minimumFree), TestSecrets.secrets());
    }

    static IncomingFolder folder(Vertx vertx, Path directory, long minimumFree) {
        return new IncomingFolder(
                vertx, new Settings(directory, minimumFree), Clock.systemUTC(), new SimpleMeterRegistry());
    }

    static S3Account account(URI endpoint, boolean pathStyle) {
        return new S3Account(endpoint, "us-east-1", "comuta-media", "id", "secret", pathStyle, Duration.ofSeconds(10));
    }
}
