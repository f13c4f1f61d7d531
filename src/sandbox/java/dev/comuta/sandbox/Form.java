package dev.comuta.sandbox;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A form with files (RFC 7578). */
record Form(Map<String, Part> parts) {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)");
    private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");

    /**
     * A field.
     *
     * @param fileName empty when it is no file
     */
    record Part(String fileName, Buffer bytes) {

        @Override
        public String toString() {
            return fileName.isEmpty()
                    ? bytes.toString(StandardCharsets.UTF_8)
                    : "%s (%d bytes)".formatted(fileName, bytes.length());
        }
    }

    /** Reads the body; a form without a boundary has no parts. */
    static Form read(String contentType, Buffer body) {
        Map<String, Part> parts = new LinkedHashMap<>();
        Matcher boundary = BOUNDARY.matcher(contentType);
        if (boundary.find()) {
            String all = body.toString(StandardCharsets.ISO_8859_1);
            Pattern.compile(Pattern.quote("--" + boundary.group(1)))
                    .splitAsStream(all)
                    .forEach(part -> add(parts, part));
        }
        return new Form(parts);
    }

    private static void add(Map<String, Part> parts, String part) {
        int body = part.indexOf("\r\n\r\n");
        Matcher name = NAME.matcher(body < 0 ? "" : part.substring(0, body));
        if (name.find()) {
            String bytes = part.substring(body + 4, part.length() - 2);
            parts.put(name.group(1), new Part(fileName(part.substring(0, body)), Buffer.buffer(bytes, "ISO-8859-1")));
        }
    }

    private static String fileName(String head) {
        Matcher name = FILE_NAME.matcher(head);
        return name.find() ? name.group(1) : "";
    }

    /** One line for each field; a file by its name and size. */
    @Override
    public String toString() {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** {@return a field, or null when the form has none of this name} */
    Part part(String name) {
        return parts.get(name);
    }

    /** {@return the text of a field, or an empty text} */
    String text(String name) {
        return parts.containsKey(name) ? parts.get(name).bytes().toString(StandardCharsets.UTF_8) : "";
    }
}
