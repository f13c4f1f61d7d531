package dev.comuta.provider.meta;

import dev.comuta.media.MediaRef;
import dev.comuta.message.content.ContactCard;
import dev.comuta.message.content.Contacts;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.ContentType;
import dev.comuta.message.content.MessageChange;
import dev.comuta.message.content.OptionList;
import dev.comuta.message.content.Outgoing;
import dev.comuta.message.content.OutgoingFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Content in the form of the Graph API (messages of Cloud API v23.0). */
final class MetaOutgoing {

    private static final String TYPE = "type";
    private static final String TEXT = "text";
    private static final String TITLE = "title";

    private static final Map<ContentType, String> MEDIA = Map.of(
            ContentType.IMAGE, "image",
            ContentType.VIDEO, "video",
            ContentType.AUDIO, "audio",
            ContentType.DOCUMENT, "document",
            ContentType.STICKER, "sticker");

    private MetaOutgoing() {}

    /** The fields {@code type} and the one that it names. The content must have been checked. */
    static JsonObject fields(Content content) {
        return switch (content) {
            case Content.Text text -> of(TEXT, new JsonObject().put("body", text.text()));
            case Content.Media media -> media(media);
            case Content.Location place -> of("location", location(place));
            case Contacts cards ->
                new JsonObject().put(TYPE, "contacts").put("contacts", array(cards.contacts(), MetaOutgoing::contact));
            case MessageChange.Reaction reaction ->
                of(
                        "reaction",
                        new JsonObject()
                                .put("message_id", reaction.target())
                                .put("emoji", reaction.emoji() == null ? "" : reaction.emoji()));
            case Outgoing.Options options -> of("interactive", interactive(options));
            case Outgoing.Template template -> of("template", template(template));
            default -> throw new IllegalArgumentException(content.contentType());
        };
    }

    private static JsonObject of(String type, JsonObject value) {
        return new JsonObject().put(TYPE, type).put(type, value);
    }

    private static JsonObject media(Content.Media media) {
        ContentType kind = ContentType.of(media.contentType());
        JsonObject file = file(media.file());
        putPresent(file, "caption", media.caption());
        if (kind == ContentType.DOCUMENT) {
            putPresent(file, "filename", media.file().fileName());
        }
        if (kind == ContentType.AUDIO && isVoice(media.file())) {
            file.put("voice", true);
        }
        return of(MEDIA.get(kind), file);
    }

    /** WhatsApp shows Ogg with Opus as a voice note. */
    private static boolean isVoice(MediaRef file) {
        return file.mimeType() != null && file.mimeType().startsWith("audio/ogg");
    }

    private static JsonObject file(MediaRef file) {
        String link = OutgoingFile.link(file);
        return link == null ? new JsonObject().put("id", file.providerId()) : new JsonObject().put("link", link);
    }

    private static JsonObject location(Content.Location place) {
        JsonObject location = new JsonObject()
                .put("latitude", place.latitude().toString())
                .put("longitude", place.longitude().toString());
        putPresent(location, "name", place.name());
        putPresent(location, "address", place.address());
        return location;
    }

    private static JsonObject contact(ContactCard card) {
        JsonObject contact = new JsonObject()
                .put("name", new JsonObject().put("formatted_name", card.name()).put("first_name", card.name()));
        if (!card.phones().isEmpty()) {
            contact.put("phones", array(card.phones(), phone -> new JsonObject().put("phone", phone)));
        }
        if (!card.emails().isEmpty()) {
            contact.put("emails", array(card.emails(), email -> new JsonObject().put("email", email)));
        }
        if (card.organization() != null) {
            contact.put("org", new JsonObject().put("company", card.organization()));
        }
        return contact;
    }

    private static JsonObject interactive(Outgoing.Options options) {
        JsonObject interactive = new JsonObject().put("body", new JsonObject().put(TEXT, options.text()));
        if (options.header() != null) {
            interactive.put("header", new JsonObject().put(TYPE, TEXT).put(TEXT, options.header()));
        }
        if (options.footer() != null) {
            interactive.put("footer", new JsonObject().put(TEXT, options.footer()));
        }
        if (options.list() != null) {
            return interactive.put(TYPE, "list").put("action", list(options.list()));
        }
        return options.link() == null
                ? interactive.put(TYPE, "button").put("action", buttons(options.buttons()))
                : interactive.put(TYPE, "cta_url").put("action", link(options.link()));
    }

    private static JsonObject list(OptionList menu) {
        return new JsonObject()
                .put("button", menu.button())
                .put("sections", array(menu.sections(), MetaOutgoing::section));
    }

    private static JsonObject section(OptionList.Section section) {
        JsonObject fields = new JsonObject().put("rows", array(section.rows(), MetaOutgoing::row));
        putPresent(fields, TITLE, section.title());
        return fields;
    }

    private static JsonObject row(OptionList.Row row) {
        JsonObject fields = new JsonObject().put("id", row.id()).put(TITLE, row.title());
        putPresent(fields, "description", row.description());
        return fields;
    }

    private static JsonObject buttons(List<Outgoing.Button> buttons) {
        return new JsonObject().put("buttons", array(buttons, button -> new JsonObject()
                .put(TYPE, "reply")
                .put("reply", new JsonObject().put("id", button.id()).put(TITLE, button.title()))));
    }

    private static JsonObject link(Outgoing.Link link) {
        return new JsonObject()
                .put("name", "cta_url")
                .put(
                        "parameters",
                        new JsonObject().put("display_text", link.title()).put("url", link.url()));
    }

    private static JsonObject template(Outgoing.Template template) {
        JsonArray components = new JsonArray();
        if (template.header() != null) {
            components.add(component("header", new JsonArray().add(header(template.header()))));
        }
        if (!template.body().isEmpty()) {
            components.add(component("body", array(template.body(), value -> text(TEXT, value))));
        }
        template.buttons().forEach(button -> components.add(button(button)));
        JsonObject fields = new JsonObject()
                .put("name", template.name())
                .put("language", new JsonObject().put("policy", "deterministic").put("code", template.language()));
        return components.isEmpty() ? fields : fields.put("components", components);
    }

    private static JsonObject component(String type, JsonArray parameters) {
        return new JsonObject().put(TYPE, type).put("parameters", parameters);
    }

    private static JsonObject header(Outgoing.Header header) {
        if (header.file() == null) {
            return text(TEXT, header.text());
        }
        String kind = MEDIA.get(ContentType.of(header.contentType()));
        return of(kind, file(header.file()));
    }

    private static JsonObject button(Outgoing.ButtonValue button) {
        boolean isUrl = button.opensAddress();
        return component("button", new JsonArray().add(text(isUrl ? TEXT : "payload", button.value())))
                .put("sub_type", isUrl ? "url" : "quick_reply")
                .put("index", Integer.toString(button.index()));
    }

    private static JsonObject text(String type, String value) {
        return new JsonObject().put(TYPE, type).put(type, value);
    }

    private static void putPresent(JsonObject object, String name, String value) {
        if (value != null && !value.isEmpty()) {
            object.put(name, value);
        }
    }

    private static <T> JsonArray array(List<T> values, Function<T, JsonObject> form) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(form.apply(value)));
        return array;
    }
}
