package dev.comuta.alert;

import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.idempotency.Once;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Listing;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;

/** What people do with alerts: read them, say that they have seen one, say that it is over. */
@ApplicationScoped
class AlertDesk {

    private final Transactions transactions;
    private final Clock clock;

    AlertDesk(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Whose alert.
     *
     * @param clientId null for whoever's it is: the platform's administrator sees all
     */
    record Place(Long clientId, long alertId) {}

    Uni<Page<AlertView>> ofClient(long clientId, PageRequest page, AlertFilter filter) {
        return transactions.inTenant(clientId, tx -> page(tx, page, filter));
    }

    Uni<Page<AlertView>> ofAll(PageRequest page, AlertFilter filter) {
        return transactions.asPlatform(PlatformReason.PLATFORM_API, tx -> page(tx, page, filter));
    }

    Uni<AlertView> get(Place place) {
        return within(place, tx -> row(tx, place, LockModeType.NONE).map(StoredAlert::view));
    }

    /** Fails with a conflict when the alert cannot become that any more. */
    <V> Uni<RestResponse<V>> advance(Place place, AlertStatus next, Once<AlertView, V> once) {
        return within(place, once.of(tx -> row(tx, place, LockModeType.PESSIMISTIC_WRITE)
                .map(alert -> alert.become(next, clock.instant()).view())));
    }

    private <T> Uni<T> within(Place place, Function<EntityTx, Uni<T>> work) {
        return place.clientId() == null
                ? transactions.asPlatform(PlatformReason.PLATFORM_API, work)
                : transactions.inTenant(place.clientId(), work);
    }

    private static Uni<Page<AlertView>> page(EntityTx tx, PageRequest page, AlertFilter filter) {
        return Listing.of(StoredAlert.class)
                .with("clientId", filter.clientId())
                .with("status", filter.status())
                .with("cause", filter.cause())
                .page(tx, page, StoredAlert::alertId)
                .map(alerts -> alerts.map(StoredAlert::view));
    }

    private static Uni<StoredAlert> row(EntityTx tx, Place place, LockModeType lock) {
        return tx.session()
                .find(StoredAlert.class, place.alertId(), lock)
                .map(alert -> alert == null || isOf(place, alert) ? alert : null)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("alert"));
    }

    private static boolean isOf(Place place, StoredAlert alert) {
        return place.clientId() == null
                || Objects.equals(place.clientId(), alert.view().clientId());
    }
}
