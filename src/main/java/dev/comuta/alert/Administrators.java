package dev.comuta.alert;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Port: the recipients of a client's alerts. */
public interface Administrators {

    /** The mail addresses of the client's active administrators; may be empty. */
    Uni<List<String>> addresses(Tx tx, long clientId);
}
