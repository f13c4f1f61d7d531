package dev.comuta.media;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/**
 * Port: notified when a file that was fetched from a provider can be read, or cannot be had, in the transaction that
 * stores this.
 */
public interface MediaListener {

    /**
     * The file can be read from now on.
     *
     * @param file the row as it was before
     */
    Uni<Void> available(Tx tx, StoredMedia file);

    /**
     * The file could not be fetched, or was refused.
     *
     * @param taskId the task that failed to fetch it
     */
    Uni<Void> unavailable(Tx tx, StoredMedia file, long taskId);
}
