package dev.comuta.media;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: notified when a file that was fetched from a provider can be read, in the transaction that makes it readable. */
public interface MediaListener {

    /**
     * The file can be read from now on.
     *
     * @param file the row as it was before
     */
    Uni<Void> available(Tx tx, StoredMedia file);
}
