package dev.comuta.message.content;

import dev.comuta.media.MediaRef;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** {@return why the content cannot be sent, or null when it can} A text is checked elsewhere: it can have parts. */
    public String objection(Content content) {
        return switch (content) {
            case Content.Text text -> text.text() == null ? "text is required" : null;
            case Content.Media media -> ofMedia(media);
            case Content.Location place -> ofPlace(place);
            case Contacts cards -> ofContacts(cards);
            case MessageChange.Reaction reaction ->
                reaction.target() == null ? "target is required" : TextRules.emoji(reaction.emoji());
            case Outgoing.Options options -> options.objection();
            case Outgoing.Template template -> ofTemplate(template);
            default -> "cannot be sent: " + content.contentType();
        };
    }

    private String ofMedia(Content.Media media) {
        ContentType kind = ContentType.of(media.contentType());
        boolean captioned = media.caption() != null && !media.caption().isEmpty();
        if (captioned && (kind == ContentType.AUDIO || kind == ContentType.STICKER)) {
            return "caption: " + media.contentType() + " has no caption";
        }
        if (captioned && media.caption().length() > caption) {
            return "caption has at most " + caption + " characters";
        }
        return OutgoingFile.objection(media.file());
    }

    private static String ofContacts(Contacts cards) {
        if (cards.contacts().isEmpty() || cards.contacts().size() > MAX_CONTACTS) {
            return "contacts has 1 to " + MAX_CONTACTS + " cards";
        }
        return cards.contacts().stream()
                .map(OutgoingLimits::ofCard)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String ofCard(ContactCard card) {
        if (card.name() == null || card.name().isBlank()) {
            return "every contact needs a name";
        }
        if (card.phones().size() > MAX_ADDRESSES || card.emails().size() > MAX_ADDRESSES) {
            return "contacts: a card has at most " + MAX_ADDRESSES + " phones and as many emails";
        }
        Stream<String> addresses = Stream.concat(
                card.phones().stream().map(phone -> TextRules.line("contacts.phones", phone, MAX_ADDRESS)),
                card.emails().stream().map(email -> TextRules.line("contacts.emails", email, MAX_ADDRESS)));
        return TextRules.first(
                TextRules.line("contacts.name", card.name(), MAX_NAME),
                TextRules.line("contacts.organization", card.organization(), MAX_NAME),
                addresses.filter(Objects::nonNull).findFirst().orElse(null));
    }

    private static String ofPlace(Content.Location place) {
        if (place.latitude() == null || place.longitude() == null) {
            return "latitude and longitude are required, and must be on the map";
        }
        return TextRules.first(
                TextRules.line("name", place.name(), MAX_PLACE), TextRules.line("address", place.address(), MAX_PLACE));
    }

    private String ofTemplate(Outgoing.Template content) {
        if (content.name() == null || !TEMPLATE_NAME.matcher(content.name()).matches()) {
            return "name has 1 to 512 letters without accents, digits and underscores";
        }
        if (content.body().stream().anyMatch(value -> value.isBlank() || value.length() > template)) {
            return "body: every value has 1 to " + template + " characters";
        }
        Outgoing.Header header = content.header();
        String spaced = TextRules.first(
                spaced("body", content.body().stream()),
                spaced("header.text", Stream.ofNullable(header).map(Outgoing.Header::text)),
                spaced("buttons", content.buttons().stream().map(Outgoing.ButtonValue::value)));
        return spaced == null ? ofHeader(header) : spaced;
    }

    private static String spaced(String field, Stream<String> values) {
        return values.anyMatch(value -> value != null && SPACED.matcher(value).find())
                ? field + ": no value has a line break, a tab or more than four spaces in a row"
                : null;
    }

    private static String ofHeader(Outgoing.Header header) {
        MediaRef file = header == null ? null : header.file();
        boolean isText = header != null && header.text() != null;
        if (header != null && isText == (file != null)) {
            return "header needs exactly one of text and file";
        }
        if (isText && header.text().isBlank()) {
            return "header.text must not be blank";
        }
        if (file != null && header.contentType() == null) {
            return "header.contentType is required with a file";
        }
        return file == null ? null : headerObjection(OutgoingFile.objection(file));
    }

    private static String headerObjection(String ofFile) {
        return ofFile == null ? null : "header." + ofFile;
    }
}
