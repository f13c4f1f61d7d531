package dev.comuta.message.content;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the marks of WhatsApp for those of Markdown, in which language models write: bold, headings, links, lists. Code is
 * left as it is. The result is never longer.
 */
public final class WhatsAppMarks {

    /** Code blocks and code in a line; their text has no marks. */
    private static final Pattern CODE = Pattern.compile("```[\\s\\S]*?```|`[^`\\n]+`");

    private static final Pattern BLOCK_LANGUAGE = Pattern.compile("^```[A-Za-z0-9+#.-]+(?=\\n)");
    private static final Pattern HEADING = Pattern.compile("(?m)^ {0,3}#{1,6} +(.+?)(?: +#+)?$");
    private static final Pattern BULLET = Pattern.compile("(?m)^( *)[*+] +(?=\\S)");
    private static final Pattern LINK = Pattern.compile("\\[([^\\]\\n]+)\\]\\((https?://[^\\s)]+)\\)");
    private static final Pattern BOLD = Pattern.compile("(\\*\\*|__)(?=\\S)([^\\n]*?\\S)\\1");
    private static final Pattern STRUCK = Pattern.compile("~~(?=\\S)([^\\n]*?\\S)~~");

    private WhatsAppMarks() {}

    /** The text with WhatsApp's marks; null for null. */
    public static String of(String markdown) {
        if (markdown == null) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (var code = CODE.matcher(markdown); code.find(); end = code.end()) {
            text.append(marks(markdown.substring(end, code.start())));
            text.append(BLOCK_LANGUAGE.matcher(code.group()).replaceFirst("```"));
        }
        return text.append(marks(markdown.substring(end))).toString();
    }

    private static String marks(String text) {
        String bulleted = BULLET.matcher(text).replaceAll("$1- ");
        String bold = BOLD.matcher(bulleted).replaceAll("*$2*");
        String headed = HEADING.matcher(bold)
                .replaceAll(heading ->
                        "*" + Matcher.quoteReplacement(heading.group(1).replace("*", "")) + "*");
        String struck = STRUCK.matcher(headed).replaceAll("~$1~");
        return LINK.matcher(struck)
                .replaceAll(link -> Matcher.quoteReplacement(
                        link.group(1).equals(link.group(2)) ? link.group(2) : link.group(1) + ": " + link.group(2)));
    }
}
