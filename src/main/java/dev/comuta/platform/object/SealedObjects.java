package dev.comuta.platform.object;

import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.secret.Secrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;

/**
 * Encrypted objects: each has a data key of its own, which the caller keeps sealed in its row. Without the row an object
 * is unreadable, so deleting the row erases it.
 */
@ApplicationScoped
public class SealedObjects {

    private final ObjectStore store;
    private final IncomingFolder incoming;
    private final Secrets secrets;

    SealedObjects(ObjectStore store, IncomingFolder incoming, Secrets secrets) {
        this.store = store;
        this.incoming = incoming;
        this.secrets = secrets;
    }

    /**
     * An object.
     *
     * @param sealedKey the data key, sealed for the database
     * @param size the size of its text
     */
    public record SealedObject(String key, String sealedKey, long size) {}

    /**
     * Opens a file to write. The caller stores or {@linkplain #discard discards} it.
     *
     * @param limit most bytes
     * @return fails with a {@link StorageFull} when little space is left
     */
    public Uni<IncomingFile> receive(long limit) {
        return incoming.create(limit);
    }

    /** Deletes an incoming file; does nothing when it was stored. Does not fail. */
    public Uni<Void> discard(IncomingFile file) {
        return incoming.delete(file);
    }

    /**
     * Stores an incoming file that was ended.
     *
     * @param key of {@link ObjectKey#next}
     */
    public Uni<SealedObject> store(IncomingFile file, String key) {
        long length = SegmentCipher.sealedLength(file.size());
        SealedObject object =
                new SealedObject(key, secrets.seal(Base64.getEncoder().encodeToString(file.secret())), file.size());
        return store.put(key, file.path(), length, file.sealedSha256()).replaceWith(object);
    }

    /** The text of an incoming file that was ended. */
    public Uni<ObjectBody> open(IncomingFile file) {
        SegmentRange whole = new SegmentRange(file.size(), 0, file.size());
        return incoming.open(file, whole.sealedOffset())
                .map(body -> opening(body, SegmentCipher.of(file.secret()), whole));
    }

    /**
     * The text of an object, or a part of it.
     *
     * @param length at least 1, within the object; 0 for an empty object
     * @return fails with a {@link TransientFailure} when the store does not answer; the stream fails with an
     *     {@link ObjectChanged} when the object is not the one that was stored, and with a {@link TransientFailure} when it
     *     cannot be read
     */
    public Uni<ObjectBody> open(SealedObject object, long offset, long length) {
        SegmentRange range = new SegmentRange(object.size(), offset, length);
        SegmentCipher cipher = SegmentCipher.of(Base64.getDecoder().decode(secrets.open(object.sealedKey())));
        return store.get(object.key(), range.sealedOffset(), range.sealedLength())
                .map(body -> opening(body, cipher, range));
    }

    private static ObjectBody opening(ObjectBody body, SegmentCipher cipher, SegmentRange range) {
        OpeningStream text = new OpeningStream(body.stream(), cipher, range);
        return new ObjectBody(text, () -> {
            text.close();
            body.release().run();
        });
    }

    /** Deletes an object; succeeds when there is none. */
    public Uni<Void> delete(String key) {
        return store.delete(key);
    }
}
