package dev.comuta.media.speech;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Formats of audio that transcription accepts, recognized by their bytes. Models decide by the name of the file: the
 * same bytes are rejected under {@code voice.opus} and accepted under {@code voice.ogg}.
 */
public enum AudioFormat {
    OGG("voice.ogg", "audio/ogg", "OggS", 0, ""),
    WAV("voice.wav", "audio/wav", "RIFF", 8, "WAVE"),
    FLAC("voice.flac", "audio/flac", "fLaC", 0, ""),
    WEBM("voice.webm", "audio/webm", "\u001aE\u00df\u00a3", 0, ""),
    M4A("voice.m4a", "audio/mp4", "", 4, "ftyp"),
    MP3_TAGGED("voice.mp3", "audio/mpeg", "ID3", 0, ""),
    MP3("voice.mp3", "audio/mpeg", "\u00ff\u00fb", 0, ""),
    MP3_CHECKED("voice.mp3", "audio/mpeg", "\u00ff\u00fa", 0, ""),
    MP3_MPEG2("voice.mp3", "audio/mpeg", "\u00ff\u00f3", 0, "");

    /** 3GP has the bytes of an MP4 file, and its speech is AMR, which no model accepts. */
    private static final String MOBILE = "3g";

    private static final int BRAND = 8;

    private final String fileName;
    private final String contentType;

    /** The expected bytes, each as a character below 256. */
    private final String first;

    private final int offset;
    private final String second;

    AudioFormat(String fileName, String contentType, String first, int offset, String second) {
        this.fileName = fileName;
        this.contentType = contentType;
        this.first = first;
        this.offset = offset;
        this.second = second;
    }

    /** {@return the format of a file; empty for one that is not accepted, such as AMR, AAC without a container and 3GP} */
    public static Optional<AudioFormat> of(Buffer file) {
        return Arrays.stream(values())
                .filter(format -> matches(file, 0, format.first) && matches(file, format.offset, format.second))
                .filter(format -> format != M4A || !matches(file, BRAND, MOBILE))
                .findFirst();
    }

    private static boolean matches(Buffer file, int offset, String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (offset + i >= file.length() || file.getUnsignedByte(offset + i) != bytes.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The name under which a model recognizes the file. */
    public String fileName() {
        return fileName;
    }

    public String contentType() {
        return contentType;
    }
}
