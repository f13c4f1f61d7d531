package dev.comuta.assistant.expression;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A URL with placeholders {@code {name}} in its path and its query. An argument never leaves its place: it is
 * percent-encoded as in RFC 6570, section 3.2.2, and in a path it must remain one segment ({@link PathSegment}). A
 * pair of the query whose argument is missing or null is left out. A list is joined with commas.
 */
public final class UrlTemplate {

    private static final int MAX_URL = 8_000;
    private static final int MAX_PLAIN_SCALE = 400;

    private static final Pattern PARTS =
            Pattern.compile("(https?://[^/{}?#\\s\\\\]+)(/[^?#]*)?(\\?[^#]*)?(#.*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_.-]{0,99}");

    private final String origin;
    private final List<String> segments;
    private final List<String> pairs;

    private UrlTemplate(String origin, List<String> segments, List<String> pairs) {
        this.origin = origin;
        this.segments = segments;
        this.pairs = pairs;
    }

    /**
     * Reads a template; fails with {@link InvalidExpression}, also for null. A fragment is left out, because it is never
     * sent.
     */
    public static UrlTemplate of(String url) {
        Matcher parts = PARTS.matcher(url == null ? "" : url);
        if (!parts.matches()) {
            throw new InvalidExpression("must be an absolute http or https URL, without a placeholder in its host");
        }
        String path = parts.group(2) == null ? "" : parts.group(2);
        String query = parts.group(3) == null ? "" : parts.group(3).substring(1);
        UrlTemplate template = new UrlTemplate(parts.group(1), split(path, "/"), split(query, "&"));
        template.requireSyntax();
        return template;
    }

    /** The URL with {@code x} in place of every placeholder; null for null. */
    public static String sample(String url) {
        return url == null ? null : BoundedTemplate.fill(url, name -> "x", url.length());
    }

    private static List<String> split(String text, String delimiter) {
        return text.isEmpty() ? List.of() : List.of(text.split(delimiter, -1));
    }

    private void requireSyntax() {
        Stream.concat(segments.stream(), pairs.stream()).forEach(part -> {
            for (String name : BoundedTemplate.names(part)) {
                if (!NAME.matcher(name).matches()) {
                    throw new InvalidExpression("must have only placeholders {name}; {" + name + "} is none");
                }
            }
            if (BoundedTemplate.fill(part, name -> "", MAX_URL).matches(".*[{}].*")) {
                throw new InvalidExpression("must not have a brace outside a placeholder {name}");
            }
        });
    }

    /**
     * Fails with {@link InvalidExpression}, which names the placeholder, unless the schema of the arguments declares
     * each placeholder, and requires those of the path.
     */
    public void requireDeclared(Map<String, ?> schema) {
        ArgumentNames declared = ArgumentNames.of(schema);
        names(segments)
                .forEach(name -> require(
                        declared.required().contains(name),
                        "must not have {" + name
                                + "} in its path, because `parameters` does not require this argument"));
        names(Stream.concat(segments.stream(), pairs.stream()).toList())
                .forEach(name -> require(
                        declared.properties().contains(name),
                        "must not have {" + name + "}, because `parameters` has no such property"));
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new InvalidExpression(message);
        }
    }

    private static Set<String> names(List<String> parts) {
        return parts.stream()
                .flatMap(part -> BoundedTemplate.names(part).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The URL for these arguments. Fails with {@link InvalidExpression}, whose path is the argument, when an argument of
     * the path or a required one is missing, and when one does not fit its place.
     *
     * @param schema the JSON Schema of the arguments; null when there is none
     */
    public String fill(JsonObject arguments, JsonObject schema) {
        Set<String> required =
                schema == null ? Set.of() : ArgumentNames.of(schema.getMap()).required();
        String path = segments.stream().map(part -> segment(part, arguments)).collect(Collectors.joining("/"));
        String query = pairs.stream()
                .map(part -> pair(part, arguments, required))
                .filter(Objects::nonNull)
                .collect(Collectors.joining("&"));
        String url = origin + path + (query.isEmpty() ? "" : "?" + query);
        require(url.length() <= MAX_URL, "is too long with its arguments");
        return url;
    }

    private static String segment(String template, JsonObject arguments) {
        Set<String> names = names(List.of(template));
        for (String name : names) {
            Object value = arguments.getValue(name);
            PathSegment.requireValue(name, value == null ? "" : textOf(value));
        }
        String segment = filled(template, arguments);
        names.stream().findFirst().ifPresent(name -> PathSegment.requireWhole(name, segment));
        return segment;
    }

    /** Null when an argument that may be left out is missing. */
    private static String pair(String template, JsonObject arguments, Set<String> required) {
        for (String name : names(List.of(template))) {
            if (encoded(arguments.getValue(name)).isEmpty()) {
                if (required.contains(name)) {
                    throw new InvalidExpression("." + name, "is missing");
                }
                return null;
            }
        }
        return filled(template, arguments);
    }

    private static String filled(String template, JsonObject arguments) {
        return BoundedTemplate.fill(
                template, name -> encoded(arguments.getValue(name)).orElseThrow(), MAX_URL + 1);
    }

    /** Empty for null and for a list without a value. */
    private static Optional<String> encoded(Object value) {
        if (value instanceof JsonArray list) {
            List<String> items = list.stream()
                    .filter(Objects::nonNull)
                    .map(item -> encode(textOf(item)))
                    .toList();
            return items.isEmpty() ? Optional.empty() : Optional.of(String.join(",", items));
        }
        return Optional.ofNullable(value).map(present -> encode(textOf(present)));
    }

    private static String textOf(Object value) {
        return switch (value) {
            case Number number -> plain(number);
            case JsonArray list ->
                list.stream().filter(Objects::nonNull).map(UrlTemplate::textOf).collect(Collectors.joining(","));
            default -> String.valueOf(value);
        };
    }

    /** A number without an exponent and without zeros at its end. */
    private static String plain(Number number) {
        try {
            BigDecimal value = new BigDecimal(number.toString());
            boolean isShort = Math.abs((long) value.scale()) <= MAX_PLAIN_SCALE;
            return isShort ? value.stripTrailingZeros().toPlainString() : number.toString();
        } catch (NumberFormatException notFinite) {
            return number.toString();
        }
    }

    private static String encode(String text) {
        if (text.length() > MAX_URL) {
            throw new InvalidExpression("is too long with its arguments");
        }
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
