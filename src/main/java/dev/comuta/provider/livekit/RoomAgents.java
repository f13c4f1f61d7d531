package dev.comuta.provider.livekit;

import dev.comuta.call.plan.CallScript.Step;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.provider.livekit.CallPlaces.CallPlace;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitApi.AgentDispatch;
import dev.comuta.task.ClaimedTask;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests agents for the rooms of calls, one at a time and each once. */
@ApplicationScoped
class RoomAgents {

    private final LiveKitApi api;

    RoomAgents(LiveKitApi api) {
        this.api = api;
    }

    /**
     * Requests the agent of a step, unless an earlier attempt did. The agents of earlier steps, which did not come, are
     * withdrawn before, so that no second one joins later.
     *
     * @return whether the server accepted the request, which does not mean that the agent joins
     */
    Uni<Boolean> request(ClaimedTask task, CallPlace place, int index, Step step) {
        return api.dispatches(place.account(), place.room())
                .call(known -> withdraw(place, known, index))
                .chain(known ->
                        known.stream().anyMatch(one -> metadata(place, index).equals(one.metadata()))
                                ? Uni.createFrom().item(true)
                                : dispatch(task, place, index, step));
    }

    /** Withdraws the agents of the steps before this one. */
    Uni<Void> withdraw(CallPlace place, int index) {
        return index == 0
                ? Uni.createFrom().voidItem()
                : api.dispatches(place.account(), place.room()).chain(known -> withdraw(place, known, index));
    }

    private Uni<Void> withdraw(CallPlace place, List<AgentDispatch> known, int index) {
        Set<String> earlier = IntStream.range(0, index)
                .mapToObj(step -> metadata(place, step))
                .collect(Collectors.toSet());
        return InOrder.each(
                known.stream()
                        .filter(one -> one.metadata() != null && earlier.contains(one.metadata()))
                        .toList(),
                one -> api.cancelDispatch(place.account(), one));
    }

    private Uni<Boolean> dispatch(ClaimedTask task, CallPlace place, int index, Step step) {
        task.calling();
        return api.dispatchAgent(place.account(), place.room(), step.agent(), metadata(place, index))
                .replaceWith(true)
                .onFailure(PermanentFailure.class)
                .recoverWithItem(false);
    }

    /** What the agent is told, by which its request is also recognized. */
    private static String metadata(CallPlace place, int index) {
        return new JsonObject()
                .put("clientId", place.ref().clientId())
                .put("callId", place.ref().callId())
                .put("sessionId", place.call().sessionId())
                .put("step", index)
                .encode();
    }
}
