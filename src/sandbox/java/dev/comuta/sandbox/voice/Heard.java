package dev.comuta.sandbox.voice;

import java.time.Instant;

/**
 * One thing that a phone heard or did in a call.
 *
 * @param kind say, relay, play, tones, beep, bridged, conference, hold, unhold, digits, speech, error or end
 * @param text the words, the address of the sound, or who is at the other end
 */
public record Heard(Instant at, String kind, String text) {

    @Override
    public String toString() {
        return kind + ": " + text;
    }
}
