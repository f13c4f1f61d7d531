package dev.comuta.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** A transaction on a connection of the pool. */
final class ConnectionTx extends CollectedTasks {

    private final SqlConnection connection;

    ConnectionTx(SqlConnection connection) {
        this.connection = connection;
    }

    @Override
    public Uni<RowSet<Row>> sql(String statement, Object... parameters) {
        return Uni.createFrom().completionStage(() -> connection
                .preparedQuery(statement)
                .execute(Tuple.wrap(parameters))
                .toCompletionStage());
    }

    /** Runs control statements (begin, commit) in one round trip. */
    Uni<Void> run(String script) {
        return Uni.createFrom()
                .completionStage(() -> connection.query(script).execute().toCompletionStage())
                .replaceWithVoid();
    }
}
