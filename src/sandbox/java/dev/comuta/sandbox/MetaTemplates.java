package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The message templates of the account: listed, created, checked when they are sent, and shown on the phone. */
final class MetaTemplates {

    private static final String APPROVED = "APPROVED";
    private static final String PARAMETERS = "parameters";
    private static final int PAGE = 25;
    private static final int MAX_BODY = 1024;

    private final Map<String, MetaTemplate> templates = new ConcurrentSkipListMap<>();
    private final AtomicLong last = new AtomicLong(700_000_000_000_000L);

    MetaTemplates() {
        for (JsonNode seeded : resource()) {
            put(seeded, seeded.path("status").asText(APPROVED));
        }
    }

    /** {@code GET /{account}/message_templates}, with name, language, status, limit and after. */
    void list(Exchange exchange) {
        List<MetaTemplate> all = templates.values().stream()
                .filter(template -> matches(exchange.parameter("name"), template.name()))
                .filter(template -> matches(exchange.parameter("language"), template.language()))
                .filter(template -> matches(exchange.parameter("status"), template.status()))
                .toList();
        int limit = number(exchange.parameter("limit"), PAGE);
        int from = Math.min(number(exchange.parameter("after"), 0), all.size());
        int to = Math.min(from + limit, all.size());
        Map<String, Object> paging = new LinkedHashMap<>();
        paging.put("cursors", Map.of("before", Integer.toString(from), "after", Integer.toString(to)));
        if (to < all.size()) {
            paging.put("next", exchange.origin() + exchange.path() + "?limit=" + limit + "&after=" + to);
        }
        exchange.answer(
                200,
                Map.of(
                        "data",
                        all.subList(from, to).stream().map(MetaTemplate::listed).toList(),
                        "paging",
                        paging));
    }

    /** {@code POST /{account}/message_templates}: a new template waits for its review. */
    void create(Exchange exchange) {
        JsonNode body = Json.read(exchange.body());
        String objection = objection(body);
        if (objection != null) {
            new MetaError(MetaError.INVALID_PARAMETER, objection).answer(exchange);
            return;
        }
        MetaTemplate template = put(body, "PENDING");
        exchange.answer(200, Map.of("id", template.id(), "status", template.status(), "category", template.category()));
    }

    /** {@code DELETE /{account}/message_templates?name=}: all languages of a name. */
    void delete(Exchange exchange) {
        String name = exchange.parameter("name");
        boolean removed =
                templates.values().removeIf(template -> template.name().equals(name));
        exchange.answer(removed ? 200 : 404, Map.of("success", removed));
    }

    Optional<MetaTemplate> byId(String id) {
        return templates.values().stream()
                .filter(template -> template.id().equals(id))
                .findFirst();
    }

    Optional<MetaTemplate> find(String name, String language) {
        return Optional.ofNullable(templates.get(key(name, language)));
    }

    /** Changes the state of a template, as a review or its quality does. */
    Optional<MetaTemplate> change(String name, String language, String status, String quality) {
        return Optional.ofNullable(templates.computeIfPresent(
                key(name, language),
                (same, template) -> template.with(
                        status == null ? template.status() : status, quality == null ? template.quality() : quality)));
    }

    /** The error of a template that is sent so; null when its values fit. */
    MetaError check(JsonNode sent) {
        String name = sent.path("name").asText();
        String language = sent.path("language").path("code").asText();
        MetaTemplate template = find(name, language).orElse(null);
        if (template == null) {
            return new MetaError(MetaError.NO_TEMPLATE, "template name (" + name + ") does not exist in " + language);
        }
        return switch (template.status()) {
            case APPROVED -> MetaTemplateCheck.of(template, sent.path("components"), MAX_BODY);
            case "PAUSED" -> new MetaError(MetaError.TEMPLATE_PAUSED, "The template has a low quality.");
            case "DISABLED" -> new MetaError(MetaError.TEMPLATE_DISABLED, "The template was paused too often.");
            default -> new MetaError(MetaError.NO_TEMPLATE, "template name (" + name + ") is not approved");
        };
    }

    /** Header, footer, buttons and file of a template for the phone, with the values that were sent. */
    ObjectNode shown(JsonNode sent) {
        MetaTemplate template = template(sent);
        ObjectNode content = PhoneContent.of("template").put("name", template.name());
        JsonNode header = template.component("header");
        JsonNode values = parameters(sent, "header");
        if (header.path("format").asText("TEXT").equals("TEXT")) {
            PhoneContent.putPresent(
                    content, "header", MetaTemplate.filled(header.path("text").asText(), values));
        } else {
            String kind = values.path(0).path("type").asText();
            content.set("file", MetaPhoneContent.file(values.path(0).path(kind)));
            content.put("fileType", kind);
        }
        PhoneContent.putPresent(
                content, "footer", template.component("footer").path("text").asText());
        content.set("buttons", MetaTemplateCheck.buttons(template, sent.path("components")));
        return content;
    }

    /** The body of a template with the values that were sent. */
    String text(JsonNode sent) {
        return MetaTemplate.filled(template(sent).component("body").path("text").asText(), parameters(sent, "body"));
    }

    static JsonNode parameters(JsonNode sent, String type) {
        for (JsonNode component : sent.path("components")) {
            if (component.path("type").asText().equalsIgnoreCase(type)) {
                return component.path(PARAMETERS);
            }
        }
        return JsonNodeFactory.instance.arrayNode();
    }

    private MetaTemplate template(JsonNode sent) {
        return find(
                        sent.path("name").asText(),
                        sent.path("language").path("code").asText())
                .orElseThrow();
    }

    private MetaTemplate put(JsonNode body, String status) {
        String id = Long.toString(last.incrementAndGet());
        MetaTemplate template = new MetaTemplate(
                id,
                body.path("name").asText(),
                body.path("language").asText(),
                body.path("category").asText(),
                status,
                "UNKNOWN",
                body.path("components"));
        templates.put(key(template.name(), template.language()), template);
        return template;
    }

    private String objection(JsonNode body) {
        String name = body.path("name").asText();
        if (!name.matches("[a-z0-9_]{1,512}")) {
            return "name may have lower-case letters, digits and underscores only";
        }
        if (!body.path("category").asText().matches("MARKETING|UTILITY|AUTHENTICATION")) {
            return "category must be MARKETING, UTILITY or AUTHENTICATION";
        }
        if (!body.path("language").asText().matches("[a-z]{2,3}(_[A-Z]{2})?")) {
            return "language must be a code such as pt_BR";
        }
        if (find(name, body.path("language").asText()).isPresent()) {
            return "there is already content in this language for this template";
        }
        return MetaTemplateCheck.objectionToBody(body.path("components"), MAX_BODY);
    }

    private static String key(String name, String language) {
        return name + " " + language;
    }

    private static boolean matches(String wanted, String value) {
        return wanted.isEmpty() || wanted.equals(value);
    }

    private static int number(String text, int otherwise) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    private static JsonNode resource() {
        try (InputStream in = MetaTemplates.class.getResourceAsStream("/sandbox/modelos.json")) {
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
