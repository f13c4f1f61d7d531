package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The packets of the first stream of an Ogg file with Opus, without its two headers (RFC 7845). */
final class OpusPackets implements Iterator<Buffer> {

    private static final int OPUS_HEAD = 19;
    private static final int HEADERS = 2;
    private static final int CONTINUES = 255;

    private OggPage page;
    private int segment;
    private int place;
    private Buffer next;

    private OpusPackets(OggPage first) {
        this.page = first;
        this.place = first.body();
        for (int i = 0; i <= HEADERS; i++) {
            next = read();
        }
    }

    /** {@return the packets of a file; null when it has no Opus} */
    static OpusPackets of(Buffer file) {
        OggPage first = OggPage.at(file, 0);
        return first == null || !first.holds("OpusHead", OPUS_HEAD) ? null : new OpusPackets(first);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Buffer next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        Buffer packet = next;
        next = read();
        return packet;
    }

    /** A packet is a number of segments of 255 bytes and a shorter one, of one page or of several. */
    private Buffer read() {
        Buffer packet = Buffer.buffer();
        int length = CONTINUES;
        while (length == CONTINUES && hasSegment()) {
            length = page.segment(segment++);
            packet.appendBuffer(page.file().slice(place, place + length));
            place += length;
        }
        return length == CONTINUES ? null : packet;
    }

    private boolean hasSegment() {
        while (page != null && segment == page.segments()) {
            OggPage following = page.next();
            page = following == null || following.begins() ? null : following;
            segment = 0;
            place = page == null ? 0 : page.body();
        }
        return page != null && place + page.segment(segment) <= page.file().length();
    }
}
