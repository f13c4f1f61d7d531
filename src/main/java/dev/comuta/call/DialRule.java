package dev.comuta.call;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Port: whether a stored call of the company may be dialled now. */
public interface DialRule {

    /**
     * How long the call must wait.
     *
     * @return null when it may be dialled now; fails with {@link RefusedCall} when it may not be dialled at all
     */
    Uni<Duration> delay(Tx tx, StoredCall call);
}
