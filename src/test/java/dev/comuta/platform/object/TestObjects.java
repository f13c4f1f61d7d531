package dev.comuta.platform.object;

import dev.comuta.platform.secret.TestSecrets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

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

    /** Objects in a directory; something happens before each is written. */
    public static SealedObjects before(Vertx vertx, Path directory, Runnable put) {
        ObjectStore store = new DirectoryStore(vertx, directory);
        return in(vertx, directory, 0, new ObjectStore() {
            @Override
            public Uni<Void> put(String key, Path file, long length, String sha256) {
                return Uni.createFrom()
                        .completionStage(() -> CompletableFuture.runAsync(put))
                        .chain(() -> store.put(key, file, length, sha256));
            }

            @Override
            public Uni<ObjectBody> get(String key, long offset, long length) {
                return store.get(key, offset, length);
            }

            @Override
            public Uni<Long> head(String key) {
                return store.head(key);
            }

            @Override
            public Uni<Void> delete(String key) {
                return store.delete(key);
            }
        });
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
