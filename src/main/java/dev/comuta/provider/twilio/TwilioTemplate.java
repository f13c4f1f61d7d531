package dev.comuta.provider.twilio;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.rest.content.v1.Content.ContentCreateRequest;
import com.twilio.rest.content.v1.ContentAndApprovals;
import com.twilio.rest.content.v1.content.ApprovalCreate;
import dev.comuta.channel.template.TemplateCatalogue.ProviderTemplate;
import dev.comuta.channel.template.TemplateCategory;
import dev.comuta.channel.template.TemplateComponent;
import dev.comuta.channel.template.TemplateComponent.Action;
import dev.comuta.channel.template.TemplateStatus;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.problem.PermanentFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Maps the contents of Twilio's Content API and their approvals. Unknown states count as not usable. */
final class TwilioTemplate {

    private static final String BODY = "body";
    private static final String TITLE = "title";
    private static final String MEDIA = "media";
    private static final String STATUS = "status";
    private static final String UNSUBMITTED = "unsubmitted";
    private static final String QUICK_REPLY = "QUICK_REPLY";

    private static final Map<TemplateCategory, String> CATEGORIES = Map.of(
            TemplateCategory.MARKETING, "MARKETING",
            TemplateCategory.UTILITY, "UTILITY",
            TemplateCategory.AUTHENTICATION, "AUTHENTICATION");

    private TwilioTemplate() {}

    /** {@return a template, or null for a content without a request for approval or without a body} */
    static ProviderTemplate read(ContentAndApprovals content) {
        JsonObject approval = object(content.getApprovalRequests());
        JsonObject type = type(object(content.getTypes()));
        if (isDraft(approval) || type == null || content.getLanguage() == null) {
            return null;
        }
        String name = text(approval, "name");
        String reason = text(approval, "rejection_reason");
        return new ProviderTemplate(
                content.getSid(),
                StorableText.of(name == null ? content.getFriendlyName() : name),
                StorableText.of(content.getLanguage()),
                category(text(approval, "category")),
                status(text(approval, STATUS)),
                null,
                reason,
                components(type));
    }

    /** Whether this content is the template, and its approval was not requested. */
    static boolean isDraft(ContentAndApprovals content, ProviderTemplate template) {
        return isDraft(object(content.getApprovalRequests()))
                && template.name().equals(content.getFriendlyName())
                && template.language().equals(content.getLanguage());
    }

    private static boolean isDraft(JsonObject approval) {
        String status = text(approval, STATUS);
        return status == null || status.equals(UNSUBMITTED);
    }

    /** Twilio numbers the variables of all parts in one list. */
    static ProviderTemplate numbered(ProviderTemplate template) {
        TwilioVariables variables = new TwilioVariables();
        List<TemplateComponent> parts = new ArrayList<>();
        for (TemplateComponent part : template.components()) {
            String text = variables.numbered(part.text());
            List<Action> buttons = part.buttons().stream()
                    .map(one -> new Action(one.type(), one.text(), variables.numbered(one.url()), one.phoneNumber()))
                    .toList();
            parts.add(new TemplateComponent(part.type(), part.format(), text, part.samples(), buttons));
        }
        return new ProviderTemplate(
                template.providerId(),
                template.name(),
                template.language(),
                template.category(),
                template.status(),
                template.quality(),
                template.reason(),
                parts);
    }

    /**
     * The request that creates the content of a numbered template.
     *
     * @param mapper the one of the SDK
     */
    static ContentCreateRequest request(ProviderTemplate template, ObjectMapper mapper) {
        JsonObject request = new JsonObject()
                .put("friendly_name", template.name())
                .put("language", template.language())
                .put("types", types(template.components()));
        JsonObject variables = new JsonObject();
        template.components().forEach(part -> TwilioVariables.putSamples(variables, part));
        if (!variables.isEmpty()) {
            request.put("variables", variables);
        }
        try {
            return ContentCreateRequest.fromJson(request.encode(), mapper);
        } catch (IOException e) {
            throw new PermanentFailure("Twilio has no such template", e);
        }
    }

    static String category(TemplateCategory category) {
        return CATEGORIES.get(category);
    }

    static ProviderTemplate created(ProviderTemplate wanted, String sid, ApprovalCreate approval) {
        TemplateStatus status = approval.getStatus() == null ? TemplateStatus.PENDING : status(approval.getStatus());
        return new ProviderTemplate(
                sid, wanted.name(), wanted.language(), wanted.category(), status, null, null, wanted.components());
    }

