package dev.comuta.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.TenantRows;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestResponse;

/** Registers and changes end users. The first message from an unknown number registers an end user too. */
@ApplicationScoped
class EndUsers {

    private static final TenantRows<EndUser> ROWS = new TenantRows<>(EndUser.class, "end user");

    private final Transactions transactions;
    private final Changes changes;
    private final Quotas quotas;
    private final Clock clock;

    EndUsers(Transactions transactions, Changes changes, Quotas quotas, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.quotas = quotas;
        this.clock = clock;
    }

    <V> Uni<RestResponse<V>> create(
            long clientId, EndUserFields fields, IdempotentResponse<Revision<EndUserView>, V> once) {
        return transactions.inTenant(clientId, once.of(tx -> quotas.requireRoom(tx, clientId, Limit.END_USERS)
                .chain(() -> tx.persist(() -> new EndUser(clientId, fields, clock.instant())))
                .call(person -> identify(tx, null, person))
                .map(EndUser::view)));
    }

    Uni<Page<EndUserView>> list(long clientId, PageRequest page, EndUserFilter filter) {
        return transactions
                .inTenant(clientId, tx -> findPage(tx, clientId, page, filter))
                .map(people -> people.map(person -> person.view().body()));
    }

    Uni<Revision<EndUserView>> get(long clientId, long endUserId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.get(tx, clientId, endUserId))
                .map(EndUser::view);
    }

    Uni<Revision<EndUserView>> change(long clientId, long endUserId, ObjectNode patch, String ifMatch) {
        return transactions
                .inTenant(clientId, tx -> ROWS.lock(tx, clientId, endUserId)
                        .call(person -> change(tx, person, patch, ifMatch)))
                .map(EndUser::view);
    }

    private Uni<Void> change(EntityTx tx, EndUser person, ObjectNode patch, String ifMatch) {
        String before = person.phoneIdentity();
        person.change(changes.merged(person.fields().require(ifMatch).body(), patch), clock.instant());
        return identify(tx, before, person);
    }

    Uni<Void> deactivate(long clientId, long endUserId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.lock(tx, clientId, endUserId)
                        .map(person -> person.deactivate(clock.instant())))
                .replaceWithVoid();
    }

    /** @param before the key of the previous phone number; null when there was none */
    private static Uni<Void> identify(EntityTx tx, String before, EndUser person) {
        return IdentityStore.replacePhone(tx, person.ref(), before, person.phoneIdentity());
    }

    private static Uni<Page<EndUser>> findPage(EntityTx tx, long clientId, PageRequest page, EndUserFilter filter) {
        if (filter.phoneNumber() == null) {
            return readPage(tx, clientId, page, filter, null);
        }
        String identity = PhoneNumber.parse("phoneNumber", filter.phoneNumber()).identityKey();
        return IdentityStore.findByPhone(tx, clientId, identity)
                .chain(id ->
                        id == null ? Uni.createFrom().item(Page.empty()) : readPage(tx, clientId, page, filter, id));
    }

    private static Uni<Page<EndUser>> readPage(
            EntityTx tx, long clientId, PageRequest page, EndUserFilter filter, Long endUserId) {
        return ROWS.of(clientId)
                .with("id", endUserId)
                .with("userId", filter.userId())
                .withText("email", filter.email())
                .withText("name", filter.name())
                .withElement("tags", filter.tag())
                .with("status", filter.status())
                .page(tx, page, EndUser::endUserId);
    }
}
