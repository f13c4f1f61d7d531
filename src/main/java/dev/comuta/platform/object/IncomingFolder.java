package dev.comuta.platform.object;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The folder of files that arrive. Its file system is that of the objects, so that a file becomes an object by a move. */
@ApplicationScoped
class IncomingFolder {

    private static final String UNUSABLE = "the directory of incoming files cannot be used";
    private static final Logger LOG = Logger.getLogger(IncomingFolder.class);
    private static final Duration LONGEST_ARRIVAL = Duration.ofHours(6);
    private static final int READ_AT_ONCE = SegmentCipher.SEGMENT + SegmentCipher.TAG;

    private final Vertx vertx;
    private final Clock clock;
    private final Path folder;
    private final long minimumFree;

    IncomingFolder(Vertx vertx, ObjectsConfig config, Clock clock, MeterRegistry metrics) {
        this.vertx = vertx;
        this.clock = clock;
        this.folder = config.directory().toAbsolutePath().resolve("incoming");
        this.minimumFree = config.minimumFree().asLongValue();
        metrics.gauge("comuta.objects.free.bytes", this, IncomingFolder::free);
    }

    /** The free space of the file system, in bytes; 0 when it cannot be read. */
    long free() {
        for (Path place = folder; place != null; place = place.getParent()) {
            if (Files.exists(place)) {
                return place.toFile().getUsableSpace();
            }
        }
        return 0;
    }

    boolean isFull() {
        return free() < minimumFree;
    }

    Uni<IncomingFile> create(long limit) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(this::newFile, false)
                        .compose(path -> vertx.fileSystem()
                                .open(path.toString(), new OpenOptions().setCreate(false))
                                .map(file -> new IncomingFile(path, file, limit)))
                        .toCompletionStage())
                .onFailure()
                .transform(cause -> StorageFull.or(cause, UNUSABLE));
    }

    private Path newFile() throws IOException {
        if (isFull()) {
            throw new StorageFull(null);
        }
        Files.createDirectories(folder);
        return Files.createTempFile(
                folder,
                "file",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    Uni<ObjectBody> open(IncomingFile file, long offset) {
        return Uni.createFrom().completionStage(() -> vertx.fileSystem()
                .open(file.path().toString(), new OpenOptions().setWrite(false).setCreate(false))
                .map(opened -> body(opened, offset))
                .toCompletionStage());
    }

    private static ObjectBody body(AsyncFile file, long offset) {
        return ObjectBody.of(file.pause().setReadPos(offset).setReadBufferSize(READ_AT_ONCE));
    }

    Uni<Void> delete(IncomingFile file) {
        return Uni.createFrom()
                .completionStage(() -> file.close()
                        .otherwiseEmpty()
                        .compose(closed -> vertx.executeBlocking(() -> Files.deleteIfExists(file.path()), false))
                        .toCompletionStage())
                .onFailure()
                .recoverWithItem(false)
                .replaceWithVoid();
    }

    /** Deletes the files that a process left behind when it ended. */
    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> sweep() {
        return Uni.createFrom()
                .completionStage(
                        () -> vertx.executeBlocking(this::deleteOld, false).toCompletionStage())
                .onFailure()
                .invoke(failure -> LOG.warnf("old incoming files were not deleted: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Void deleteOld() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            for (Path file : all) {
                deleteIfOld(file);
            }
        } catch (NoSuchFileException noneArrived) {
            // the folder is made for the first file
        }
        return null;
    }

    private void deleteIfOld(Path file) throws IOException {
        try {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            if (Duration.between(changed, clock.instant()).compareTo(LONGEST_ARRIVAL) > 0) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException stored) {
            // it became an object meanwhile
        }
    }
}
