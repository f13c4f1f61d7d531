package dev.comuta.platform.audit;

import dev.comuta.platform.db.TransactionListener;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.security.Caller;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes the audit: caller, operation, target, time and origin of each change. The entry is the last statement of the
 * change's transaction, so that a client's changes block each other only during the commit. It holds ids and words of
 * the API, never content.
 */
@ApplicationScoped
public class Audit implements TransactionListener {

    /** Adds no entry for a transaction that wrote nothing, unless its read is audited. */
    private static final String ADD = """
            insert into AuditEntries
                (ClientID, Chained, HappenedAt, CallerKind, CallerRole, CallerID, Action, Target, Origin)
            select $1::bigint, $2::boolean, clock_timestamp(), $3::text, $4::text, $5::bigint, $6::text, $7::text, $8::text
            where not $2::boolean or pg_current_xact_id_if_assigned() is not null""";

    /** The statement that adds the entry, when the current request is audited. */
    @Override
    public Optional<Function<Tx, Uni<Void>>> beforeCommit() {
        return AuditedRequest.current().map(request -> tx -> add(tx, request));
    }

    /** Opens a transaction that gives the current request no entry, because the request has another one that does. */
    public static <T> Uni<T> withoutEntry(Supplier<Uni<T>> transaction) {
        return AuditedRequest.aside(transaction);
    }

    /**
     * Does work of several transactions for the current request as if there were no request: none of them adds an entry,
     * because another transaction of the request does. Its result is emitted in the context of the request.
     */
    public static <T> Uni<T> apart(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Context request = Vertx.currentContext();
            return request == null ? work.get() : apart(request, work);
        });
    }

    private static <T> Uni<T> apart(Context request, Supplier<Uni<T>> work) {
        Context own = VertxContext.createNewDuplicatedContext(request);
        return Uni.createFrom()
                .<T>deferred(work::get)
                .runSubscriptionOn(task -> own.runOnContext(v -> task.run()))
                .emitOn(task -> request.runOnContext(v -> task.run()));
    }

    /** Gives the current request an entry although its transaction changes no row: it had its effect elsewhere. */
    public static Uni<Void> evenWithoutChange(Tx tx) {
        return tx.sql("select pg_current_xact_id()").replaceWithVoid();
    }

    /**
     * Adds an entry for a change that the server makes without a request, or after it.
     *
     * @param action the name of the action in camelCase, for example {@code endUserErased}
     * @param target the path of the changed resource
     */
    public static Uni<Void> ofSystem(Tx tx, long clientId, String action, String target) {
        return tx.sql(ADD, clientId, true, AuditCallerKind.SYSTEM, null, null, action, target, null)
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
