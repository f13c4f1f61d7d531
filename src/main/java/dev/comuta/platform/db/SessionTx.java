package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.impl.SqlClientConnection;

/** A transaction of a Hibernate session. Plain statements run on the session's own connection. */
final class SessionTx extends CollectedTasks implements EntityTx {

    private final Mutiny.Session session;

    SessionTx(Mutiny.Session session, String traceParent) {
        super(traceParent);
        // batching wraps the session's connection in one that cannot run plain statements
        this.session = session.setBatchSize(1);
    }

    @Override
    public Mutiny.Session session() {
        return session;
    }

    @Override
    public Uni<RowSet<Row>> sql(String statement, Object... parameters) {
        return session.flush().chain(() -> Uni.createFrom()
                .completionStage(() -> connection().preparedQuery(statement, Tuple.wrap(parameters))));
    }

    /** Sets the tenant or the role of the transaction. */
    Uni<Void> setIdentity(String identity) {
        return Uni.createFrom().completionStage(() -> connection().executeUnprepared(identity));
    }

    // Hibernate Reactive has no public access to a session's connection; only this method uses the internal one.
    private SqlClientConnection connection() {
        return (SqlClientConnection) ((MutinySessionImpl) session).getReactiveConnection();
    }
}
