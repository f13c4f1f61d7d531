package dev.comuta.provider.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * X-Twilio-Signature (Twilio, "Webhooks security"): base64 of the HMAC-SHA1, under the account's auth token, of the URL as
 * Twilio called it, followed by the name and value of each field, sorted; equal pairs count once.
 */
final class TwilioSignature {

    static final String HEADER = "X-Twilio-Signature";

    private static final String ALGORITHM = "HmacSHA1";
    private static final String NOBODYS_TOKEN = "nobody's auth token, so that an unknown owner costs as much time";

    /** Scheme with user and host; port; path and query. */
    private static final Pattern URL = Pattern.compile("(https?://(?:[^/?@]*@)?(?:\\[[^]]*]|[^/:?]*))(:\\d+)?(.*)");

    private TwilioSignature() {}

    /**
     * Whether one of the tokens signed this. Takes the same time for every wrong signature.
     *
     * @param tokens those in force; none when the owner is not known, which never verifies
     * @param signature the header; null when it is missing
     * @param url public address, path and query as the caller wrote them
     */
    static boolean verifies(List<String> tokens, String signature, String url, TwilioForm form) {
        byte[] presented = (signature == null ? "" : signature).getBytes(StandardCharsets.UTF_8);
        String fields = signed(form);
        boolean matches = false;
        for (String token : tokens.isEmpty() ? List.of(NOBODYS_TOKEN) : tokens) {
            for (String spelling : spellings(url)) {
                matches |= MessageDigest.isEqual(hmac(token, spelling + fields), presented);
            }
        }
        return matches && !tokens.isEmpty();
    }

    /** Twilio signs some addresses with their port and some without. */
    private static Set<String> spellings(String url) {
        Matcher parts = URL.matcher(url);
        Set<String> spellings = new LinkedHashSet<>(List.of(url));
        if (parts.matches()) {
            String usualPort = url.startsWith("https:") ? ":443" : ":80";
            spellings.add(parts.group(1) + parts.group(3));
            spellings.add(parts.group(1) + (parts.group(2) == null ? usualPort : parts.group(2)) + parts.group(3));
        }
        return spellings;
    }

    private static String signed(TwilioForm form) {
        StringBuilder text = new StringBuilder();
        form.forEach((name, values) ->
                new TreeSet<>(values).forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    private static byte[] hmac(String token, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getEncoder().encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
