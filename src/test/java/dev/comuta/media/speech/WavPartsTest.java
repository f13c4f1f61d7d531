package dev.comuta.media.speech;

import static dev.comuta.media.speech.Wav.Tone.SILENCE;
import static dev.comuta.media.speech.Wav.Tone.SPEECH;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.comuta.media.speech.Wav.Tone;
import io.vertx.core.buffer.Buffer;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long recordings are cut. */
class WavPartsTest {

    private static final int RATE = 8_000;

    /** Of another pitch. */
    private static final Tone OTHER = seconds -> 0.3 * Math.sin(seconds * 2 * Math.PI * 470);

    private static WavHeader headerOf(Buffer file) {
        return WavHeader.of(file, file.length());
    }

    private static List<WavPart> parts(Buffer file, Integer mostSeconds) {
        WavHeader header = headerOf(file);
        WavSound sound = new WavSound(header);
        sound.read(file.slice((int) header.start(), file.length()));
        return WavParts.of(header, sound.ended(), mostSeconds);
    }

    private static AudioFile cut(Buffer file, WavPart part, int step) {
        WavPart.Samples samples = part.new Samples();
        long end = part.place() + part.length();
        for (long at = part.place(); at < end; at += step) {
            samples.read(file.slice((int) at, (int) Math.min(at + step, end)));
        }
        return samples.file();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 1_001, 1 << 20})
    void partHasTheExactSamplesOfItsChannel(int step) {
        Buffer file = Wav.file(RATE, 2, SPEECH.between(0.2, 1.1), OTHER.between(0.9, 2));
        Buffer second = Wav.file(RATE, 2, OTHER.between(0.9, 2));

        WavPart part = parts(file, null).get(1);
        AudioFile cut = cut(file, part, step);

        WavHeader header = headerOf(cut.bytes());
        assertEquals(new WavHeader(1, 2, RATE, 44, part.to() - part.from()), header);
        assertEquals(part.size(), cut.bytes().length());
        assertArrayEquals(
                second.getBytes(44 + 2 * (int) part.from(), 44 + 2 * (int) part.to()),
                cut.bytes().getBytes(44, cut.bytes().length()));
    }

    @Test
    void samplesOfEightBitsStayAsTheyAre() {
        Buffer file = Wav.header(2, 8, RATE, 2 * RATE);
        for (int frame = 0; frame < RATE; frame++) {
            file.appendUnsignedByte((short) (frame % 200)).appendUnsignedByte((short) 128);
        }

        List<WavPart> parts = parts(file, null);

        assertEquals(1, parts.size());
        AudioFile cut = cut(file, parts.getFirst(), 777);
        assertEquals(new WavHeader(1, 1, RATE, 44, RATE), headerOf(cut.bytes()));
        assertEquals(1, cut.seconds());
        for (int frame = 0; frame < RATE; frame++) {
            assertEquals(frame % 200, cut.bytes().getUnsignedByte(44 + frame));
        }
    }

    @Test
    void eachChannelIsPartsWithoutTheSilenceAtTheirEdges() {
        Buffer file = Wav.file(RATE, 10, SPEECH.between(2, 4), OTHER.between(5, 9));

        List<WavPart> parts = parts(file, null);

        assertEquals(List.of(0, 1), parts.stream().map(WavPart::channel).toList());
        assertEquals(1.7, parts.get(0).start(), 0.01);
        assertEquals(4.3, parts.get(0).end(), 0.01);
        assertEquals(4.7, parts.get(1).start(), 0.01);
        assertEquals(9.3, parts.get(1).end(), 0.01);
    }

    @Test
    void silenceHasNoParts() {
        assertEquals(List.of(), parts(Wav.file(RATE, 5, SILENCE, SILENCE), null));
        assertEquals(
                List.of(1),
                parts(Wav.file(RATE, 5, SILENCE, SPEECH), null).stream()
                        .map(WavPart::channel)
                        .toList());
    }

    /** The limit of the model is 30 seconds, of which 10 remain free. */
    @Test
    void longSoundIsCutInTheLastPause() {
        Tone speech = SPEECH.between(0, 12).and(SPEECH.between(13, 17)).and(SPEECH.between(18, 36));

        List<WavPart> parts = parts(Wav.file(RATE, 36, speech), 30);

        assertEquals(2, parts.size());
        assertTrue(parts.get(0).end() >= 17 && parts.get(0).end() <= 18);
        assertTrue(parts.get(1).start() >= parts.get(0).end() && parts.get(1).start() <= 18);
        assertEquals(36, parts.get(1).end());
        assertFalse(parts.get(1).overlaps());
    }

    /** The line is louder than silence, but the pause is still found. */
    @Test
    void pauseIsFoundInANoisyLine() {
        Tone noise = seconds -> 0.01 * Math.sin(seconds * 900);
        Tone speech = SPEECH.between(0, 15).and(SPEECH.between(16, 34)).and(noise);

        List<WavPart> parts = parts(Wav.file(RATE, 34, speech), 30);

        assertEquals(2, parts.size());
        assertEquals(15.5, parts.get(0).end(), 0.5);
        assertFalse(parts.get(1).overlaps());
    }

    @Test
    void soundWithoutAPauseIsCutWithAnOverlap() {
        List<WavPart> parts = parts(Wav.file(RATE, 45, SPEECH), 30);

        assertEquals(3, parts.size());
        assertEquals(
                List.of(0.0, 17.0, 34.0), parts.stream().map(WavPart::start).toList());
        assertEquals(List.of(20.0, 37.0, 45.0), parts.stream().map(WavPart::end).toList());
        assertEquals(List.of(0, 1, 2), parts.stream().map(WavPart::number).toList());
        assertEquals(
                List.of(false, true, true),
                parts.stream().map(WavPart::overlaps).toList());
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "2, 31", "7, 60"})
    void everyLimitEnds(int mostSeconds, int seconds) {
        List<WavPart> parts = parts(Wav.file(RATE, seconds, SPEECH), mostSeconds);

        assertEquals(seconds, parts.getLast().end());
        for (int i = 1; i < parts.size(); i++) {
            assertTrue(parts.get(i).start() <= parts.get(i - 1).end());
        }
        parts.forEach(part -> assertTrue(part.end() - part.start() <= mostSeconds));
    }

    @Test
    void sameSoundInBothChannelsIsOneChannel() {
        Tone quieter = seconds -> 0.8 * SPEECH.at(seconds);

        assertEquals(1, parts(Wav.file(RATE, 3, SPEECH, quieter), null).size());
        assertEquals(2, parts(Wav.file(RATE, 3, SPEECH, OTHER), null).size());
    }

    /** The other side of the line hears the speaker faintly. */
    @Test
    void echoIsNotTheSameSound() {
        Tone echo = seconds -> 0.05 * SPEECH.at(seconds);

        assertFalse(sound(Wav.file(RATE, 3, SPEECH, echo)).isTwice());
        assertTrue(sound(Wav.file(RATE, 3, SPEECH, SPEECH)).isTwice());
    }

    private static WavSound sound(Buffer file) {
        WavHeader header = headerOf(file);
        WavSound sound = new WavSound(header);
        sound.read(file.slice((int) header.start(), file.length()));
        return sound.ended();
    }

    /** 40 minutes of two channels are 77 MB. */
    @Test
    void longRecordingIsReadInLittleMemory() {
        int minutes = 40;
        Buffer second = Wav.frames(RATE, 1, SPEECH, OTHER);
        long size = minutes * 60L * second.length();
        WavHeader header = WavHeader.of(Wav.header(2, 16, RATE, size), 44 + size);
        assertNotNull(header);
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        WavSound sound = new WavSound(header);
        sound.read(second);
        long before = memory.getCurrentThreadAllocatedBytes();

        for (int i = 1; i < minutes * 60; i++) {
            sound.read(second);
        }
        long used = memory.getCurrentThreadAllocatedBytes() - before;
        List<WavPart> parts = WavParts.of(header, sound.ended(), 1_400);

        assertTrue(used < 4 << 20, () -> "it allocated " + used + " bytes");
        assertEquals(4, parts.size());
        assertTrue(parts.stream().allMatch(part -> part.size() < SpeechLimits.MOST_BYTES));
    }

    /** A file of 26 MB: each part is within 24 MB, whatever the model. */
    @Test
    void partIsAtMostTwentyFourMegabytes() {
        int rate = 48_000;
        Buffer second = Wav.frames(rate, 1, SPEECH);
        long seconds = (26L << 20) / second.length() + 1;
        WavHeader header =
                WavHeader.of(Wav.header(1, 16, rate, seconds * second.length()), 44 + seconds * second.length());
        WavSound sound = new WavSound(header);
        for (int i = 0; i < seconds; i++) {
            sound.read(second);
        }

        List<WavPart> parts = WavParts.of(header, sound.ended(), null);

        assertEquals(2, parts.size());
        assertTrue(parts.stream().allMatch(part -> part.size() <= SpeechLimits.MOST_BYTES));
        assertEquals((double) seconds, parts.getLast().end());
    }
}
