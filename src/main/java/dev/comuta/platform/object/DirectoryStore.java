package dev.comuta.platform.object;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;

/** Objects as files of a directory. An object is complete and on the disk before it has its name. */
final class DirectoryStore implements ObjectStore {

    private static final String UNUSABLE = "the directory of the objects cannot be used";
    private static final int READ_AT_ONCE = SegmentCipher.SEGMENT + SegmentCipher.TAG;

    private final Vertx vertx;
    private final Path root;

    DirectoryStore(Vertx vertx, Path root) {
        this.vertx = vertx;
        this.root = root;
    }

    @Override
    public Uni<Void> put(String key, Path file, long length, String sha256) {
        return blocking(() -> {
            Path object = path(key);
            Files.createDirectories(object.getParent());
            force(file, StandardOpenOption.WRITE);
            Files.move(file, object, StandardCopyOption.ATOMIC_MOVE);
            force(object.getParent(), StandardOpenOption.READ);
            return null;
        });
    }

    private static void force(Path path, StandardOpenOption access) throws IOException {
        try (FileChannel channel = FileChannel.open(path, access)) {
            channel.force(true);
        }
    }

    @Override
    public Uni<ObjectBody> get(String key, long offset, long length) {
        return Uni.createFrom()
                .completionStage(() -> vertx.fileSystem()
                        .open(
                                path(key).toString(),
                                new OpenOptions().setWrite(false).setCreate(false))
                        .map(file -> body(file, offset, length))
                        .toCompletionStage())
                .onFailure()
                .transform(cause -> StorageFull.or(cause, UNUSABLE));
    }

    private static ObjectBody body(AsyncFile file, long offset, long length) {
        return ObjectBody.of(
                file.pause().setReadPos(offset).setReadLength(length).setReadBufferSize(READ_AT_ONCE));
    }

    @Override
    public Uni<Long> head(String key) {
        return blocking(() -> {
            try {
                return Files.size(path(key));
            } catch (NoSuchFileException absent) {
                return null;
            }
        });
    }

    @Override
    public Uni<Void> delete(String key) {
        return blocking(() -> {
            Files.deleteIfExists(path(key));
            return null;
        });
    }

    private Path path(String key) {
        return root.resolve(ObjectKey.path(key));
    }

    private <T> Uni<T> blocking(Callable<T> work) {
        return Uni.createFrom()
                .completionStage(() -> vertx.executeBlocking(work, false).toCompletionStage())
                .onFailure()
                .transform(cause -> StorageFull.or(cause, UNUSABLE));
    }
}
