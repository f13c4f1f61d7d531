package dev.comuta.message;

import dev.comuta.message.InboundMessages.Traced;
import dev.comuta.platform.batch.GroupCommit;
import dev.comuta.platform.batch.RetryQueues;
import dev.comuta.platform.db.DatabaseFailures;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The messages of some contacts, in the order of their arrival. They share commits. When another transaction has locked
 * the session of a contact, the contact's messages wait apart from the others, in order, until the lock is released.
 */
final class InboundShard {

    private static final RetryQueues.Limits LOCKED = new RetryQueues.Limits(500, 100, Duration.ofSeconds(10));

    private final GroupCommit<Traced, Uni<Received>> groups;
    private final RetryQueues<ContactKey, Traced, Received> locked;

    private record ContactKey(long channelId, String kind, String key) {

        static ContactKey of(Traced traced) {
            InboundMessage message = traced.message();
            return new ContactKey(
                    message.channelId(),
                    message.contact().kind(),
                    message.contact().key());
        }
    }

    /** Stores messages in one transaction. */
    @FunctionalInterface
    interface Store extends Function<List<Traced>, Uni<List<Received>>> {}

    /**
     * Creates an empty shard.
     *
     * @param store waits for a lock, but not for long
     * @param storeUnlocked almost does not wait for a lock
     */
    InboundShard(Context context, ReceiveConfig config, Store store, Store storeUnlocked) {
        this.groups = new GroupCommit<>(
                context,
                messages -> commit(messages, store),
                messages -> commit(messages, storeUnlocked),
                new GroupCommit.Limits(
                        config.groupLimit(),
                        config.maxQueued(),
                        config.maxQueuedPerChannel(),
                        config.maxWait(),
                        config.minInterval()));
        this.locked = new RetryQueues<>(
                context,
                message -> storeUnlocked.apply(List.of(message)).map(List::getFirst),
                DatabaseFailures::isLockTimeout,
                LOCKED);
    }

    /** Stores a message and returns its result after the commit. */
    Uni<Received> submit(Traced message) {
        return groups.submit(message, message.message().channelId()).flatMap(Function.identity());
    }

    boolean isOverloaded() {
        return groups.isOverloaded();
    }

    Duration runningFor() {
        return groups.runningFor();
    }

    /** Rejects the messages that wait. */
    void close() {
        groups.close();
        locked.close();
    }

    /** Groups are committed one after the other, so a contact whose messages wait gets this group's behind them. */
    private Uni<List<Uni<Received>>> commit(List<Traced> messages, Store store) {
        Set<ContactKey> waiting =
                messages.stream().map(ContactKey::of).filter(locked::contains).collect(Collectors.toSet());
        List<Traced> free = messages.stream()
                .filter(message -> !waiting.contains(ContactKey.of(message)))
                .toList();
        Uni<List<Received>> stored = free.isEmpty() ? Uni.createFrom().item(List.of()) : store.apply(free);
        return stored.map(received -> results(messages, waiting, received.iterator()))
                .onFailure(failure -> messages.size() == 1 && DatabaseFailures.isLockTimeout(failure))
                .recoverWithItem(() -> List.of(retryLater(messages.getFirst())));
    }

    private List<Uni<Received>> results(List<Traced> messages, Set<ContactKey> waiting, Iterator<Received> received) {
        List<Uni<Received>> results = new ArrayList<>();
        for (Traced message : messages) {
            results.add(
                    waiting.contains(ContactKey.of(message))
                            ? retryLater(message)
                            : Uni.createFrom().item(received.next()));
        }
        return results;
    }

    private Uni<Received> retryLater(Traced message) {
        return locked.add(ContactKey.of(message), message);
    }
}
