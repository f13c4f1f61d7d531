package dev.comuta.alert;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Statements of the table Alerts. */
@ApplicationScoped
class AlertStore {

    private static final String RAISE = """
            insert into Alerts (ClientID, Cause, Detail, TechnicalDetail, SessionID, Occurrences)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (coalesce(ClientID, 0), Cause) where Status <> 'Resolvido'
                do update set Occurrences = Alerts.Occurrences + $6, LastAt = clock_timestamp(), Detail = excluded.Detail,
                    TechnicalDetail = excluded.TechnicalDetail, SessionID = excluded.SessionID
            returning AlertID, Occurrences""";
    private static final String RESOLVE = """
            update Alerts set Status = 'Resolvido', ResolvedAt = clock_timestamp()
            where ClientID = $1 and Cause = any ($2) and Status <> 'Resolvido'""";
    private static final String DETAILS = "select Detail, TechnicalDetail from Alerts where AlertID = $1";
    private static final String ERASE = """
            update Alerts set Detail = 'Apagado', TechnicalDetail = null
            where ClientID = $1 and SessionID = any ($2) returning AlertID""";
    private static final String ERASE_NAMES = """
            update Alerts set Detail = 'Apagado', TechnicalDetail = null
            where ClientID = $1 and comuta_names(concat_ws(' ', Detail, TechnicalDetail), $2) returning AlertID""";

    /** The id of a raised alert and how often it has occurred. */
    record Raised(long alertId, int occurrences) {}

    /**
     * The texts of an alert.
     *
     * @param detail one Portuguese sentence
     * @param technical the cause in the server's own words; null when the detail says everything
     */
    record Details(String detail, String technical) {}

    Uni<Raised> raise(Tx tx, Long clientId, Long sessionId, String cause, Details details, int occurrences) {
        return tx.find(
                RAISE,
                row -> new Raised(row.getLong("alertid"), row.getInteger("occurrences")),
                clientId,
                cause,
                details.detail(),
                details.technical(),
                sessionId,
                occurrences);
    }

    Uni<Void> resolve(Tx tx, long clientId, List<String> causes) {
        return tx.execute(RESOLVE, clientId, causes.toArray(String[]::new)).replaceWithVoid();
    }

    /** {@return the texts of an alert, or null when there is no such alert} */
    Uni<Details> findDetails(Tx tx, Long alertId) {
        return tx.find(DETAILS, row -> new Details(row.getString(0), row.getString(1)), alertId);
    }

    Uni<List<Long>> erase(Tx tx, long clientId, Long[] sessions) {
        return tx.list(ERASE, row -> row.getLong(0), clientId, sessions);
    }

    Uni<List<Long>> eraseNames(Tx tx, long clientId, String[] names) {
        return tx.list(ERASE_NAMES, row -> row.getLong(0), clientId, names);
    }
}
