package dev.comuta.event;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A subscriber to a client's events. It receives the next batch when it has sent the previous one, so the events that a
 * slow subscriber has not received stay in the table. Confined to one event loop.
 */
final class EventSubscriber {

    private final long clientId;
    private final Long keyId;
    private final Instant deadline;
    private final MultiEmitter<? super List<StreamPart>> emitter;
    private final Runnable disconnection;
    private EventCursor position;
    private Instant lastRequested;
    private Instant lastSent;

    EventSubscriber(Subscription subscription, MultiEmitter<? super List<StreamPart>> emitter, Instant now) {
        this.clientId = subscription.from().clientId();
        this.position = subscription.from().after();
        this.keyId = subscription.keyId();
        this.deadline = subscription.deadline();
        this.emitter = emitter;
        this.disconnection = subscription.disconnection();
        this.lastRequested = now;
        this.lastSent = now;
    }

    /** The client and the last event that the subscriber received. */
    record StreamPosition(long clientId, EventCursor after) {}

    /**
     * A request to follow events.
     *
     * @param keyId the key of the subscriber; null for the platform's key of the configuration
     * @param deadline the stream ends then
     * @param disconnection breaks the connection of a subscriber that no longer reads
     */
    record Subscription(StreamPosition from, Long keyId, Instant deadline, Runnable disconnection) {}

    /** {@return the key of the subscriber, or null for the platform's key of the configuration} */
    Long keyId() {
        return keyId;
    }

    boolean isOver(Instant now) {
        return deadline.isBefore(now);
    }

    void onTermination(Runnable action) {
        emitter.onTermination(action);
    }

    StreamPosition position() {
        return new StreamPosition(clientId, position);
    }

    /** Whether the subscriber requests a batch; records the time when it does. */
    boolean isReady(Instant now) {
        if (emitter.requested() == 0) {
            return false;
        }
        lastRequested = now;
        return true;
    }

    boolean isStuck(Instant now, Duration timeout) {
        return lastRequested.plus(timeout).isBefore(now);
    }

    boolean isQuiet(Instant now, Duration heartbeat) {
        return lastSent.plus(heartbeat).isBefore(now);
    }

    /** Sends the events that follow the position. */
    void send(List<EventRow> events, Instant now) {
        position = events.getLast().cursor();
        emit(
                events.stream()
                        .map(event -> new StreamPart(event.cursor(), event.view()))
                        .toList(),
                now);
    }

    /** Sends the position without an event, to show that the stream is alive. */
    void heartbeat(Instant now) {
        emit(List.of(new StreamPart(position, null)), now);
    }

    private void emit(List<StreamPart> parts, Instant now) {
        lastSent = now;
        emitter.emit(parts);
    }

    void complete() {
        emitter.complete();
    }

    /** Breaks the connection of a subscriber that no longer reads. */
    void disconnect() {
        disconnection.run();
    }
}
