package dev.comuta.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.TenantRows;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;

/** Registers and changes internal users. */
@ApplicationScoped
class Users {

    private static final TenantRows<ClientUser> ROWS = new TenantRows<>(ClientUser.class, "user");

    private final Transactions transactions;
    private final Changes changes;
    private final Quotas quotas;
    private final Clock clock;

    Users(Transactions transactions, Changes changes, Quotas quotas, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.quotas = quotas;
        this.clock = clock;
    }

    <V> Uni<RestResponse<V>> create(long clientId, UserFields fields, IdempotentResponse<Revision<UserView>, V> once) {
        return transactions.inTenant(clientId, once.of(tx -> quotas.requireRoom(tx, clientId, Limit.USERS)
                .chain(() -> tx.persist(() -> new ClientUser(clientId, fields, clock.instant())))
                .map(ClientUser::view)));
    }

    Uni<Page<UserView>> list(long clientId, PageRequest page, UserFilter filter) {
        return transactions
                .inTenant(clientId, tx -> ROWS.of(clientId)
                        .with("userRole", filter.userRole())
                        .withText("email", filter.email())
                        .with("status", filter.status())
                        .with("externalUserId", filter.externalUserId())
                        .page(tx, page, ClientUser::userId))
                .map(users -> users.map(user -> user.view().body()));
    }

    Uni<Revision<UserView>> get(long clientId, long userId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.get(tx, clientId, userId))
                .map(ClientUser::view);
    }

    Uni<Revision<UserView>> change(long clientId, long userId, ObjectNode patch, String ifMatch) {
        return transactions
                .inTenant(clientId, tx -> ROWS.lock(tx, clientId, userId)
                        .chain(user -> applyChange(
                                tx,
                                clientId,
                                user,
                                changes.merged(user.fields().require(ifMatch).body(), patch)))
                        .call(() -> tx.session().flush()))
                .map(ClientUser::view);
    }

    private Uni<ClientUser> applyChange(EntityTx tx, long clientId, ClientUser user, UserFields next) {
        String before = user.fields().body().status();
        return quotas.requireRoomToReturn(tx, clientId, Limit.USERS, before, next.status())
                .map(allowed -> user.change(next, clock.instant()));
    }

    Uni<Void> deactivate(long clientId, long userId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.lock(tx, clientId, userId).map(user -> user.deactivate(clock.instant())))
                .replaceWithVoid();
    }
}
