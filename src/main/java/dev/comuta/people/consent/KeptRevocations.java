package dev.comuta.people.consent;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.secret.Secrets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Revocations that outlive the erasure of a person. Of the person only fingerprints of the identities remain: with them
 * an end user who is registered once more with the same number is recognized, and nobody is found by them without the
 * server's key.
 */
@ApplicationScoped
public class KeptRevocations {

    private static final String IDENTITIES =
            "select Kind, Value from EndUserIdentities where ClientID = $1 and EndUserID = $2";

    /** Most clients have no kept revocations, and then there is nothing to compare. */
    private static final String COMPARED = IDENTITIES + " and exists (select from KeptRevocations where ClientID = $1)";

    private static final String RESTORE = "select comuta_restore_revocations($1, $2, $3)";

    private final Secrets secrets;

    KeptRevocations(Secrets secrets) {
        this.secrets = secrets;
    }

    /** The fingerprints of the identities that an end user has now, under which an erasure keeps the revocations. */
    public Uni<Buffer[]> fingerprints(Tx tx, long clientId, long endUserId) {
        return fingerprints(tx, IDENTITIES, clientId, endUserId);
    }

    /**
     * Gives an end user the revocations that were kept of an erased person with the same identity, with their times. Call
     * this before a consent is read.
     */
    public Uni<Void> restore(Tx tx, long clientId, long endUserId) {
        return fingerprints(tx, COMPARED, clientId, endUserId)
                .chain(identities ->
                        Unis.when(identities.length > 0, () -> tx.sql(RESTORE, clientId, endUserId, identities)
                                .replaceWithVoid()));
    }

    private Uni<Buffer[]> fingerprints(Tx tx, String identities, long clientId, long endUserId) {
        return tx.list(identities, row -> fingerprint(clientId, row), clientId, endUserId)
                .map(all -> all.toArray(Buffer[]::new));
    }

    private Buffer fingerprint(long clientId, Row identity) {
        String name = identity.getString("kind") + "/" + identity.getString("value");
        return Buffer.buffer(secrets.fingerprint("identity of an erased person/" + clientId + "/" + name));
    }
}
