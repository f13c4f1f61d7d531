package dev.comuta.media.speech;

import dev.comuta.platform.problem.PermanentFailure;
import java.util.Locale;

/**
 * Limits of models, which their API does not report: 25 MB for every model, and 1,400 seconds for those of the family
 * gpt-4o. A request beyond them would be paid for and fail.
 */
public final class SpeechLimits {

    /** Most bytes of a file: one megabyte remains for the other fields of the request. */
    public static final int MOST_BYTES = 24 << 20;

    private static final String SHORT_FAMILY = "gpt-4o";
    private static final int SHORT_FAMILY_SECONDS = 1_400;

    private SpeechLimits() {}

    /**
     * Fails permanently when the file is beyond the limits of the model.
     *
     * @param ownSeconds the limit that the client knows of its model; null for the model's own
     */
    public static void require(AudioFile file, String model, Integer ownSeconds) {
        if (file.bytes().length() > MOST_BYTES) {
            throw new PermanentFailure("the audio is larger than 24 MB, the limit of transcription");
        }
        Integer most = ownSeconds == null ? ofModel(model) : ownSeconds;
        if (most != null && file.seconds() != null && file.seconds() > most) {
            throw new PermanentFailure("the audio is longer than " + most + " seconds, the limit of the model");
        }
    }

    private static Integer ofModel(String model) {
        return model.toLowerCase(Locale.ROOT).startsWith(SHORT_FAMILY) ? SHORT_FAMILY_SECONDS : null;
    }
}
