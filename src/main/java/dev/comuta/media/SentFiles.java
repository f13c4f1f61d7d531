package dev.comuta.media;

import dev.comuta.media.MediaLinks.Target;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Uploaded files that messages send. Several messages may send the same file, also to different people; it is removed with
 * the last of them. Providers read it by a link that is made for each attempt to send.
 */
@ApplicationScoped
public class SentFiles {

    private final MediaStore media;
    private final MediaLinks links;

    SentFiles(MediaStore media, MediaLinks links) {
        this.media = media;
        this.links = links;
    }

    /**
     * A file in a message that is not stored yet.
     *
     * @param field the field of its id, for problems
     * @param kind the kind of file that the message says, by its stored value
     * @param limit most bytes that the provider accepts
     */
    public record Wanted(long clientId, String field, String kind, MediaRef file, long limit) {}

    /** A stored message. */
    public record Sending(long clientId, long sessionId, long messageId) {}

    /**
     * Checks that the client has uploaded the file, that it can be read, and that it fits into the message. Until the
     * transaction ends nothing removes it.
     *
     * @return the reference with type and name of the file; fails as invalid when the file does not fit, and with a
     *     conflict when it is held or infected
     */
    public Uni<MediaRef> require(Tx tx, Wanted wanted) {
        return media.findUpload(tx, wanted.clientId(), wanted.file().mediaId()).map(row -> checked(wanted, row));
    }

    private static MediaRef checked(Wanted wanted, StoredMedia row) {
        if (row == null) {
            throw Problem.invalid(wanted.field(), "is not a file that this client uploaded");
        }
        if (!row.isAvailable()) {
            throw Problem.of(ProblemType.CONFLICT, "the file cannot be sent: its status is " + row.status());
        }
        if (!row.kind().equals(wanted.kind())) {
            throw Problem.invalid(wanted.field(), "is a file of the kind " + row.kind() + ", not " + wanted.kind());
        }
        if (row.size() > wanted.limit()) {
            throw Problem.invalid(
                    wanted.field(),
                    "has " + row.size() + " bytes; a file has at most " + FileKind.words(wanted.limit())
                            + " at the provider of this channel");
        }
        String name = wanted.file().fileName();
        return new MediaRef(null, null, row.contentType(), name == null ? row.fileName() : name, null, row.mediaId());
    }

    /** Records that a message sends a file, after {@link #require} in the same transaction. */
    public Uni<Void> attach(Tx tx, Sending message, MediaRef file) {
        return media.send(tx, message, file.mediaId());
    }

    /**
     * The file by a link that the provider can read for ten minutes.
     *
     * @return fails permanently when the file was removed, or its client is 'Inativo'
     */
    public Uni<MediaRef> linked(Tx tx, long clientId, MediaRef file) {
        return media.findReadable(tx, clientId, file.mediaId())
                .onItem()
                .ifNull()
                .failWith(() -> new PermanentFailure("the file of the message cannot be read any longer"))
                .chain(row -> tx.now())
                .map(now -> links.sign(new Target(clientId, file.mediaId()), now, MediaLinks.LONGEST))
                .map(link -> new MediaRef(null, link.url(), file.mimeType(), file.fileName(), null));
    }
}
