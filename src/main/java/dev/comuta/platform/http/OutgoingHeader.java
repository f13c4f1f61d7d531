package dev.comuta.platform.http;

import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers that clients configure (RFC 9110, 5.1 and 5.5): none may inject a line or control the connection. */
public final class OutgoingHeader {

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");

    /** ASCII without control characters, except the tab. */
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]{0,8192}");

    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "upgrade",
            "te",
            "trailer",
            "expect",
            "proxy-authorization",
            "proxy-connection");

    private OutgoingHeader() {}

    /** Fails with a problem that names the field when a client may not configure this header. */
    public static void require(String field, String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw Problem.invalid(field, "must be a header name");
        }
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw Problem.invalid(field, "is set by the server");
        }
        if (value == null || !VALUE.matcher(value).matches()) {
            throw Problem.invalid(field, "must have at most 8192 characters, all printable ASCII");
        }
    }

    /** The value. Fails with a {@link PermanentFailure} when the header must not be sent, regardless of its origin. */
    static String checked(String name, String value) {
        if (!NAME.matcher(name).matches()
                || RESERVED.contains(name.toLowerCase(Locale.ROOT))
                || !VALUE.matcher(value).matches()) {
            throw new PermanentFailure("a configured header may not be sent");
        }
        return value;
    }
}
