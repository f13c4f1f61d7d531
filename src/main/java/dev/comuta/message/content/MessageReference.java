package dev.comuta.message.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our id of a message, or of one part of a message that is sent in parts, as providers return it.
 *
 * @param part 1 for the first; null for a whole message
 */
public record MessageReference(long messageId, Integer part) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,4}))?");

    /** {@return the reference in a text of another system, or null when it is none} */
    public static MessageReference read(String text) {
        Matcher reference = TEXT.matcher(text == null ? "" : text);
        return reference.matches()
                ? new MessageReference(
                        Long.parseLong(reference.group(1)),
                        reference.group(2) == null ? null : Integer.valueOf(reference.group(2)))
                : null;
    }

    @Override
    public String toString() {
        return part == null ? Long.toString(messageId) : messageId + "-" + part;
    }
}
