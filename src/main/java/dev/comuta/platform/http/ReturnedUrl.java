package dev.comuta.platform.http;

import dev.comuta.platform.problem.Problem;
import java.util.regex.Pattern;

/**
 * A client's URL that is stored as it is and returned to every reader, so that it must contain no secret: no user, no
 * query and no fragment, because no rule recognizes a secret among their values.
 */
public final class ReturnedUrl {

    private static final Pattern MAY_HAVE_SECRET = Pattern.compile("^[^/]*//[^/]*@|[?#]");

    private ReturnedUrl() {}

    /**
     * Fails with a problem that names the field when the URL may contain a secret.
     *
     * @param url null is accepted
     * @param instead how requests to the URL are authenticated, as a clause
     */
    public static void require(String field, String url, String instead) {
        if (url != null && MAY_HAVE_SECRET.matcher(url).find()) {
            throw Problem.invalid(
                    field, "must have no user, no query and no fragment, because readers get it; " + instead);
        }
    }
}
