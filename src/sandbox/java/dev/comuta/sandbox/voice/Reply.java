package dev.comuta.sandbox.voice;

import java.time.Duration;

/**
 * What a person does when a call asks for something.
 *
 * @param text the digits or words; empty for others
 * @param length how long the person speaks after a beep; null for others
 */
record Reply(Kind kind, String text, Duration length) {

    enum Kind {
        DIGITS,
        SPEECH,
        SILENCE,
        MESSAGE,
        MESSAGE_AND_HANG_UP
    }

    static Reply digits(String digits) {
        return new Reply(Kind.DIGITS, digits, null);
    }

    static Reply speech(String words) {
        return new Reply(Kind.SPEECH, words, null);
    }
}
