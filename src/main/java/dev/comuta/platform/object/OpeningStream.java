package dev.comuta.platform.object;

import dev.comuta.platform.problem.TransientFailure;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * Decrypts a part of an object while it is read. Bytes of a segment are delivered only after the segment was
 * authenticated.
 */
final class OpeningStream implements ReadStream<Buffer> {

    private final ReadStream<Buffer> sealed;
    private final SegmentCipher cipher;
    private final SegmentRange range;
    private final byte[] pending = new byte[SegmentCipher.SEGMENT + SegmentCipher.TAG];

    private int filled;
    private long segment;
    private boolean ended;
    private boolean closed;
    private Handler<Buffer> parts = part -> {};
    private Handler<Throwable> failures = failure -> {};
    private Handler<Void> end = nothing -> {};

    /** @param sealed the segments of the range, without the header; paused */
    OpeningStream(ReadStream<Buffer> sealed, SegmentCipher cipher, SegmentRange range) {
        this.sealed = sealed;
        this.cipher = cipher;
        this.range = range;
        this.segment = range.firstSegment();
        sealed.exceptionHandler(failure -> fail(new TransientFailure("the object cannot be read", failure)))
                .endHandler(nothing -> finish())
                .handler(this::read);
    }

    private void read(Buffer part) {
        int at = 0;
        while (at < part.length() && !ended) {
            int wanted = range.sealedLength(segment) - filled;
            int taken = Math.min(wanted, part.length() - at);
            part.getBytes(at, at + taken, pending, filled);
            filled += taken;
            at += taken;
            if (taken == wanted) {
                open();
            }
        }
    }

    private void open() {
        byte[] plain;
        try {
            plain = cipher.open(segment, range.isLastOfObject(segment), pending, filled);
        } catch (ObjectChanged changed) {
            fail(changed);
            return;
        }
        int from = range.from(segment);
        int to = range.to(segment);
        filled = 0;
        segment++;
        if (to > from) {
            parts.handle(Buffer.buffer(to - from).appendBytes(plain, from, to - from));
        }
    }

    private void finish() {
        if (segment <= range.lastSegment()) {
            fail(new ObjectChanged("the object ends too early", null));
        } else if (!ended) {
            ended = true;
            end.handle(null);
        }
    }

    /** Ends the stream, with a failure when it was not read to its end. The sealed stream is then left alone. */
    void close() {
        closed = true;
        fail(new TransientFailure("the object was closed before its end"));
    }

    private void fail(Throwable failure) {
        if (!ended) {
            ended = true;
            failures.handle(failure);
        }
    }

    @Override
    public OpeningStream exceptionHandler(Handler<Throwable> handler) {
        failures = handler == null ? failure -> {} : handler;
        return this;
    }

    @Override
    public OpeningStream handler(Handler<Buffer> handler) {
        parts = handler == null ? part -> {} : handler;
        return this;
    }

    @Override
    public OpeningStream endHandler(Handler<Void> handler) {
        end = handler == null ? nothing -> {} : handler;
        return this;
    }

    @Override
    public OpeningStream pause() {
        if (!closed) {
            sealed.pause();
        }
        return this;
    }

    @Override
    public OpeningStream resume() {
        if (!closed) {
            sealed.resume();
        }
        return this;
    }

    @Override
    public OpeningStream fetch(long amount) {
        if (!closed) {
            sealed.fetch(amount);
        }
        return this;
    }
}
