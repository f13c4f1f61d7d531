package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** A transaction on a connection of the pool. */
final class ConnectionTx extends CollectedTasks {

    /** Generic plans, because statements repeat: planning each execution costs more than a custom plan saves. */
    private static final String BEGIN = "begin; set local plan_cache_mode = force_generic_plan; ";

    private final SqlConnection connection;

    /**
     * Begins the transaction without waiting for the response: the connection keeps the order of its statements, and
     * after a failed begin the next statement fails as well.
     *
     * @param identity the statement that sets the tenant or the role
     */
    ConnectionTx(SqlConnection connection, String identity, String traceParent) {
        super(traceParent);
        this.connection = connection;
        connection.query(BEGIN + identity).execute();
    }

    @Override
    public Uni<RowSet<Row>> sql(String statement, Object... parameters) {
        return Uni.createFrom().completionStage(() -> connection
                .preparedQuery(statement)
                .execute(Tuple.wrap(parameters))
                .toCompletionStage());
    }

    /** Sends a statement without waiting for its response; when it fails, all later statements fail. */
    void send(String statement, Object... parameters) {
        connection.preparedQuery(statement).execute(Tuple.wrap(parameters));
    }

    /** Runs a control statement (commit, rollback). */
    Uni<Void> run(String script) {
        return Uni.createFrom()
                .completionStage(() -> connection.query(script).execute().toCompletionStage())
                .replaceWithVoid();
    }
}
