package dev.comuta.message.file;

import dev.comuta.media.SentFiles;
import dev.comuta.media.SentFiles.Sending;
import dev.comuta.media.SentFiles.Wanted;
import dev.comuta.message.content.Content;
import dev.comuta.message.content.OutgoingFile;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.http.SsrfGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Uploaded files in outgoing contents. Content without such a file passes unchanged. */
@ApplicationScoped
public class MessageFiles {

    private final SentFiles files;
    private final SsrfGuard guard;

    public MessageFiles(SentFiles files, SsrfGuard guard) {
        this.files = files;
        this.guard = guard;
    }

    /** Checks the address of the file of a content, without a DNS query: its provider must be able to reach it. */
    public Uni<Void> requireAddress(long clientId, Content content) {
        return OutgoingFile.in(content)
                .map(file -> guard.require(
                        clientId, file.field() + ".url", file.ref().url()))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /**
     * Checks the file of a content that is not stored yet.
     *
     * @param limit most bytes that the provider accepts
     * @return the content with type and name of its file; fails as {@link SentFiles#require} does
     */
    public Uni<Content> require(Tx tx, long clientId, Content content, long limit) {
        return OutgoingFile.uploadedIn(content)
                .map(file -> new Wanted(clientId, file.field() + ".mediaId", file.kind(), file.ref(), limit))
                .map(wanted -> files.require(tx, wanted).map(ref -> OutgoingFile.with(content, ref)))
                .orElseGet(() -> Uni.createFrom().item(content));
    }

    /** Records that a stored message sends its file. */
    public Uni<Void> attach(Tx tx, Sending message, Content content) {
        return OutgoingFile.uploadedIn(content)
                .map(file -> files.attach(tx, message, file.ref()))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** {@return the content with a link to its file, as {@link SentFiles#linked}} */
    public Uni<Content> linked(Tx tx, long clientId, Content content) {
        return OutgoingFile.uploadedIn(content)
                .map(file -> files.linked(tx, clientId, file.ref()).map(ref -> OutgoingFile.with(content, ref)))
                .orElseGet(() -> Uni.createFrom().item(content));
    }
}
