package dev.comuta.message.content;

import dev.comuta.media.MediaRef;

/**
 * What outgoing content must have, whichever provider sends it, and the limits that senders set.
 *
 * @param caption longest caption of a file
 * @param template longest text of a value of a template's variable
 */
public record OutgoingLimits(int caption, int template) {

    private static final int MAX_CONTACTS = 5;

    /** {@return why the content cannot be sent, or null when it can} A text is checked elsewhere: it can have parts. */
    public String objection(Content content) {
        return switch (content) {
            case Content.Text text -> text.text() == null ? "text is required" : null;
            case Content.Media media -> ofMedia(media);
            case Content.Location place ->
                place.latitude() == null || place.longitude() == null
                        ? "latitude and longitude are required, and must be on the map"
                        : null;
            case Contacts cards -> ofContacts(cards);
            case MessageChange.Reaction reaction -> reaction.target() == null ? "target is required" : null;
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
        return cards.contacts().stream().map(ContactCard::name).anyMatch(name -> name == null || name.isBlank())
                ? "every contact needs a name"
                : null;
    }

    private String ofTemplate(Outgoing.Template content) {
        if (content.body().stream().anyMatch(value -> value.isBlank() || value.length() > template)) {
            return "body: every value has 1 to " + template + " characters";
        }
        Outgoing.Header header = content.header();
        MediaRef file = header == null ? null : header.file();
        boolean isText = header != null && header.text() != null;
        if (header != null && isText == (file != null)) {
            return "header needs exactly one of text and file";
        }
        if (file != null && header.contentType() == null) {
            return "header.contentType is required with a file";
        }
        return file == null ? null : OutgoingFile.objection(file);
    }
}
