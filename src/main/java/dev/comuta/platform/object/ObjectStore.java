package dev.comuta.platform.object;

import io.smallrye.mutiny.Uni;
import java.nio.file.Path;

/**
 * Port: stores immutable objects by key. Keys come from {@link ObjectKey}, never from a client. Every method fails with
 * a {@link dev.comuta.platform.problem.TransientFailure} when the store does not answer or refuses.
 */
public interface ObjectStore {

    /**
     * Stores a file as an object. A repeated call replaces the object. The file is moved or copied: it must not be used
     * afterwards.
     *
     * @param length the length of the file
     * @param sha256 the checksum of the file, in hexadecimal
     * @return fails with a {@link StorageFull} when there is no space
     */
    Uni<Void> put(String key, Path file, long length, String sha256);

    /**
     * Opens a part of an object.
     *
     * @param length at least 1; the part lies within the object
     */
    Uni<ObjectBody> get(String key, long offset, long length);

    /** {@return the length of an object, or null when there is none} */
    Uni<Long> head(String key);

    /** Removes an object; succeeds when there is none. */
    Uni<Void> delete(String key);
}
