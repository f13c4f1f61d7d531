package dev.comuta.call.summary;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** Statements of the table CallOutcomes. */
@ApplicationScoped
class CallOutcomeStore {

    private static final String FIND = "select Outcomes from CallOutcomes where ClientID = $1 and Outcomes is not null";

    private static final String SET = """
            insert into CallOutcomes (ClientID, Outcomes) values ($1, $2)
            on conflict (ClientID) do update set Outcomes = excluded.Outcomes, UpdatedAt = clock_timestamp()""";

    /** The outcomes of a client; the usual ones when it has chosen none. */
    Uni<CallOutcomes> find(Tx tx, long clientId) {
        return tx.find(FIND, CallOutcomeStore::outcomes, clientId)
                .onItem()
                .ifNull()
                .continueWith(CallOutcomes.USUAL);
    }

    Uni<Void> set(Tx tx, long clientId, CallOutcomes outcomes) {
        JsonArray list = null;
        if (outcomes.outcomes() != null) {
            list = new JsonArray();
            outcomes.outcomes().stream().map(JsonObject::mapFrom).forEach(list::add);
        }
        return tx.execute(SET, clientId, list).replaceWithVoid();
    }

    private static CallOutcomes outcomes(Row row) {
        return new CallOutcomes(row.getJsonArray(0).stream()
                .map(each -> ((JsonObject) each).mapTo(CallOutcome.class))
                .toList());
    }
}
