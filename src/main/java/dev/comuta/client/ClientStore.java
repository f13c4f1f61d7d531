package dev.comuta.client;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** Statements of the table Clients. */
@ApplicationScoped
public class ClientStore {

    private static final String NAME = "select ClientName from Clients where ClientID = $1";
    private static final String ACTIVE_NAME = NAME + " and Status = 'Ativo'";
    private static final String HAND_OVER_MAILS = "select HandOverMails from Clients where ClientID = $1";
    private static final String EXISTS = "select from Clients where ClientID = $1";
    /** The transaction gets its id, because a count of many rows advances only in one that writes. */
    private static final String FIND_LIMIT = """
            select (Limits ->> $2::text)::bigint from Clients
            where ClientID = $1 and pg_current_xact_id() is not null""";

    private static final String LOCK_LIMIT = """
            select (Limits ->> $2::text)::bigint from Clients where ClientID = $1 for no key update""";
    private static final String TERMS = "select AllowedHosts, Limits from Clients where ClientID = $1";
    private static final String SET_HOSTS = "update Clients set AllowedHosts = $2 where ClientID = $1";
    private static final String SET_LIMITS = "update Clients set Limits = $2 where ClientID = $1";

    /** The client's name. Fails with 404 when there is no such client. */
    public Uni<String> getName(Tx tx, long clientId) {
        return tx.get(NAME, row -> row.getString(0), "client", clientId);
    }

    /** {@return the client's name, or null when the client is not 'Ativo'} */
    public Uni<String> findActiveName(Tx tx, long clientId) {
        return tx.find(ACTIVE_NAME, row -> row.getString(0), clientId);
    }

    /** Whether people of the client get mails about sessions that are handed over to them. */
    public Uni<Boolean> mailsHandOvers(Tx tx, long clientId) {
        return tx.get(HAND_OVER_MAILS, row -> row.getBoolean(0), "client", clientId);
    }

    /**
     * Locks the client's row until the end of the transaction, so that of concurrent transactions only one can use the
     * last unit of a limit.
     *
     * @return the client's individual value of the limit; null when the limit of the plan applies
     */
    public Uni<Long> lockLimit(Tx tx, long clientId, String limit) {
        return tx.find(LOCK_LIMIT, row -> row.getLong(0), clientId, limit);
    }

    /** {@return the client's individual value of the limit, or null when the limit of the plan applies} */
    public Uni<Long> findLimit(Tx tx, long clientId, String limit) {
        return tx.find(FIND_LIMIT, row -> row.getLong(0), clientId, limit);
    }

    Uni<Boolean> exists(Tx tx, long clientId) {
        return tx.sql(EXISTS, clientId).map(rows -> rows.size() > 0);
    }

    /** {@return the columns AllowedHosts and Limits, or null when there is no such client} */
    Uni<Row> findTerms(Tx tx, long clientId) {
        return tx.find(TERMS, row -> row, clientId);
    }

    Uni<Void> setHosts(Tx tx, long clientId, JsonArray hosts) {
        return tx.execute(SET_HOSTS, clientId, hosts).replaceWithVoid();
    }

    Uni<Void> setLimits(Tx tx, long clientId, JsonObject limits) {
        return tx.execute(SET_LIMITS, clientId, limits).replaceWithVoid();
    }
}
