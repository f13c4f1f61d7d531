package dev.comuta.platform;

import java.net.URI;
import java.util.Set;

/** Reads URLs that callers give us to call. */
public final class HttpUrl {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private HttpUrl() {}

    /** The text itself when it is an absolute http or https URL; null stays null; else fails with a problem. */
    public static String checked(String field, String text) {
        if (text != null && !isHttp(text)) {
            throw Problem.invalid(field, "must be an absolute http or https URL");
        }
        return text;
    }

    private static boolean isHttp(String text) {
        try {
            URI url = URI.create(text);
            return url.getScheme() != null && SCHEMES.contains(url.getScheme()) && url.getHost() != null;
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }
}
