package dev.comuta.message.content;

import dev.comuta.media.MediaRef;
import dev.comuta.platform.problem.Problem.Violation;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The file of an outgoing message. Providers get it by an address, or by the id that they gave it. */
public final class OutgoingFile {

    private static final int MAX_NAME = 240;
    private static final int MAX_ID = 255;
    private static final Pattern ADDRESS = Pattern.compile("https://[^\\s\"<>]{1,2000}");
    private static final Pattern TYPE =
            Pattern.compile("[\\w.+-]{1,100}/[\\w.+-]{1,100}(?:; ?[\\w-]{1,40}=[\\w.-]{1,40})?");

    private OutgoingFile() {}

    /**
     * A file that a content names.
     *
     * @param field the field of the content that has the file
     * @param kind the kind of the file, as its stored value
     */
    public record Named(String field, String kind, MediaRef ref) {}

    /** {@return the file of a content; empty when it has none} */
    public static Optional<Named> in(Content content) {
        Named file =
                switch (content) {
                    case Content.Media media -> new Named("content.file", media.contentType(), media.file());
                    case Outgoing.Template template
                    when template.header() != null ->
                        new Named(
                                "content.header.file",
                                template.header().contentType(),
                                template.header().file());
                    default -> null;
                };
        return Optional.ofNullable(file).filter(named -> named.ref() != null);
    }

    /** {@return the file of a content when it was uploaded here; empty when the provider or another server has it} */
    public static Optional<Named> uploadedIn(Content content) {
        return in(content).filter(file -> file.ref().mediaId() != null);
    }

    /** The content, which has a file, with another one. */
    public static Content with(Content content, MediaRef file) {
        return switch (content) {
            case Content.Media media -> new Content.Media(media.contentType(), file, media.caption());
            case Outgoing.Template template -> template.withFile(file);
            default -> content;
        };
    }

    /** {@return the address from which the provider reads the file, or null when it knows the file by an id of its own} */
    public static String link(MediaRef file) {
        return file.providerId() == null ? file.url() : null;
    }

    /** {@return why the file in a field cannot be sent, or null when it can} */
    static Violation objection(String field, MediaRef file) {
        long sources = file == null
                ? 0
                : Stream.of(file.mediaId(), file.url(), file.providerId())
                        .filter(source -> source != null)
                        .count();
        if (sources != 1) {
            return new Violation(field, "needs exactly one of mediaId, url and providerId");
        }
        if (file.url() != null && !ADDRESS.matcher(file.url()).matches()) {
            return new Violation(field + ".url", "must be an address with https, of at most 2000 characters");
        }
        if (file.mimeType() != null && !TYPE.matcher(file.mimeType()).matches()) {
            return new Violation(field + ".mimeType", "must be a media type, such as application/pdf");
        }
        return TextRules.first(
                TextRules.line(field + ".fileName", file.fileName(), MAX_NAME),
                TextRules.line(field + ".providerId", file.providerId(), MAX_ID));
    }
}
