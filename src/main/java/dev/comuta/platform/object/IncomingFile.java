package dev.comuta.platform.object;

import dev.comuta.platform.secret.Sha256;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.streams.WriteStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A file that arrives: it is encrypted while it is written, so that the disk never holds its text. Its size, checksum
 * and first bytes are known after {@link #end}.
 */
public final class IncomingFile implements WriteStream<Buffer> {

    /** Number of first bytes that are kept. */
    public static final int HEAD = 64;

    private static final int QUEUE = 4 * SegmentCipher.SEGMENT;

    private final Path path;
    private final AsyncFile file;
    private final SegmentCipher cipher = SegmentCipher.forNewObject();
    private final MessageDigest plainDigest = Sha256.start();
    private final MessageDigest sealedDigest = Sha256.start();
    private final byte[] pending = new byte[SegmentCipher.SEGMENT];
    private final Buffer head = Buffer.buffer(HEAD);
    private final long limit;

    private int filled;
    private long segment;
    private long size;
    private Throwable failure;
    private Future<Void> closed;
    private String plainSha256;
    private String sealedSha256;

    /** @param limit most bytes; more fail with a {@link FileTooLarge} */
    IncomingFile(Path path, AsyncFile file, long limit) {
        this.path = path;
        this.limit = limit;
        this.file = file.setWriteQueueMaxSize(QUEUE);
        write(cipher.header());
    }

    /** A file is larger than its limit. */
    public static final class FileTooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        FileTooLarge(long limit) {
            super("the file has more than " + limit + " bytes");
        }
    }

    /** The number of bytes. */
    public long size() {
        return size;
    }

    /** The checksum, in hexadecimal; null before the end. */
    public String sha256() {
        return plainSha256;
    }

    /** The first bytes, at most {@link #HEAD}. */
    public byte[] head() {
        return head.getBytes();
    }

    byte[] secret() {
        return cipher.secret();
    }

    Path path() {
        return path;
    }

    String sealedSha256() {
        return sealedSha256;
    }

    @Override
    public Future<Void> write(Buffer part) {
        if (failure == null && size + part.length() > limit) {
            failure = new FileTooLarge(limit);
        }
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        size += part.length();
        head.appendBuffer(part, 0, Math.min(part.length(), HEAD - head.length()));
        return seal(part);
    }

    /** A full segment waits for more bytes, because the last one is marked. */
    private Future<Void> seal(Buffer part) {
        Future<Void> written = Future.succeededFuture();
        int at = 0;
        while (at < part.length()) {
            if (filled == pending.length) {
                written = write(cipher.seal(segment++, false, pending, filled));
                filled = 0;
            }
            int taken = Math.min(pending.length - filled, part.length() - at);
            part.getBytes(at, at + taken, pending, filled);
            plainDigest.update(pending, filled, taken);
            filled += taken;
            at += taken;
        }
        return written;
    }

    private Future<Void> write(byte[] sealed) {
        sealedDigest.update(sealed);
        return file.write(Buffer.buffer(sealed)).recover(this::failed);
    }

    private Future<Void> failed(Throwable cause) {
        failure = StorageFull.orSame(cause);
        return Future.failedFuture(failure);
    }

    /** Writes the rest, and closes the file after its last write. */
    @Override
    public Future<Void> end() {
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        write(cipher.seal(segment, true, pending, filled));
        plainSha256 = HexFormat.of().formatHex(plainDigest.digest());
        sealedSha256 = HexFormat.of().formatHex(sealedDigest.digest());
        return close().compose(closed -> failure == null ? Future.succeededFuture() : Future.failedFuture(failure));
    }

    /** Closes the file after its last write; a second time does nothing. */
    Future<Void> close() {
        if (closed == null) {
            closed = file.close().recover(this::failed);
        }
        return closed;
    }

    @Override
    public void write(Buffer part, Handler<AsyncResult<Void>> handler) {
        write(part).onComplete(handler);
    }

    @Override
    public void end(Handler<AsyncResult<Void>> handler) {
        end().onComplete(handler == null ? Promise.<Void>promise() : handler);
    }

    @Override
    public IncomingFile exceptionHandler(Handler<Throwable> handler) {
        if (failure == null) {
            file.exceptionHandler(handler);
        }
        return this;
    }

    @Override
    public IncomingFile setWriteQueueMaxSize(int maxSize) {
        return this;
    }

    /** A file that has failed may be closed. */
    @Override
    public boolean writeQueueFull() {
        return failure == null && file.writeQueueFull();
    }

    @Override
    public IncomingFile drainHandler(Handler<Void> handler) {
        if (failure == null) {
            file.drainHandler(handler);
        }
        return this;
    }
}
