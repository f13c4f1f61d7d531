package dev.comuta.message.content;

import dev.comuta.platform.problem.Problem.Violation;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What outgoing content must have, whichever provider sends it, and the limits that senders set.
 *
 * @param caption longest caption of a file
 * @param template longest text of a value of a template's variable
 */
public record OutgoingLimits(int caption, int template) {

    private static final int MAX_CONTACTS = 5;
    private static final int MAX_PLACE = 1000;
    private static final int MAX_NAME = 255;
    private static final int MAX_ADDRESSES = 20;
    private static final int MAX_ADDRESS = 128;
    private static final Pattern TEMPLATE_NAME = Pattern.compile("[A-Za-z0-9_]{1,512}");

    /** WhatsApp refuses it in values of templates. */
    private static final Pattern SPACED = Pattern.compile("[\\r\\n\\t]| {5}");

    /**
     * {@return why the content cannot be sent, with the path of the field in the content, or null when it can} The path is
     * empty for the content as a whole. A text is checked elsewhere: it can have parts.
     */
    public Violation objection(Content content) {
        return switch (content) {
            case Content.Text text -> text.text() == null ? TextRules.required("text") : null;
            case Content.Media media -> ofMedia(media);
            case Content.Location place -> ofPlace(place);
            case Contacts cards -> ofContacts(cards.contacts());
            case MessageChange.Reaction reaction ->
                reaction.target() == null ? TextRules.required("target") : TextRules.emoji("emoji", reaction.emoji());
            case Outgoing.Options options -> options.objection();
            case Outgoing.Template template -> ofTemplate(template);
            default ->
                content.contentType() == null
                        ? TextRules.required(Content.TYPE)
                        : new Violation(Content.TYPE, "must be one of " + ContentType.sendable());
        };
    }

    private Violation ofMedia(Content.Media media) {
        ContentType kind = ContentType.of(media.contentType());
        boolean captioned = media.caption() != null && !media.caption().isEmpty();
        if (captioned && (kind == ContentType.AUDIO || kind == ContentType.STICKER)) {
            return new Violation("caption", "must be null: " + media.contentType() + " has no caption");
        }
        if (captioned && media.caption().length() > caption) {
            return new Violation("caption", "has at most " + caption + " characters");
        }
        return OutgoingFile.objection("file", media.file());
    }

    private static Violation ofContacts(List<ContactCard> cards) {
        return cards.isEmpty() || cards.size() > MAX_CONTACTS
                ? new Violation("contacts", "has 1 to " + MAX_CONTACTS + " cards")
                : TextRules.each("contacts", cards, OutgoingLimits::ofCard);
    }

    private static Violation ofCard(String path, ContactCard card) {
        if (card.name() == null || card.name().isBlank()) {
            return TextRules.required(path + ".name");
        }
        return TextRules.first(
                TextRules.line(path + ".name", card.name(), MAX_NAME),
                TextRules.line(path + ".organization", card.organization(), MAX_NAME),
                ofAddresses(path + ".phones", card.phones()),
                ofAddresses(path + ".emails", card.emails()));
    }

    private static Violation ofAddresses(String path, List<String> addresses) {
        return addresses.size() > MAX_ADDRESSES
                ? new Violation(path, "has at most " + MAX_ADDRESSES + " entries")
                : TextRules.each(path, addresses, (field, address) -> TextRules.line(field, address, MAX_ADDRESS));
    }

    /** Coordinates that are not on the map were read as null. */
    private static Violation ofPlace(Content.Location place) {
        if (place.latitude() == null) {
            return new Violation("latitude", "is required, from -90 to 90");
        }
        if (place.longitude() == null) {
            return new Violation("longitude", "is required, from -180 to 180");
        }
        return TextRules.first(
                TextRules.line("name", place.name(), MAX_PLACE), TextRules.line("address", place.address(), MAX_PLACE));
    }

    private Violation ofTemplate(Outgoing.Template content) {
        if (content.name() == null || !TEMPLATE_NAME.matcher(content.name()).matches()) {
            return new Violation("name", "has 1 to 512 letters without accents, digits and underscores");
        }
        return TextRules.first(
                TextRules.each("body", content.body(), this::ofValue),
                content.header() == null ? null : ofHeader(content.header()),
                TextRules.each(
                        "buttons", content.buttons(), (path, button) -> spaced(path + ".value", button.value())));
    }

    private Violation ofValue(String path, String value) {
        return value.isBlank() || value.length() > template
                ? new Violation(path, "has 1 to " + template + " characters")
                : spaced(path, value);
    }

    private static Violation spaced(String path, String value) {
        return value != null && SPACED.matcher(value).find()
                ? new Violation(path, "has no line break, no tab and at most four spaces in a row")
                : null;
    }

    private static Violation ofHeader(Outgoing.Header header) {
        boolean isText = header.text() != null;
        if (isText == (header.file() != null)) {
            return new Violation("header", "needs exactly one of text and file");
        }
        if (isText) {
            return header.text().isBlank()
                    ? new Violation("header.text", "must not be blank")
                    : spaced("header.text", header.text());
        }
        return header.contentType() == null
                ? new Violation("header.contentType", "is required with a file")
                : OutgoingFile.objection("header.file", header.file());
    }
}
