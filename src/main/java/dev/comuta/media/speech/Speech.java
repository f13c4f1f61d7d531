package dev.comuta.media.speech;

import java.util.List;

/**
 * What was said in an audio file.
 *
 * @param text empty when nothing was said
 * @param segments parts of the text with their times, in order; empty when the model reports none
 * @param language two letters (ISO 639-1); null when not known
 * @param seconds length of the audio; null when not known
 */
public record Speech(String text, List<Segment> segments, String language, Double seconds) {

    /**
     * A part of the text.
     *
     * @param start seconds after the beginning of the file
     * @param speaker the model's name of the speaker; null when it distinguishes none
     */
    public record Segment(double start, double end, String text, String speaker) {}

    /** The same with another text, without times of its parts. */
    public Speech withText(String other) {
        return new Speech(other, List.of(), language, seconds);
    }

    /** The same with this length when the model reported none. */
    public Speech orSeconds(Double known) {
        return seconds == null ? new Speech(text, segments, language, known) : this;
    }

    /** The same with other parts, whose texts become the text. */
    public Speech withSegments(List<Segment> others) {
        return new Speech(joined(others), others, language, seconds);
    }

    private static String joined(List<Segment> parts) {
        return String.join(
                " ",
                parts.stream()
                        .map(Segment::text)
                        .map(String::strip)
                        .filter(words -> !words.isEmpty())
                        .toList());
    }
}
