package dev.comuta.call.outgoing;

import dev.comuta.call.CallsConfig;
import dev.comuta.call.plan.CallingHours;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Statements of the table CallRules. */
@ApplicationScoped
class CallRuleStore {

    private static final String FIND = "select Countries, CallingHours from CallRules where ClientID = $1";

    private static final String SET = """
            insert into CallRules (ClientID, Countries, CallingHours) values ($1, $2, $3)
            on conflict (ClientID) do update
                set Countries = excluded.Countries, CallingHours = excluded.CallingHours, UpdatedAt = clock_timestamp()
            returning Countries, CallingHours""";

    private static final CallRules NONE = new CallRules(null, null);

    private final CallsConfig config;

    CallRuleStore(CallsConfig config) {
        this.config = config;
    }

    /** The rules of a client, with nulls where the configuration applies. */
    Uni<CallRules> find(Tx tx, long clientId) {
        return tx.find(FIND, CallRuleStore::rules, clientId).onItem().ifNull().continueWith(NONE);
    }

    /** The rules that apply to a client. */
    Uni<CallRules> effective(Tx tx, long clientId) {
        return find(tx, clientId)
                .map(own -> new CallRules(
                        own.countries() == null ? config.countries() : own.countries(),
                        own.callingHours() == null
                                ? new CallingHours(config.callFrom(), config.callUntil())
                                : own.callingHours()));
    }

    Uni<CallRules> set(Tx tx, long clientId, CallRules rules) {
        String[] countries = rules.countries() == null
                ? null
                : rules.countries().stream().sorted().toArray(String[]::new);
        JsonObject hours = rules.callingHours() == null ? null : JsonObject.mapFrom(rules.callingHours());
        return tx.find(SET, CallRuleStore::rules, clientId, countries, hours);
    }

    private static CallRules rules(Row row) {
        String[] countries = row.getArrayOfStrings("countries");
        JsonObject hours = row.getJsonObject("callinghours");
        return new CallRules(
                countries == null ? null : Set.of(countries), hours == null ? null : hours.mapTo(CallingHours.class));
    }
}
