package dev.comuta.provider.twilio;

import dev.comuta.platform.http.StorableText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The fields of a webhook (application/x-www-form-urlencoded, UTF-8), sorted by name, as they were signed. They are parsed
 * from the raw bytes, because a field may be longer than the server's form parser allows, and a name may occur more than
 * once.
 */
public record TwilioForm(SortedMap<String, List<String>> fields) {

    private static final int MAX_FIELDS = 1000;

    /** Parses a body; empty when it is not a form or has more than 1000 fields. */
    public static Optional<TwilioForm> parse(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        String[] pairs = text.split("&", MAX_FIELDS + 1);
        if (pairs.length > MAX_FIELDS) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(pairs));
        } catch (IllegalArgumentException notEncoded) {
            return Optional.empty();
        }
    }

    private static TwilioForm of(String[] pairs) {
        SortedMap<String, List<String>> fields = new TreeMap<>();
        for (String pair : pairs) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
            }
        }
        return new TwilioForm(fields);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** {@return the first value of a field in storable form, or null when it is missing or empty} */
    public String get(String name) {
        List<String> values = fields.get(name);
        return values == null || values.getFirst().isEmpty() ? null : StorableText.of(values.getFirst());
    }

    void forEach(BiConsumer<String, List<String>> action) {
        for (Map.Entry<String, List<String>> field : fields.entrySet()) {
            action.accept(field.getKey(), field.getValue());
        }
    }

    @Override
    public String toString() {
        return "TwilioForm[" + fields.size() + " fields]";
    }
}
