package dev.comuta.provider.twilio;

import dev.comuta.message.content.Content;
import dev.comuta.message.content.Outgoing;
import dev.comuta.message.content.OutgoingFile;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem.Violation;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Locale;

/**
 * Content in the form of Twilio's Messages resource. A field that the content does not have is null.
 *
 * @param body the text, or the caption of a file
 * @param mediaUrl the address of a file
 * @param action a place, as a persistent action
 * @param contentSid the template in Content API
 * @param contentVariables the values of its variables by their numbers, as JSON
 */
record TwilioOutgoing(String body, URI mediaUrl, String action, String contentSid, String contentVariables) {

    private static final String CONTENT_SID = "HX[0-9a-fA-F]{32}";

    /** {@return why Twilio cannot send this content, or null when it can} */
    static Violation objection(Content content) {
        return switch (content) {
            case Content.Text text -> null;
            case Content.Location place -> null;
            case Content.Media media ->
                media.file().providerId() != null
                        ? new Violation(
                                "file.providerId",
                                "must be null, with url or mediaId: Twilio reads files by their address")
                        : null;
            case Outgoing.Template template -> null;
            default -> new Violation(Content.TYPE, "the provider Twilio does not send " + content.contentType());
        };
    }

    /** The content, which must have been checked. */
    static TwilioOutgoing of(Content content) {
        return switch (content) {
            case Content.Text text -> new TwilioOutgoing(text.text(), null, null, null, null);
            case Content.Media media ->
                new TwilioOutgoing(media.caption(), URI.create(OutgoingFile.link(media.file())), null, null, null);
            case Content.Location place -> new TwilioOutgoing(labelOf(place), null, geo(place), null, null);
            case Outgoing.Template template -> ofTemplate(template);
            default -> throw new IllegalArgumentException(content.contentType());
        };
    }

    /** A template in the form of {@link TwilioVariables#form}. */
    private static TwilioOutgoing ofTemplate(Outgoing.Template template) {
        if (!template.name().matches(CONTENT_SID)) {
            throw new PermanentFailure("the channel has no such template, and its name is no ContentSid");
        }
        if (template.header() != null || !template.buttons().isEmpty()) {
            throw new PermanentFailure("the values of a template that the channel does not have all belong into body");
        }
        return new TwilioOutgoing(null, null, null, template.name(), variables(template));
    }

    /** Twilio shows the body as the name of the place, and requires one. */
    private static String labelOf(Content.Location place) {
        return place.name() == null ? coordinates(place) : place.name();
    }

    private static String geo(Content.Location place) {
        String label = place.address() == null ? place.name() : place.address();
        return "geo:" + coordinates(place) + (label == null ? "" : "|" + label);
    }

    private static String coordinates(Content.Location place) {
        return String.format(Locale.ROOT, "%s,%s", place.latitude(), place.longitude());
    }

    private static String variables(Outgoing.Template template) {
        JsonObject values = new JsonObject();
        for (int i = 0; i < template.body().size(); i++) {
            values.put(Integer.toString(i + 1), template.body().get(i));
        }
        return values.isEmpty() ? null : values.encode();
    }
}
