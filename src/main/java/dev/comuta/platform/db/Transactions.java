package dev.comuta.platform.db;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.trace.Tracing;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Opens every transaction. It begins, sets one tenant (row-level security then limits it to the tenant's rows) or, for
 * a named reason, its role; runs the work; runs the listener's last statement; commits; and then publishes
 * the tasks that the work requested.
 *
 * <p>A transaction that has begun always completes, even when its caller cancels or times out, so that no connection
 * leaks. The limits of its {@link Workload} bound each statement. It fails with a {@link Problem} of type
 * {@link dev.comuta.platform.problem.ProblemType#UNAVAILABLE} when the database is unavailable, too slow or too busy;
 * it may then be committed nevertheless. It fails with the failure of the work after the rollback.
 *
 * <p>Work that several tenants share waits for a lock only briefly, and is then rolled back as unavailable
 * ({@link DatabaseFailures#isLockTimeout}).
 *
 * <p>After a deadlock or a serialization failure the whole work runs again in a new transaction, at most twice. So work
 * changes nothing but rows.
 */
@ApplicationScoped
public class Transactions {

    /** Row-level security then shows no tenant's rows. */
    private static final String NO_TENANT = "select set_config('comuta.client', '', true)";

    private static final int CONFLICT_RETRIES = 2;

    private final ConnectionPools pools;
    private final Mutiny.SessionFactory sessions;
    private final TransactionListener listener;
    private final CommitListener afterCommit;
    private final DatabaseConfig config;
    private final Tracing tracing;
    private final AtomicInteger inFlight = new AtomicInteger();

    Transactions(
            ConnectionPools pools,
            Mutiny.SessionFactory sessions,
            TransactionListener listener,
            CommitListener afterCommit,
            DatabaseConfig config,
            Tracing tracing) {
        this.pools = pools;
        this.sessions = sessions;
        this.listener = listener;
        this.afterCommit = afterCommit;
        this.config = config;
        this.tracing = tracing;
    }

    /** Runs work with entities in a transaction that sees one tenant's rows; for a broker, only the broker's own rows. */
    public <T> Uni<T> inTenant(long clientId, Function<EntityTx, Uni<T>> work) {
        return withSession(Workload.API, tenant(clientId), work);
    }

    /** Runs work with entities in a transaction that sees the rows of all tenants. */
    public <T> Uni<T> asPlatform(PlatformReason reason, Function<EntityTx, Uni<T>> work) {
        return withSession(reason.workload(), platform(reason), work);
    }

    /**
     * Runs work with plain statements in a transaction that sees one tenant's rows, without a Hibernate session, for hot
     * paths. A caller that must respond in time sets its own limit.
     */
    public <T> Uni<T> statementsInTenant(long clientId, Function<Tx, Uni<T>> work) {
        return statementsInTenant(Workload.TENANT, clientId, work);
    }

    /** The same for another kind of work. */
    public <T> Uni<T> statementsInTenant(Workload workload, long clientId, Function<Tx, Uni<T>> work) {
        return withConnection(workload, tenant(clientId), work::apply);
    }

    /**
     * Runs work of several tenants with plain statements, in one commit. The tenants' work may run concurrently, each as one
     * stream, and must stay on the caller's event loop.
     */
    public <T> Uni<T> statementsInTenants(Workload workload, Function<Tenants, Uni<T>> work) {
        return withConnection(workload, NO_TENANT, tx -> work.apply(new SharedTx(tx)));
    }

    /**
     * The same for work that was rolled back because of a lock, and that is repeated in parts.
     *
     * @param lockLimit longest wait for a lock, shorter than the limit of the connection
     */
    public <T> Uni<T> statementsInTenants(Workload workload, Duration lockLimit, Function<Tenants, Uni<T>> work) {
        return withConnection(workload, NO_TENANT + limit(lockLimit), tx -> work.apply(new SharedTx(tx)));
    }

    /** Runs work with plain statements in a transaction that sees the rows of all tenants. */
    public <T> Uni<T> statementsAsPlatform(PlatformReason reason, Function<Tx, Uni<T>> work) {
        return withConnection(reason.workload(), platform(reason), work::apply);
    }

    /** The same with another limit of waiting for a lock, as {@link #statementsInTenants(Workload, Duration, Function)}. */
    public <T> Uni<T> statementsAsPlatform(PlatformReason reason, Duration lockLimit, Function<Tx, Uni<T>> work) {
        return withConnection(reason.workload(), platform(reason) + limit(lockLimit), work::apply);
    }

    /** Whether a transaction of this process waits for the database longer than any statement may take. */
    public boolean isAnyStuck() {
        return pools.isAnyStuck();
    }

    /** Runs work in a transaction without a tenant and without a reason, which shows no tenant's rows. */
    <T> Uni<T> statementsOfLogin(Workload workload, Function<Tx, Uni<T>> work) {
        return withConnection(workload, NO_TENANT, work::apply);
    }

    private static String tenant(long clientId) {
        return RowScope.settings() + "select set_config('comuta.client', '" + clientId + "', true)";
    }

    private static String platform(PlatformReason reason) {
        return "set local role " + reason.databaseRole();
    }

    private static String limit(Duration lockLimit) {
        return "; set local lock_timeout = " + lockLimit.toMillis();
    }

    /** Calls the listener here, because it needs the context of the caller. */
    private <X extends Tx, T> Function<X, Uni<T>> withLastStatement(Function<X, Uni<T>> work) {
        return listener.beforeCommit()
                .<Function<X, Uni<T>>>map(last -> tx -> work.apply(tx).call(() -> last.apply(tx)))
                .orElse(work);
    }

    private <T> Uni<T> withConnection(Workload workload, String identity, Function<ConnectionTx, Uni<T>> work) {
        Function<ConnectionTx, Uni<T>> whole = withLastStatement(work);
        return admitted(Uni.createFrom()
                .completionStage(() -> pools.of(workload).getConnection().toCompletionStage())
                .chain(connection -> inConnection(connection, identity, whole)));
    }

    private <T> Uni<T> inConnection(SqlConnection connection, String identity, Function<ConnectionTx, Uni<T>> work) {
        ConnectionTx tx = new ConnectionTx(connection, identity, tracing.current());
        return Uni.createFrom()
                .deferred(() -> work.apply(tx))
                .call(() -> tx.run("commit"))
                .onFailure()
                .call(() -> tx.run("rollback").onFailure().recoverWithNull())
                .eventually(() -> Uni.createFrom()
                        .completionStage(() -> connection.close().toCompletionStage()))
                .invoke(() -> tx.publishTo(afterCommit));
    }

    private <T> Uni<T> withSession(Workload workload, String identity, Function<EntityTx, Uni<T>> work) {
        Function<EntityTx, Uni<T>> whole = withLastStatement(work);
        return admitted(SessionPool.opening(workload, sessions::openSession)
                        .chain(session -> inSession(session, identity, whole)))
                .ifNoItem()
                .after(config.timeLimit())
                .failWith(() -> Problem.unavailable("the database did not answer in time", null));
    }

    private <T> Uni<T> inSession(Mutiny.Session session, String identity, Function<EntityTx, Uni<T>> work) {
        SessionTx tx = new SessionTx(session, tracing.current());
        return session.withTransaction(t -> tx.setIdentity(identity).chain(() -> work.apply(tx)))
                .eventually(session::close)
                .invoke(() -> tx.publishTo(afterCommit));
    }

    /** Admits the work unless too many transactions are open. Admitted work completes, even when its caller cancels. */
    private <T> Uni<T> admitted(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (inFlight.incrementAndGet() > config.maxInFlight()) {
                inFlight.decrementAndGet();
                return Uni.createFrom().failure(Problem.unavailable("too many transactions are in progress", null));
            }
            return Uncancellable.run(repeatedAfterConflicts(work).eventually(inFlight::decrementAndGet))
                    .onFailure(DatabaseFailures::isOutage)
                    .transform(cause -> Problem.unavailable("the database did not answer", cause))
                    .onFailure(DatabaseFailures::isLockTimeout)
                    .transform(cause -> Problem.unavailable("another transaction has locked the rows", cause))
                    .onFailure(DatabaseFailures::isConflict)
                    .transform(cause -> Problem.unavailable("other changes of the same rows are in progress", cause));
        });
    }

    private static <T> Uni<T> repeatedAfterConflicts(Uni<T> transaction) {
        return transaction.onFailure(DatabaseFailures::isConflict).retry().atMost(CONFLICT_RETRIES);
    }
}
