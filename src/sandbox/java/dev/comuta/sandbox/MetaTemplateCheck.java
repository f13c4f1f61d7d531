package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** Compares the values of a sent template with its placeholders. */
final class MetaTemplateCheck {

    private static final String PARAMETERS = "parameters";
    private static final String BUTTONS = "buttons";

    private MetaTemplateCheck() {}

    /** The first error of the values; null when they fit. */
    static MetaError of(MetaTemplate template, JsonNode components, int maxBody) {
        JsonNode sent = JsonNodeFactory.instance.objectNode().set("components", components);
        MetaError header = header(template, MetaTemplates.parameters(sent, "header"));
        if (header != null) {
            return header;
        }
        String body = template.component("body").path("text").asText();
        JsonNode values = MetaTemplates.parameters(sent, "body");
        MetaError count = count("body", values.size(), MetaTemplate.placeholders(body));
        if (count != null) {
            return count;
        }
        if (MetaTemplate.filled(body, values).length() > maxBody) {
            return new MetaError(MetaError.TEXT_TOO_LONG, "The body has more than " + maxBody + " characters.");
        }
        return buttonValues(template, components);
    }

    private static MetaError header(MetaTemplate template, JsonNode values) {
        JsonNode header = template.component("header");
        String format = header.path("format").asText("TEXT");
        if (format.equals("TEXT")) {
            return count(
                    "header",
                    values.size(),
                    MetaTemplate.placeholders(header.path("text").asText()));
        }
        String given = values.path(0).path("type").asText("");
        return given.equals(format.toLowerCase(Locale.ROOT))
                ? null
                : new MetaError(
                        MetaError.PARAMETER_FORMAT,
                        "header: Format mismatch, expected " + format + ", received "
                                + (given.isEmpty() ? "UNKNOWN" : given.toUpperCase(Locale.ROOT)));
    }

    private static MetaError count(String part, int given, int expected) {
        return given == expected
                ? null
                : new MetaError(
                        MetaError.PARAMETER_COUNT,
                        "%s: number of localizable_params (%d) does not match the expected number of params (%d)"
                                .formatted(part, given, expected));
    }

    /** An address with a placeholder needs a value; every value needs a button of its type. */
    private static MetaError buttonValues(MetaTemplate template, JsonNode components) {
        JsonNode buttons = template.component(BUTTONS).path(BUTTONS);
        for (int i = 0; i < buttons.size(); i++) {
            boolean needsValue =
                    MetaTemplate.placeholders(buttons.path(i).path("url").asText()) > 0;
            if (needsValue && value(components, i).isMissingNode()) {
                return new MetaError(
                        MetaError.MISSING_PARAMETER,
                        "buttons: Button at index " + i + " of type Url requires a parameter");
            }
        }
        for (JsonNode component : components) {
            boolean isButton = component.path("type").asText().equalsIgnoreCase("button");
            String type =
                    buttons.path(component.path("index").asInt()).path("type").asText();
            if (isButton && !component.path("sub_type").asText().equalsIgnoreCase(type)) {
                return new MetaError(
                        MetaError.PARAMETER_FORMAT,
                        "buttons: there is no button of type "
                                + component.path("sub_type").asText() + " at index "
                                + component.path("index").asText());
            }
        }
        return null;
    }

    /** Why the components of a new template are refused; null when they are not. */
    static String objectionToBody(JsonNode components, int maxBody) {
        JsonNode body = new MetaTemplate("", "", "", "", "", "", components).component("body");
        String text = body.path("text").asText();
        if (text.isBlank() || text.length() > maxBody) {
            return "components need a BODY with a text of at most " + maxBody + " characters";
        }
        int examples = body.path("example").path("body_text").path(0).size();
        return examples == MetaTemplate.placeholders(text)
                ? null
                : "the BODY needs example.body_text with a value for each variable";
    }

    /** The buttons of a template for the phone. */
    static ArrayNode buttons(MetaTemplate template, JsonNode components) {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        JsonNode buttons = template.component(BUTTONS).path(BUTTONS);
        for (int i = 0; i < buttons.size(); i++) {
            JsonNode button = buttons.path(i);
            JsonNode value = value(components, i);
            ObjectNode one = shown.addObject().put("title", button.path("text").asText());
            if (button.path("type").asText().equals("URL")) {
                JsonNode values = JsonNodeFactory.instance.arrayNode().add(value);
                one.put("url", MetaTemplate.filled(button.path("url").asText(), values));
            } else {
                one.put("id", value.path("payload").asText(button.path("text").asText()));
            }
        }
        return shown;
    }

    private static JsonNode value(JsonNode components, int index) {
        for (JsonNode component : components) {
            if (component.path("type").asText().equalsIgnoreCase("button")
                    && component.path("index").asInt(-1) == index) {
                return component.path(PARAMETERS).path(0);
            }
        }
        return components.path("none");
    }
}
