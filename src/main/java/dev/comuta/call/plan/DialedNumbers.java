package dev.comuta.call.plan;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Port: which numbers a client may dial. */
public interface DialedNumbers {

    /**
     * Fails as invalid when a client must not dial a number.
     *
     * @param field names the number in the problem
     */
    Uni<Void> require(Tx tx, long clientId, String field, String number);
}
