package dev.comuta.message.parking;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRegistry;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.message.ParkedMessages;
import dev.comuta.message.Received;
import dev.comuta.message.parking.ParkingStore.Item;
import dev.comuta.platform.audit.Audit;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Lists, replays and discards parked items. A replay receives the item as its delivery, in a transaction of the number's
 * client; a second transaction stores the result and the audit. A repeated replay has no second effect, because the item
 * is removed by the transaction that receives it, and the provider's id of a message is known afterwards.
 */
@ApplicationScoped
class Parking {

    private static final String NO_CHANNEL = "no active channel has this number";
    private static final String NOT_RECEIVED = "the channel of this number may not receive it";
    private static final String NOTICE = "a notice is for people: it is not received later";
    private static final String STILL_UNREADABLE = "it still cannot be parsed";

    private final Transactions transactions;
    private final ParkingStore store;
    private final ParkedMessages parked;
    private final ChannelDirectory channels;
    private final ChannelRegistry registry;
    private final Map<String, UnreadableItems> unreadable;

    Parking(
            Transactions transactions,
            ParkingStore store,
            ParkedMessages parked,
            ChannelDirectory channels,
            ChannelRegistry registry,
            @All List<UnreadableItems> unreadable) {
        this.transactions = transactions;
        this.store = store;
        this.parked = parked;
        this.channels = channels;
        this.registry = registry;
        this.unreadable = unreadable.stream()
                .collect(Collectors.toMap(items -> items.provider().stored(), Function.identity()));
    }

    /** @param clientId null for the items of all numbers */
    Uni<Page<ParkedItemView>> list(Long clientId, PageRequest page, ParkedFilter filter) {
        return in(clientId, tx -> store.page(tx, clientId, page, filter));
    }

    /**
     * All counts, in one page.
     *
     * @param clientId null for the items of all numbers
     */
    Uni<Page<ParkedItemCount>> counts(Long clientId) {
        return in(clientId, tx -> store.counts(tx, clientId)).map(counts -> new Page<>(counts, null));
    }

    Uni<ParkedItemDetail> get(ParkedItemRef ref) {
        return in(ref.clientId(), tx -> require(tx, ref)).map(Item::detail);
    }

    /** Removes an item for good. */
    Uni<Void> discard(ParkedItemRef ref) {
        return in(ref.clientId(), tx -> store.discard(tx, ref).map(Parking::requireFound));
    }

    private static Void requireFound(boolean found) {
        if (!found) {
            throw Problem.notFound("parked item");
        }
        return null;
    }

    /** Receives an item. It remains, with the reason, when that is not possible. */
    <V> Uni<RestResponse<V>> replay(ParkedItemRef ref, IdempotentResponse<ParkedReplay, V> once) {
        return in(ref.clientId(), tx -> once.requireNew(tx).chain(() -> require(tx, ref)))
                .chain(item -> Audit.apart(() -> receive(ref, item)))
                .chain(result -> in(ref.clientId(), once.of(tx -> conclude(tx, ref, result))));
    }

    private Uni<Item> require(Tx tx, ParkedItemRef ref) {
        return store.find(tx, ref).onItem().ifNull().failWith(() -> Problem.notFound("parked item"));
    }

    private Uni<ParkedReplay> receive(ParkedItemRef ref, Item item) {
        return switch (item.view().reason()) {
            case NOTICE -> remaining(ref, NOTICE);
            case UNREADABLE -> receiveUnreadable(ref, item);
            default -> route(ref, item).chain(route -> receive(ref, route));
        };
    }

    /** The channel of the item's number; null when it is not one of the client that asks. */
    private Uni<ChannelRoute> route(ParkedItemRef ref, Item item) {
        return channels.readRouteByProviderId(
                        registry.providerOf(item.view().provider()), item.view().providerId())
                .map(route -> route != null && isOf(ref, route) ? route : null);
    }

    private static boolean isOf(ParkedItemRef ref, ChannelRoute route) {
        return ref.clientId() == null || ref.clientId() == route.ref().clientId();
    }

    private Uni<ParkedReplay> receive(ParkedItemRef ref, ChannelRoute route) {
        if (route == null) {
            return remaining(ref, NO_CHANNEL);
        }
        long channelId = route.ref().channelId();
        return transactions
                .statementsInTenant(
                        Workload.API, route.ref().clientId(), tx -> parked.replayOne(tx, channelId, ref.parkedItemId()))
                .chain(received -> received == null ? ofStatus(ref) : result(ref, received));
    }

    /** A status has no result of its own: it was applied when it is no longer parked. */
    private Uni<ParkedReplay> ofStatus(ParkedItemRef ref) {
        return in(ref.clientId(), tx -> store.find(tx, ref))
                .map(item -> item == null
                        ? ParkedReplay.received(ref.parkedItemId(), null, null)
                        : ParkedReplay.remaining(ref.parkedItemId(), NOT_RECEIVED));
    }

    private static Uni<ParkedReplay> result(ParkedItemRef ref, Received received) {
        return Uni.createFrom()
                .item(
                        received.outcome() == Received.Outcome.DUPLICATE
                                ? ParkedReplay.repeated(ref.parkedItemId())
                                : ParkedReplay.received(
                                        ref.parkedItemId(), received.sessionId(), received.messageId()));
    }

    private Uni<ParkedReplay> receiveUnreadable(ParkedItemRef ref, Item item) {
        UnreadableItems provider = unreadable.get(item.view().provider());
        return provider == null
                ? remaining(ref, STILL_UNREADABLE)
                : provider.receive(
                                item.clientId(),
                                item.view().providerId(),
                                item.payload().getString("raw", ""))
                        .map(done -> done
                                ? ParkedReplay.received(ref.parkedItemId(), null, null)
                                : ParkedReplay.remaining(ref.parkedItemId(), STILL_UNREADABLE));
    }

    private static Uni<ParkedReplay> remaining(ParkedItemRef ref, String reason) {
        return Uni.createFrom().item(ParkedReplay.remaining(ref.parkedItemId(), reason));
    }

    /** A message was removed when it was received; an item that could not be parsed is removed here. */
    private Uni<ParkedReplay> conclude(Tx tx, ParkedItemRef ref, ParkedReplay result) {
        Uni<?> stored = result.result() == ReplayResult.PARKED
                ? store.note(tx, ref, result.reason())
                : store.discard(tx, ref).chain(() -> Audit.evenWithoutChange(tx));
        return stored.replaceWith(result);
    }

    private <T> Uni<T> in(Long clientId, Function<Tx, Uni<T>> work) {
        return clientId == null
                ? transactions.statementsAsPlatform(PlatformReason.PLATFORM_API, work)
                : transactions.statementsInTenant(Workload.API, clientId, work);
    }
}
