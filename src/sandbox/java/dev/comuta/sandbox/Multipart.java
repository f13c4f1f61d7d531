package dev.comuta.sandbox;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of a body of the type multipart/form-data. */
final class Multipart {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final String HEADERS_END = "\r\n\r\n";

    private final List<Part> parts;

    private Multipart(List<Part> parts) {
        this.parts = parts;
    }

    /** One part; file name and type are empty for a field. */
    record Part(String name, String fileName, String mimeType, Buffer bytes) {}

    /** Reads a body. A body of another type has no parts. */
    static Multipart read(String contentType, Buffer body) {
        List<Part> parts = new ArrayList<>();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (boundary.find()) {
            String text = body.toString(StandardCharsets.ISO_8859_1);
            String mark = "--" + boundary.group(1);
            int start = text.indexOf(mark);
            int next = text.indexOf("\r\n" + mark, start + 1);
            while (start >= 0 && next > start) {
                part(text.substring(start, next), body, start).ifPresent(parts::add);
                start = next + 2;
                next = text.indexOf("\r\n" + mark, start);
            }
        }
        return new Multipart(parts);
    }

    /** The text of a field, or an empty one. */
    String field(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .map(part -> part.bytes().toString(StandardCharsets.UTF_8))
                .findFirst()
                .orElse("");
    }

    Optional<Part> file() {
        return parts.stream().filter(part -> part.name().equals("file")).findFirst();
    }

    private static Optional<Part> part(String text, Buffer body, int offset) {
        int end = text.indexOf(HEADERS_END);
        if (end < 0) {
            return Optional.empty();
        }
        String headers = text.substring(0, end);
        Buffer bytes = body.getBuffer(offset + end + HEADERS_END.length(), offset + text.length());
        return Optional.of(new Part(
                found(headers, "[; ]name=\"([^\"]*)\""),
                found(headers, "filename=\"([^\"]*)\""),
                found(headers, "(?i)content-type: *([^\\r\\n]*)"),
                bytes));
    }

    private static String found(String headers, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(headers);
        return matcher.find()
                ? new String(matcher.group(1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                : "";
    }
}
