package dev.comuta.platform.db;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.trace.Tracing;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The only opener of transactions. Each begins, takes on one tenant (row-level security then shows its rows alone) or,
 * for a named reason, the platform's role; runs the work; adds its entry to the audit when a request of the API changes
 * something; commits; and then hands over the tasks it requested.
 *
 * <p>A transaction once begun runs to its end, whatever becomes of who waits for it: a caller that gives up, or whose
 * time is up, never leaves a connection behind. Fails with a {@link Problem} of type {@link dev.comuta.platform.problem.ProblemType#UNAVAILABLE}
 * when the database is away, too slow or too busy; what the work itself failed with is passed on after the rollback.
 */
@ApplicationScoped
public class Transactions {

    private static final String BOUND =
            "select not (rolsuper or rolbypassrls) from pg_roles where rolname = current_user";

    /** Row-level security shows no tenant's rows. */
    private static final String NOBODY = "select set_config('comuta.client', '', true)";

    private final Pool pool;
    private final Mutiny.SessionFactory sessions;
    private final TransactionListener listener;
    private final CommitListener afterCommit;
    private final DatabaseConfig config;
    private final Tracing tracing;
    private final AtomicInteger inFlight = new AtomicInteger();

    Transactions(
            Pool pool,
            Mutiny.SessionFactory sessions,
            TransactionListener listener,
            CommitListener afterCommit,
            DatabaseConfig config,
            Tracing tracing) {
        this.pool = pool;
        this.sessions = sessions;
        this.listener = listener;
        this.afterCommit = afterCommit;
        this.config = config;
        this.tracing = tracing;
    }

    /** Work with entities in one tenant's rows; of those, the caller's own alone when a broker asks. */
    public <T> Uni<T> inTenant(long clientId, Function<EntityTx, Uni<T>> work) {
        return withSession(tenant(clientId), work);
    }

    /** Work with entities over all tenants' rows. */
    public <T> Uni<T> asPlatform(PlatformReason reason, Function<EntityTx, Uni<T>> work) {
        return withSession(platform(reason), work);
    }

    /**
     * Work by plain statements in one tenant's rows: the hot paths, without a Hibernate session. Waits as long as it
     * takes; a caller that must answer somebody sets a limit of its own.
     */
    public <T> Uni<T> statementsInTenant(long clientId, Function<Tx, Uni<T>> work) {
        return withConnection(tenant(clientId), work::apply);
    }

    /**
     * Works of several tenants by plain statements, in one commit. The works may run side by side, each of them one
     * stream; they must stay on the event loop on which this was called. Waits as long as it takes.
     */
    public <T> Uni<T> statementsInTenants(Function<Tenants, Uni<T>> work) {
        return withConnection(NOBODY, tx -> work.apply(new SharedTx(tx)));
    }

    /** Work by plain statements over all tenants' rows; waits as long as it takes. */
    public <T> Uni<T> statementsAsPlatform(PlatformReason reason, Function<Tx, Uni<T>> work) {
        return withConnection(platform(reason), work::apply);
    }

    /** Asks the database whether row-level security holds for the role that the server works as; fails when it is away. */
    public Uni<Boolean> areBoundByRowSecurity() {
        return withConnection("select 1", tx -> tx.sql(BOUND)
                .map(rows -> rows.iterator().next().getBoolean(0)));
    }

    private static String tenant(long clientId) {
        return RowScope.settings() + "select set_config('comuta.client', '" + clientId + "', true)";
    }

    private static String platform(PlatformReason reason) {
        return "set local role comuta_platform; set local comuta.reason = '" + reason + "'";
    }

    /** The listener is asked here, in the context of the caller. */
    private <X extends Tx, T> Function<X, Uni<T>> withLastStatement(Function<X, Uni<T>> work) {
        return listener.beforeCommit()
                .<Function<X, Uni<T>>>map(last -> tx -> work.apply(tx).call(() -> last.apply(tx)))
                .orElse(work);
    }

    private <T> Uni<T> withConnection(String identity, Function<ConnectionTx, Uni<T>> work) {
        Function<ConnectionTx, Uni<T>> whole = withLastStatement(work);
        return admitted(Uni.createFrom()
                .completionStage(() -> pool.getConnection().toCompletionStage())
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
                .invoke(() -> tx.handOver(afterCommit));
    }

    private <T> Uni<T> withSession(String identity, Function<EntityTx, Uni<T>> work) {
        Function<EntityTx, Uni<T>> whole = withLastStatement(work);
        return admitted(sessions.openSession().chain(session -> inSession(session, identity, whole)))
                .ifNoItem()
                .after(config.timeLimit())
                .failWith(() -> Problem.unavailable("the database did not answer in time", null));
    }

    private <T> Uni<T> inSession(Mutiny.Session session, String identity, Function<EntityTx, Uni<T>> work) {
        SessionTx tx = new SessionTx(session, tracing.current());
        return session.withTransaction(t -> tx.takeOn(identity).chain(() -> work.apply(tx)))
                .eventually(session::close)
                .invoke(() -> tx.handOver(afterCommit));
    }

    /** Lets the work in when there is room; it then runs to its end, whether or not anybody waits for it. */
    private <T> Uni<T> admitted(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (inFlight.incrementAndGet() > config.maxInFlight()) {
                inFlight.decrementAndGet();
                return Uni.createFrom().failure(Problem.unavailable("too many transactions in flight", null));
            }
            return Uncancellable.run(work.eventually(inFlight::decrementAndGet))
                    .onFailure(DatabaseFailures::isOutage)
                    .transform(cause -> Problem.unavailable("the database did not answer", cause));
        });
    }
}
