package dev.comuta.call;

import dev.comuta.call.answer.Verb;
import java.util.List;

/** A change of a call that goes on. A repeated command has no second effect. */
public sealed interface CallCommand {

    /** Ends the call. An ended call is a success. */
    record HangUp() implements CallCommand {}

    /** The end user hears music, and nobody hears the end user; or no longer. */
    record Hold(boolean on) implements CallCommand {}

    /** The company's side is not heard; or is heard again. */
    record Mute(boolean on) implements CallCommand {}

    /** Sends tones to the end user's side: digits, {@code *}, {@code #}, and {@code w} for half a second of silence. */
    record SendDigits(String digits) implements CallCommand {}

    /** Starts, pauses, resumes or stops the recording. */
    record ChangeRecording(RecordingChange change) implements CallCommand {}

    /** The end user's side goes on with these steps; the others leave the call. */
    record Follow(List<Verb> steps) implements CallCommand {}

    /** Changes of a recording. */
    enum RecordingChange {
        START,
        PAUSE,
        RESUME,
        STOP
    }
}
