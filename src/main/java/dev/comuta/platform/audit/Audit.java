package dev.comuta.platform.audit;

import dev.comuta.platform.db.TransactionListener;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the audit: who changed what, when and from where, in the transaction of the change and as its last statement, so
 * that a client's changes wait for each other only for the commit. Ids and words of the API, never content.
 */
@ApplicationScoped
public class Audit implements TransactionListener {

    /** A transaction that wrote nothing, and was not asked to tell of its reading, leaves no entry. */
    private static final String ADD = """
            insert into AuditEntries
                (ClientID, Chained, HappenedAt, CallerKind, CallerRole, CallerID, Action, Target, Origin)
            select $1::bigint, $2::boolean, clock_timestamp(), $3::text, $4::text, $5::bigint, $6::text, $7::text, $8::text
            where not $2::boolean or pg_current_xact_id_if_assigned() is not null""";

    private static final String SYSTEM = "sistema";

    /** In a request that is audited, the transaction ends with its entry. */
    @Override
    public Optional<Function<Tx, Uni<Void>>> beforeCommit() {
        return AuditedRequest.current().map(request -> tx -> add(tx, request));
    }

    /**
     * Tells of something that happened by itself, or later than it was asked for.
     *
     * @param action a word of the API's style, for example {@code endUserErased}
     * @param target the path of what it happened to
     */
    public static Uni<Void> ofSystem(Tx tx, long clientId, String action, String target) {
        return tx.sql(ADD, clientId, true, SYSTEM, null, null, action, target, null)
                .replaceWithVoid();
    }

    private static Uni<Void> add(Tx tx, AuditedRequest request) {
        Caller caller = request.caller();
        return tx.sql(
                        ADD,
                        request.clientId(),
                        !request.reads(),
                        caller.kind().stored(),
                        caller.role().stored(),
                        caller.id(),
                        request.action(),
                        request.target(),
                        request.origin())
                .replaceWithVoid();
    }
}
