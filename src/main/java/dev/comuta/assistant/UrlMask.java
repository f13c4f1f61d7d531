package dev.comuta.assistant;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Removes what may be a secret from a URL with placeholders: the user before the host, and in its path parameters, its
 * query and its fragment every text that is neither the name of a parameter nor a placeholder.
 */
final class UrlMask {

    private static final String MASK = ToolConfiguration.MASK;

    private static final Pattern USER = Pattern.compile("^([^/?#]*//)[^/?#@]*@");

    /** A path parameter after its semicolon, or a part of the query or of the fragment after its delimiter. */
    private static final Pattern PART = Pattern.compile("(?<=;)[^;/?#]*|(?<=[?&#])[^&#]*");

    /** The name of a parameter with a value. A part without a value may be a token with padding. */
    private static final Pattern NAME = Pattern.compile("[^={}]+=(?=[^=])");

    /** A placeholder, or the text up to the next one. */
    private static final Pattern PIECE = Pattern.compile("(\\{[^{}]*})|(?:(?!\\{[^{}]*}).)+", Pattern.DOTALL);

    private UrlMask() {}

    static String of(String url) {
        int parameters = start(url);
        String path = USER.matcher(url.substring(0, parameters)).replaceFirst("$1" + MASK + "@");
        return path + PART.matcher(url.substring(parameters)).replaceAll(part -> masked(part.group()));
    }

    private static int start(String url) {
        int start = 0;
        while (start < url.length() && ";?#".indexOf(url.charAt(start)) < 0) {
            start++;
        }
        return start;
    }

    private static String masked(String part) {
        Matcher name = NAME.matcher(part);
        int valueAt = name.lookingAt() ? name.end() : 0;
        String value = PIECE.matcher(part.substring(valueAt))
                .replaceAll(piece -> piece.group(1) == null ? MASK : Matcher.quoteReplacement(piece.group()));
        return Matcher.quoteReplacement(part.substring(0, valueAt) + value);
    }
}
