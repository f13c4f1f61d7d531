package dev.comuta.provider.meta;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.channel.template.TemplateCatalogue.ProviderTemplate;
import dev.comuta.channel.template.TemplateCategory;
import dev.comuta.channel.template.TemplateComponent;
import dev.comuta.channel.template.TemplateQuality;
import dev.comuta.channel.template.TemplateReports.TemplateReport;
import dev.comuta.channel.template.TemplateStatus;
import dev.comuta.platform.http.StorableText;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Maps Meta's templates, and its webhooks about them. Unknown states count as not usable. */
final class MetaTemplate {

    static final String STATUS_FIELD = "message_template_status_update";
    static final String QUALITY_FIELD = "message_template_quality_update";
    static final String CATEGORY_FIELD = "template_category_update";

    private static final Map<TemplateCategory, String> CATEGORIES = Map.of(
            TemplateCategory.MARKETING, "MARKETING",
            TemplateCategory.UTILITY, "UTILITY",
            TemplateCategory.AUTHENTICATION, "AUTHENTICATION");

    private MetaTemplate() {}

    /** The templates in a list; those without a name, a language or an id are left out. */
    static List<ProviderTemplate> read(JsonArray data) {
        return objects(data).map(MetaTemplate::read).filter(Objects::nonNull).toList();
    }

    private static ProviderTemplate read(JsonObject json) {
        String id = text(json, "id");
        String name = text(json, "name");
        String language = text(json, "language");
        if (id == null || name == null || language == null) {
            return null;
        }
        JsonObject quality = json.getValue("quality_score") instanceof JsonObject score ? score : new JsonObject();
        String reason = text(json, "rejected_reason");
        return new ProviderTemplate(
                id,
                name,
                language,
                category(text(json, "category")),
                status(text(json, "status")),
                quality(text(quality, "score")),
                "NONE".equals(reason) ? null : reason,
                objects(json.getValue("components"))
                        .map(MetaTemplate::component)
                        .toList());
    }

    /** The answer to the creation of a template. */
    static ProviderTemplate created(ProviderTemplate wanted, JsonObject made) {
        TemplateCategory category = category(text(made, "category"));
        return new ProviderTemplate(
                text(made, "id"),
                wanted.name(),
                wanted.language(),
                category == null ? wanted.category() : category,
                text(made, "status") == null ? TemplateStatus.PENDING : status(text(made, "status")),
                null,
                null,
                wanted.components());
    }

    /** The body that creates a template. */
    static JsonObject toJson(ProviderTemplate template) {
        JsonArray components = new JsonArray();
        template.components().forEach(component -> components.add(toJson(component)));
        return new JsonObject()
                .put("name", template.name())
                .put("language", template.language())
                .put("category", CATEGORIES.get(template.category()))
                .put("components", components);
    }

    /** A webhook about a template; null when the field is about something else, or names no template. */
    static TemplateReport report(String field, JsonNode value) {
        String id = value.path("message_template_id").asText("");
        if (id.isEmpty()) {
            return null;
        }
        return switch (field) {
            case STATUS_FIELD ->
                new TemplateReport(id, reported(value.path("event").asText("")), null, null, reason(value));
            case QUALITY_FIELD ->
                new TemplateReport(
                        id, null, quality(value.path("new_quality_score").asText("")), null, null);
            case CATEGORY_FIELD ->
                new TemplateReport(
                        id, null, null, category(value.path("new_category").asText("")), null);
            default -> null;
        };
    }

    /** An event that only announces a change leaves the state. */
    private static TemplateStatus reported(String event) {
        return switch (event) {
            case "FLAGGED", "LOCKED", "UNLOCKED", "PENDING_DELETION", "" -> null;
            case "REINSTATED" -> TemplateStatus.APPROVED;
            default -> status(event);
        };
    }

    private static String reason(JsonNode value) {
        String reason = value.path("reason").asText("NONE");
        return "NONE".equals(reason) ? null : StorableText.of(reason);
    }

    private static TemplateStatus status(String status) {
        return switch (status) {
            case "APPROVED" -> TemplateStatus.APPROVED;
            case "PENDING", "IN_APPEAL" -> TemplateStatus.PENDING;
            case "PAUSED" -> TemplateStatus.PAUSED;
            case "REJECTED" -> TemplateStatus.REJECTED;
            case "DELETED" -> TemplateStatus.DELETED;
            case null, default -> TemplateStatus.DISABLED;
        };
    }

    private static TemplateQuality quality(String score) {
        return switch (score) {
            case "GREEN" -> TemplateQuality.HIGH;
            case "YELLOW" -> TemplateQuality.MEDIUM;
            case "RED" -> TemplateQuality.LOW;
            case null, default -> null;
        };
    }

    private static TemplateCategory category(String category) {
        return CATEGORIES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(category))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static TemplateComponent component(JsonObject json) {
        return new TemplateComponent(
                text(json, "type"),
                text(json, "format"),
                text(json, "text"),
                List.of(),
                objects(json.getValue("buttons")).map(MetaTemplate::button).toList());
    }

    private static TemplateComponent.Action button(JsonObject json) {
        return new TemplateComponent.Action(
                text(json, "type"), text(json, "text"), text(json, "url"), text(json, "phone_number"));
    }

    private static JsonObject toJson(TemplateComponent component) {
        JsonObject json = new JsonObject().put("type", component.type());
        put(json, "format", "HEADER".equals(component.type()) && isText(component) ? "TEXT" : component.format());
        put(json, "text", component.text());
        if (!component.buttons().isEmpty()) {
            return json.put("buttons", buttons(component));
        }
        return component.samples().isEmpty() ? json : json.put("example", example(component));
    }

    /** The samples are those of the addresses with a variable, in their order. */
    private static JsonArray buttons(TemplateComponent component) {
        Iterator<String> samples = component.samples().iterator();
        JsonArray buttons = new JsonArray();
        for (TemplateComponent.Action button : component.buttons()) {
            JsonObject json = toJson(button);
            boolean hasVariable = button.url() != null && button.url().contains("{{");
            buttons.add(
                    hasVariable && samples.hasNext() ? json.put("example", new JsonArray().add(samples.next())) : json);
        }
        return buttons;
    }

    private static boolean isText(TemplateComponent header) {
        return header.format() == null || header.format().equals("TEXT");
    }

    private static JsonObject example(TemplateComponent component) {
        JsonArray examples = new JsonArray(component.samples());
        return "HEADER".equals(component.type())
                ? new JsonObject().put(isText(component) ? "header_text" : "header_handle", examples)
                : new JsonObject().put("body_text", new JsonArray().add(examples));
    }

    private static JsonObject toJson(TemplateComponent.Action button) {
        JsonObject json = new JsonObject().put("type", button.type()).put("text", button.text());
        put(json, "url", button.url());
        put(json, "phone_number", button.phoneNumber());
        return json;
    }

    private static void put(JsonObject json, String name, String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static Stream<JsonObject> objects(Object array) {
        return array instanceof JsonArray list
                ? list.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                : Stream.empty();
    }

    private static String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text ? StorableText.of(text) : null;
    }
}
