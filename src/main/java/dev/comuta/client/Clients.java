package dev.comuta.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Listing;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.TenantRows;
import dev.comuta.platform.security.KnownClients;
import dev.comuta.task.TasksOfClients;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.RestResponse;

/** Registers and changes client companies. */
@ApplicationScoped
class Clients implements KnownClients {

    private static final TenantRows<Client> ROWS = new TenantRows<>(Client.class, "client");

    private final Transactions transactions;
    private final ClientStore store;
    private final TasksOfClients tasks;
    private final List<ClientListener> listeners;
    private final Changes changes;
    private final Clock clock;

    Clients(
            Transactions transactions,
            ClientStore store,
            TasksOfClients tasks,
            @All List<ClientListener> listeners,
            Changes changes,
            Clock clock) {
        this.transactions = transactions;
        this.store = store;
        this.tasks = tasks;
        this.listeners = listeners;
        this.changes = changes;
        this.clock = clock;
    }

    <V> Uni<RestResponse<V>> create(ClientFields fields, IdempotentResponse<Revision<ClientView>, V> once) {
        return transactions.asPlatform(
                PlatformReason.PLATFORM_API, once.of(tx -> tx.persist(() -> new Client(fields, clock.instant()))
                        .map(Client::view)));
    }

    Uni<Page<ClientView>> list(PageRequest page, String clientName, String status) {
        return transactions
                .asPlatform(PlatformReason.PLATFORM_API, tx -> Listing.of(Client.class)
                        .withText("clientName", clientName)
                        .with("status", status)
                        .page(tx, page, client -> client.view().body().clientId()))
                .map(clients -> clients.map(client -> client.view().body()));
    }

    Uni<Revision<ClientView>> get(long clientId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.get(tx, clientId, clientId))
                .map(Client::view);
    }

    Uni<Revision<ClientView>> change(long clientId, ObjectNode patch, String ifMatch) {
        return transactions
                .inTenant(clientId, tx -> withLock(tx, clientId, client -> merge(client, patch, ifMatch)))
                .map(Client::view);
    }

    Uni<Void> deactivate(long clientId) {
        return transactions
                .inTenant(clientId, tx -> withLock(tx, clientId, client -> client.deactivate(clock.instant())))
                .replaceWithVoid();
    }

    private Client merge(Client client, ObjectNode patch, String ifMatch) {
        return client.change(changes.merged(client.fields().require(ifMatch).body(), patch), clock.instant());
    }

    /** Changes the client, and writes the consequences when its status changes. */
    private Uni<Client> withLock(EntityTx tx, long clientId, UnaryOperator<Client> change) {
        return ROWS.lock(tx, clientId, clientId).call(client -> apply(tx, clientId, client, change));
    }

    private Uni<Void> apply(EntityTx tx, long clientId, Client client, UnaryOperator<Client> change) {
        boolean before = client.isActive();
        boolean now = change.apply(client).isActive();
        return tx.session().flush().chain(() -> statusChanged(tx, clientId, before, now));
    }

    private Uni<Void> statusChanged(EntityTx tx, long clientId, boolean before, boolean now) {
        if (before == now) {
            return Uni.createFrom().voidItem();
        }
        return now
                ? InOrder.each(listeners, listener -> listener.activated(tx, clientId))
                : tasks.cancelOpen(tx, clientId);
    }

    @Override
    public Uni<Boolean> exists(long clientId) {
        return transactions.statementsInTenant(Workload.API, clientId, tx -> store.exists(tx, clientId));
    }
}
