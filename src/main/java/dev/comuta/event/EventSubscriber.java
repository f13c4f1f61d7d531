package dev.comuta.event;

import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Somebody who follows a client's events. Takes nothing by itself: it is handed the next part when it has sent on the one
 * before, so what waits for a slow one waits in the table. Used on one event loop only.
 */
final class EventSubscriber {

    private final long clientId;
    private final MultiEmitter<? super List<StreamPart>> emitter;
    private final Runnable hangUp;
    private EventCursor position;
    private Instant lastTaken;
    private Instant lastHanded;

    EventSubscriber(
            StreamPosition streamPosition,
            MultiEmitter<? super List<StreamPart>> emitter,
            Runnable hangUp,
            Instant now) {
        this.clientId = streamPosition.clientId();
        this.position = streamPosition.after();
        this.emitter = emitter;
        this.hangUp = hangUp;
        this.lastTaken = now;
        this.lastHanded = now;
    }

    /** Whose events, and behind which one. */
    record StreamPosition(long clientId, EventCursor after) {}

    StreamPosition streamPosition() {
        return new StreamPosition(clientId, position);
    }

    /** Whether it waits for more; notes that it does. */
    boolean isReady(Instant now) {
        if (emitter.requested() == 0) {
            return false;
        }
        lastTaken = now;
        return true;
    }

    boolean isStuck(Instant now, Duration patience) {
        return lastTaken.plus(patience).isBefore(now);
    }

    boolean isQuiet(Instant now, Duration heartbeat) {
        return lastHanded.plus(heartbeat).isBefore(now);
    }

    /** Hands it the events that follow its streamPosition. */
    void hand(List<EventRow> events, Instant now) {
        position = events.getLast().cursor();
        emit(
                events.stream()
                        .map(event -> new StreamPart(event.cursor(), event.view()))
                        .toList(),
                now);
    }

    /** Says that the stream is alive, and where it is. */
    void heartbeat(Instant now) {
        emit(List.of(new StreamPart(position, null)), now);
    }

    private void emit(List<StreamPart> parts, Instant now) {
        lastHanded = now;
        emitter.emit(parts);
    }

    void end() {
        emitter.complete();
    }

    void drop() {
        hangUp.run();
    }
}
