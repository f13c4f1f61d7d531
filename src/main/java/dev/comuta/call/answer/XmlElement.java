package dev.comuta.call.answer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An element of an XML document. Writes text and attributes escaped, and drops characters that XML does not allow. */
final class XmlElement {

    private static final String DECLARATION = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<XmlElement> children = new ArrayList<>();
    private String text = "";

    XmlElement(String name) {
        this.name = name;
    }

    /** Sets an attribute; null leaves it out. */
    XmlElement with(String attribute, Object value) {
        if (value != null) {
            attributes.put(attribute, value.toString());
        }
        return this;
    }

    XmlElement text(String content) {
        text = content;
        return this;
    }

    XmlElement add(XmlElement child) {
        children.add(child);
        return this;
    }

    XmlElement addAll(List<XmlElement> more) {
        children.addAll(more);
        return this;
    }

    /** The document with this root. */
    String document() {
        StringBuilder document = new StringBuilder(DECLARATION);
        write(document);
        return document.toString();
    }

    private void write(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((attribute, value) -> {
            out.append(' ').append(attribute).append("=\"");
            escape(value, out);
            out.append('"');
        });
        if (text.isEmpty() && children.isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        escape(text, out);
        children.forEach(child -> child.write(out));
        out.append("</").append(name).append('>');
    }

    private static void escape(String value, StringBuilder out) {
        value.codePoints().filter(XmlElement::isAllowed).forEach(character -> {
            switch (character) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                case '\r' -> out.append("&#13;");
                case '\t' -> out.append("&#9;");
                default -> out.appendCodePoint(character);
            }
        });
    }

    /** XML 1.0, production 2 (Char). */
    private static boolean isAllowed(int character) {
        return character == '\t'
                || character == '\n'
                || character == '\r'
                || (character >= 0x20 && character <= 0xD7FF)
                || (character >= 0xE000 && character <= 0xFFFD)
                || character >= 0x10000;
    }
}