    private static JsonObject types(List<TemplateComponent> parts) {
        String body = part(parts, "BODY").map(TemplateComponent::text).orElseThrow();
        List<Action> buttons =
                part(parts, "BUTTONS").map(TemplateComponent::buttons).orElse(List.of());
        boolean isCard = parts.stream().anyMatch(part -> part.type().matches("HEADER|FOOTER"));
        boolean replies = buttons.stream().allMatch(button -> button.type().equals(QUICK_REPLY));
        boolean calls = buttons.stream().noneMatch(button -> button.type().equals(QUICK_REPLY));
        JsonObject content = new JsonObject().put(BODY, body);
        if (!buttons.isEmpty()) {
            content.put(
                    "actions",
                    new JsonArray(buttons.stream().map(TwilioTemplate::action).toList()));
        }
        if (isCard || (!replies && !calls)) {
            return new JsonObject().put("whatsapp/card", card(content, parts));
        }
        String type = buttons.isEmpty() ? "twilio/text" : replies ? "twilio/quick-reply" : "twilio/call-to-action";
        return new JsonObject().put(type, content);
    }

    private static JsonObject card(JsonObject content, List<TemplateComponent> parts) {
        part(parts, "FOOTER").ifPresent(footer -> content.put("footer", footer.text()));
        part(parts, "HEADER").ifPresent(header -> {
            if (header.format() == null || header.format().equals("TEXT")) {
                content.put("header_text", header.text());
            } else if (header.samples().isEmpty()) {
                throw new PermanentFailure("Twilio needs the address of a sample file in the header");
            } else {
                content.put(MEDIA, new JsonArray().add(header.samples().getFirst()));
            }
        });
        return content;
    }

    private static JsonObject action(Action button) {
        JsonObject action = new JsonObject().put("type", button.type()).put(TITLE, button.text());
        if (button.url() != null) {
            action.put("url", button.url());
        }
        return button.phoneNumber() == null ? action : action.put("phone", button.phoneNumber());
    }

    private static Optional<TemplateComponent> part(List<TemplateComponent> parts, String type) {
        return parts.stream().filter(part -> part.type().equals(type)).findFirst();
    }

    /** The first type with a text; a content has one for each kind of recipient. */
    private static JsonObject type(JsonObject types) {
        return types.stream()
                .map(entry -> entry.getValue() instanceof JsonObject json ? json : null)
                .filter(json -> json != null && (text(json, BODY) != null || text(json, TITLE) != null))
                .findFirst()
                .orElse(null);
    }

    private static List<TemplateComponent> components(JsonObject type) {
        List<TemplateComponent> parts = new ArrayList<>();
        boolean hasBody = text(type, BODY) != null;
        String header = text(type, "header_text");
        if (header != null) {
            parts.add(new TemplateComponent("HEADER", "TEXT", header, null, null));
        }
        if (type.getValue(MEDIA) instanceof JsonArray media && !media.isEmpty()) {
            parts.add(new TemplateComponent(
                    "MEDIA", null, StorableText.of(media.getValue(0).toString()), null, null));
        }
        parts.add(new TemplateComponent("BODY", null, text(type, hasBody ? BODY : TITLE), null, null));
        String footer = text(type, "footer");
        if (footer != null) {
            parts.add(new TemplateComponent("FOOTER", null, footer, null, null));
        }
        List<Action> buttons = objects(type.getValue("actions"))
                .map(action -> new Action(
                        Optional.ofNullable(text(action, "type")).orElse(QUICK_REPLY),
                        text(action, TITLE),
                        text(action, "url"),
                        text(action, "phone")))
                .toList();
        if (!buttons.isEmpty()) {
            parts.add(new TemplateComponent("BUTTONS", null, null, null, buttons));
        }
        return parts;
    }

    private static TemplateStatus status(String status) {
        return switch (status) {
            case "approved" -> TemplateStatus.APPROVED;
            case "received", "pending", UNSUBMITTED -> TemplateStatus.PENDING;
            case "rejected" -> TemplateStatus.REJECTED;
            case "paused" -> TemplateStatus.PAUSED;
            default -> TemplateStatus.DISABLED;
        };
    }

    private static TemplateCategory category(String category) {
        return CATEGORIES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(category))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static Stream<JsonObject> objects(Object array) {
        return array instanceof JsonArray list
                ? list.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                : Stream.empty();
    }

    /** The SDK reads objects without a fixed form as maps. */
    @SuppressWarnings("unchecked")
    private static JsonObject object(Object map) {
        return map instanceof Map<?, ?> fields ? new JsonObject((Map<String, Object>) fields) : new JsonObject();
    }

    private static String text(JsonObject json, String name) {
        return json.getValue(name) instanceof String text && !text.isEmpty() ? StorableText.of(text) : null;
    }
}
