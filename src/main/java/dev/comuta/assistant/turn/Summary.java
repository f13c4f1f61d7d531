package dev.comuta.assistant.turn;

import dev.comuta.assistant.turn.Conversation.Choice;
import dev.comuta.platform.http.StorableText;
import java.util.regex.Pattern;

/**
 * The summary of a conversation.
 *
 * @param text at most {@link #LONGEST} characters, without control characters besides line breaks; null when there is none
 * @param outcome one of the conversation's choices; null when none applies
 * @param tokens that the model used; 0 when none were counted
 */
public record Summary(String text, String outcome, long tokens) {

    /** Most characters of a summary that an engine writes. */
    public static final int LONGEST = 2_000;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n]]");

    /**
     * What an engine answered, within these bounds. An outcome that is no choice of the conversation is none.
     *
     * @param text may be null
     * @param outcome may be null; the case of its letters does not count
     */
    public static Summary of(Conversation conversation, String text, String outcome, long tokens) {
        return new Summary(bounded(text), chosen(conversation, outcome), tokens);
    }

    private static String bounded(String text) {
        if (text == null) {
            return null;
        }
        String plain =
                CONTROL.matcher(text.replace("\r\n", "\n")).replaceAll("").strip();
        if (plain.isEmpty()) {
            return null;
        }
        return plain.length() <= LONGEST ? plain : StorableText.cut(plain, LONGEST - 1) + "…";
    }

    private static String chosen(Conversation conversation, String outcome) {
        return outcome == null
                ? null
                : conversation.choices().stream()
                        .map(Choice::name)
                        .filter(name -> name.equalsIgnoreCase(outcome.strip()))
                        .findFirst()
                        .orElse(null);
    }
}
