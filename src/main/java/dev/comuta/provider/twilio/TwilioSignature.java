package dev.comuta.provider.twilio;

import dev.comuta.platform.secret.ConstantTime;
import dev.comuta.platform.secret.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * X-Twilio-Signature (Twilio, "Webhooks security"): base64 of an HMAC-SHA1 under the account's auth token. It covers
 * the URL as Twilio called it, followed by name and value of each field, sorted. Equal pairs count once. The request that
 * opens a WebSocket has the scheme {@code wss} and no fields.
 */
final class TwilioSignature {

    static final String HEADER = "X-Twilio-Signature";

    /** Name of the security scheme in the API description. */
    static final String SCHEME = "twilioSignature";

    /** Groups: scheme with user and host; port; path and query. */
    private static final Pattern URL =
            Pattern.compile("((?:http|ws)s?://(?:[^/?@]*@)?(?:\\[[^]]*]|[^/:?]*))(:\\d+)?(.*)");

    private static final String ENCODED_APOSTROPHE = "%27";

    private TwilioSignature() {}

    /**
     * Whether the token signed this URL and form. The duration does not depend on the token.
     *
     * @param signature the header; null when it is missing
     * @param url the public URL, with path and query as received
     */
    static boolean verifies(String token, String signature, String url, TwilioForm form) {
        byte[] key = token.getBytes(StandardCharsets.UTF_8);
        byte[] presented = (signature == null ? "" : signature).getBytes(StandardCharsets.UTF_8);
        byte[] fields = signedText(form).getBytes(StandardCharsets.UTF_8);
        boolean matches = false;
        for (String spelling : spellings(url)) {
            byte[] hash = Hmac.SHA1.of(key, spelling.getBytes(StandardCharsets.UTF_8), fields);
            matches |= ConstantTime.equal(Base64.getEncoder().encode(hash), presented);
        }
        return matches;
    }

    /**
     * The URL as given, without port, and with port: Twilio signs some URLs with their port and some without. Each also
     * with its apostrophes encoded or not: Twilio calls one spelling and signs the other.
     */
    private static Set<String> spellings(String url) {
        Matcher parts = URL.matcher(url);
        Set<String> spellings = new LinkedHashSet<>(List.of(url));
        if (parts.matches()) {
            String usualPort = url.startsWith("https:") || url.startsWith("wss:") ? ":443" : ":80";
            spellings.add(parts.group(1) + parts.group(3));
            spellings.add(parts.group(1) + (parts.group(2) == null ? usualPort : parts.group(2)) + parts.group(3));
        }
        List.copyOf(spellings).forEach(spelling -> {
            spellings.add(spelling.replace("'", ENCODED_APOSTROPHE));
            spellings.add(spelling.replace(ENCODED_APOSTROPHE, "'"));
        });
        return spellings;
    }

    private static String signedText(TwilioForm form) {
        StringBuilder text = new StringBuilder();
        form.forEach((name, values) ->
                new TreeSet<>(values).forEach(value -> text.append(name).append(value)));
        return text.toString();
    }
}
