package dev.comuta.platform.object;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * The bytes of an object, or of a part of it.
 *
 * @param stream paused; it belongs to the Vert.x context that opened it. After a pause at most one part may follow
 * @param release closes the connection or the file; may be called more than once, and before the end
 */
public record ObjectBody(ReadStream<Buffer> stream, Runnable release) {

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
