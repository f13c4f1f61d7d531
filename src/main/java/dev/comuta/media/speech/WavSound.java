package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;

/**
 * How loud each tenth of a second of each channel is, and whether both channels have the same sound. It reads the frames of
 * a file in order and keeps none of them.
 */
public final class WavSound {

    /** Of a second. */
    static final int WINDOWS = 10;

    /** The loudest tenth of a second of speech is louder than this, even from a bad microphone: -55 dB of the full scale. */
    private static final double SOUND = 0.0018;

    /** A pause between words has less than this part of the usual loudness. */
    private static final double PAUSE = 0.1;

    private static final double EQUAL = 0.98;
    private static final double MOST_GAIN = 2;

    private final WavHeader header;
    private final WavFrames frames;
    private final float[][] loudness;
    private final double[] squares;
    private final double[] energy;
    private double product;
    private long heard;
    private int window;
    private int inWindow;

    public WavSound(WavHeader header) {
        this.header = header;
        this.frames = new WavFrames(header, this::hear);
        int windows = Math.toIntExact(header.frames() / windowFrames(header) + 1);
        this.loudness = new float[header.channels()][windows];
        this.squares = new double[header.channels()];
        this.energy = new double[header.channels()];
    }

    /** Frames in a tenth of a second. */
    static int windowFrames(WavHeader header) {
        return header.rate() / WINDOWS;
    }

    /** Reads the next bytes, which may end within a frame. */
    public void read(Buffer bytes) {
        frames.read(bytes);
    }

    private void hear(Buffer whole) {
        for (int at = 0; at < whole.length() && heard < header.frames(); at += header.frameBytes()) {
            heard++;
            double first = header.value(whole, at);
            add(0, first);
            if (header.channels() == 2) {
                double second = header.value(whole, at + header.bytes());
                add(1, second);
                product += first * second;
            }
            if (++inWindow == windowFrames(header)) {
                end();
            }
        }
    }

    private void add(int channel, double value) {
        squares[channel] += value * value;
        energy[channel] += value * value;
    }

    private void end() {
        for (int channel = 0; channel < squares.length; channel++) {
            loudness[channel][window] = (float) Math.sqrt(squares[channel] / inWindow);
            squares[channel] = 0;
        }
        window++;
        inWindow = 0;
    }

    /** Ends the last window, which may be shorter than the others. */
    public WavSound ended() {
        if (inWindow > 0) {
            end();
        }
        return this;
    }

    int windows() {
        return window;
    }

    /** Whether somebody may speak in a window. */
    boolean sounds(int channel, int at) {
        return loudness[channel][at] >= SOUND;
    }

    /** Below this, a window of a channel is a pause: the noise of a line is louder than silence. */
    double pauseLevel(int channel) {
        double sum = 0;
        int loud = 0;
        for (int at = 0; at < window; at++) {
            if (sounds(channel, at)) {
                sum += loudness[channel][at];
                loud++;
            }
        }
        return loud == 0 ? SOUND : Math.max(SOUND, PAUSE * sum / loud);
    }

    double loudness(int channel, int at) {
        return loudness[channel][at];
    }

    /** Whether two channels have the same sound, at about the same loudness. */
    public boolean isTwice() {
        if (header.channels() < 2 || energy[0] == 0 || energy[1] == 0) {
            return false;
        }
        double gain = Math.sqrt(energy[0] / energy[1]);
        boolean isEqual = product / Math.sqrt(energy[0] * energy[1]) >= EQUAL;
        return isEqual && gain <= MOST_GAIN && gain >= 1 / MOST_GAIN;
    }
}
