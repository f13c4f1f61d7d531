package dev.comuta.platform.object;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The bytes of an object, or of a part of it.
 *
 * @param stream paused; it belongs to the Vert.x context that opened it. After a pause at most one part may follow
 * @param release closes the connection or the file; may be called more than once, and before the end
 */
public record ObjectBody(ReadStream<Buffer> stream, Runnable release) {

    /** A body whose release has one effect, also when it is called more than once. */
    public ObjectBody {
        release = once(release);
    }

    private static Runnable once(Runnable release) {
        AtomicBoolean released = new AtomicBoolean();
        return () -> {
            if (released.compareAndSet(false, true)) {
                release.run();
            }
        };
    }

    /** The bytes of a file from its read position. The file is closed by the release; a running read delivers nothing more. */
    static ObjectBody of(AsyncFile file) {
        return new ObjectBody(file.pause(), () -> file.pause().close().otherwiseEmpty());
    }

    /**
     * Sends the bytes to a target, which is not ended, and releases the body.
     *
     * @return fails when the object cannot be read whole, or the target cannot be written
     */
    public Uni<Void> to(WriteStream<Buffer> target) {
        return Uni.createFrom()
                .completionStage(() -> stream.pipe()
                        .endOnComplete(false)
                        .endOnFailure(false)
                        .to(target)
                        .toCompletionStage())
                .onTermination()
                .invoke(release);
    }
}
