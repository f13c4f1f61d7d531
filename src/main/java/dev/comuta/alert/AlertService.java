package dev.comuta.alert;

import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Listing;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Objects;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** Lists, acknowledges and resolves alerts. */
@ApplicationScoped
class AlertService {

    private final Transactions transactions;

    AlertService(Transactions transactions) {
        this.transactions = transactions;
    }

    Uni<Page<AlertView>> ofClient(long clientId, PageRequest page, AlertFilter filter) {
        return transactions.inTenant(clientId, tx -> page(tx, page, filter));
    }

    Uni<Page<AlertView>> ofAll(PageRequest page, AlertFilter filter) {
        return transactions.asPlatform(PlatformReason.PLATFORM_API, tx -> page(tx, page, filter));
    }

    Uni<AlertView> get(AlertRef ref) {
        return inTenantOrPlatform(ref, tx -> find(tx, ref, LockModeType.NONE).map(StoredAlert::view));
    }

    /** Moves an alert to a later state. Fails with a conflict when it has already reached or passed that state. */
    <V> Uni<RestResponse<V>> advance(AlertRef ref, AlertStatus next, IdempotentResponse<AlertView, V> once) {
        return inTenantOrPlatform(ref, once.of(tx -> find(tx, ref, LockModeType.PESSIMISTIC_WRITE)
                .chain(alert -> tx.now().map(now -> alert.become(next, now).view()))));
    }

    private <T> Uni<T> inTenantOrPlatform(AlertRef ref, Function<EntityTx, Uni<T>> work) {
        return ref.clientId() == null
                ? transactions.asPlatform(PlatformReason.PLATFORM_API, work)
                : transactions.inTenant(ref.clientId(), work);
    }

    private static Uni<Page<AlertView>> page(EntityTx tx, PageRequest page, AlertFilter filter) {
        return Listing.of(StoredAlert.class)
                .with("clientId", filter.clientId())
                .with("status", filter.status())
                .with("cause", filter.cause())
                .page(tx, page, StoredAlert::alertId)
                .map(alerts -> alerts.map(StoredAlert::view));
    }

    private static Uni<StoredAlert> find(EntityTx tx, AlertRef ref, LockModeType lock) {
        return tx.session()
                .find(StoredAlert.class, ref.alertId(), lock)
                .map(alert -> alert == null || isVisible(ref, alert) ? alert : null)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("alert"));
    }

    private static boolean isVisible(AlertRef ref, StoredAlert alert) {
        return ref.clientId() == null
                || Objects.equals(ref.clientId(), alert.view().clientId());
    }
}
