package dev.comuta.retention;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.TenantRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Reads and changes the retention periods of a client. */
@ApplicationScoped
class Retention {

    private static final TenantRows<RetentionPolicy> ROWS = new TenantRows<>(RetentionPolicy.class, "client");

    /** A client without periods of its own has no row; the first change creates it. */
    private static final String CREATE = "insert into RetentionPolicies (ClientID) values ($1) on conflict do nothing";

    private final Transactions transactions;
    private final Changes changes;
    private final RetentionConfig defaults;
    private final Clock clock;

    Retention(Transactions transactions, Changes changes, RetentionConfig defaults, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.defaults = defaults;
        this.clock = clock;
    }

    Uni<Revision<RetentionView>> get(long clientId) {
        return transactions
                .inTenant(clientId, tx -> tx.session().find(RetentionPolicy.class, clientId))
                .onItem()
                .ifNull()
                .continueWith(RetentionPolicy::new)
                .map(policy -> policy.view(defaults));
    }

    Uni<Revision<RetentionView>> change(long clientId, ObjectNode patch, String ifMatch) {
        return transactions
                .inTenant(clientId, tx -> lockOrCreate(tx, clientId)
                        .map(policy -> policy.change(
                                changes.merged(policy.fields().require(ifMatch).body(), patch), clock.instant()))
                        .call(() -> tx.session().flush()))
                .map(policy -> policy.view(defaults));
    }

    private static Uni<RetentionPolicy> lockOrCreate(EntityTx tx, long clientId) {
        return tx.sql(CREATE, clientId).chain(() -> ROWS.lock(tx, clientId, clientId));
    }
}
