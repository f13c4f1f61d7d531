package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Gives whole frames to a reader, wherever a stream is cut. It keeps less than one frame. */
final class WavFrames {

    private final int frameBytes;
    private final Consumer<Buffer> reader;
    private Buffer rest = Buffer.buffer();

    WavFrames(WavHeader header, Consumer<Buffer> reader) {
        this.frameBytes = header.frameBytes();
        this.reader = reader;
    }

    void read(Buffer bytes) {
        Buffer all =
                rest.length() == 0 ? bytes : Buffer.buffer().appendBuffer(rest).appendBuffer(bytes);
        int whole = all.length() / frameBytes * frameBytes;
        if (whole > 0) {
            reader.accept(all.slice(0, whole));
        }
        rest = all.getBuffer(whole, all.length());
    }
}
