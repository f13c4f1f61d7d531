package dev.comuta.provider.livekit;

import dev.comuta.call.CallRef;
import dev.comuta.platform.db.InOrder;
import dev.comuta.provider.livekit.CallPlaces.CallPlace;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitEgress;
import dev.comuta.provider.livekit.api.LiveKitParticipant;
import dev.comuta.provider.livekit.api.LiveKitParticipant.Kind;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Ends the room of a call that has ended: stops its recordings, waits until they are complete, reports them, and only then
 * deletes the room. So a recording is known when its events are lost, and its end is not cut. A room with a telephone in it
 * is left as it is: it may have another call.
 */
@ApplicationScoped
class RoomEndHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final Duration UNTIL_COMPLETE = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 40;

    private final CallPlaces places;
    private final LiveKitApi api;
    private final LiveKitRecordings recordings;

    RoomEndHandler(CallPlaces places, LiveKitApi api, LiveKitRecordings recordings) {
        this.places = places;
        this.api = api;
        this.recordings = recordings;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(LiveKitTasks.ROOM_END);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public int maxAttempts() {
        return ATTEMPTS;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return places.find(new CallRef(task.clientId(), task.requestedId(RoomWork.CALL)))
                .chain(place -> place == null ? Uni.createFrom().item(Outcome.nothingToDo()) : end(place));
    }

    private Uni<Outcome> end(CallPlace place) {
        return own(place)
                .chain(known -> InOrder.each(
                        known.stream().filter(one -> one.status().goesOn()).toList(),
                        one -> api.stopRecording(place.account(), one.id()).replaceWithVoid()))
                .chain(() -> own(place))
                .call(known -> InOrder.each(known, one -> recordings.report(place.account(), one)))
                .chain(known -> known.stream().allMatch(one -> one.status().isEnded())
                        ? leave(place).replaceWith(Outcome.nothingToDo())
                        : Uni.createFrom().item(new Outcome.Retry(UNTIL_COMPLETE, "a recording is not complete")));
    }

    private Uni<List<LiveKitEgress>> own(CallPlace place) {
        return api.recordings(place.account(), place.room()).map(all -> all.stream()
                .filter(one -> place.ref().equals(LiveKitRecordings.callOf(one)))
                .toList());
    }

    private Uni<Void> leave(CallPlace place) {
        return api.participants(place.account(), place.room())
                .chain(present -> present.stream().anyMatch(RoomEndHandler::isTelephone)
                        ? Uni.createFrom().voidItem()
                        : api.deleteRoom(place.account(), place.room()));
    }

    private static boolean isTelephone(LiveKitParticipant participant) {
        return participant.kind() == Kind.SIP;
    }
}
