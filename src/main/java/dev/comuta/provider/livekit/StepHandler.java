package dev.comuta.provider.livekit;

import dev.comuta.call.CallCommand;
import dev.comuta.call.CallDirection;
import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.plan.CallScript;
import dev.comuta.call.plan.CallScript.Step;
import dev.comuta.call.plan.StepKind;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.provider.livekit.CallPlaces.CallPlace;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitParticipant;
import dev.comuta.provider.livekit.api.LiveKitParticipant.Kind;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Begins a step of a call's script, and requests the next one for the time when it is over. Before that it looks who is in
 * the room: when somebody of the company is, a person or an agent, no step follows. After the last step the call is hung
 * up. A step that calls in rooms cannot follow is passed over.
 */
@ApplicationScoped
class StepHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int ATTEMPTS = 4;

    /** Of a plan. */
    private static final int MOST_STEPS = 20;

    private final CallPlaces places;
    private final LiveKitApi api;
    private final RoomAgents agents;
    private final LiveKitControl control;
    private final Calls calls;
    private final Tasks tasks;

    StepHandler(
            CallPlaces places, LiveKitApi api, RoomAgents agents, LiveKitControl control, Calls calls, Tasks tasks) {
        this.places = places;
        this.api = api;
        this.agents = agents;
        this.control = control;
        this.calls = calls;
        this.tasks = tasks;
    }

    /** A room with the telephone of a call and the others in it. */
    private record Scene(CallPlace place, LiveKitParticipant telephone, List<LiveKitParticipant> present) {

        /** Somebody of the company; empty for nobody. */
        private Optional<LiveKitParticipant> company() {
            return present.stream()
                    .filter(one -> one.kind() != Kind.EGRESS && one.kind() != Kind.INGRESS)
                    .filter(one -> !one.identity().equals(telephone.identity()))
                    .findFirst();
        }
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(LiveKitTasks.STEP);
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
    public boolean changesOtherSystems() {
        return true;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return places.find(refIn(task))
                .chain(place -> place == null || isOver(place)
                        ? Uni.createFrom().item(Outcome.nothingToDo())
                        : api.participants(place.account(), place.room())
                                .chain(present -> begin(task, place, present)));
    }

    private static boolean isOver(CallPlace place) {
        return place.call().state().status().isFinal() || place.call().script() == null;
    }

    /** A telephone that is not there has left: how its call ended, the check of the call finds out. */
    private Uni<Outcome> begin(ClaimedTask task, CallPlace place, List<LiveKitParticipant> present) {
        return LiveKitControl.telephone(present, place.atProvider())
                .map(telephone -> new Scene(place, telephone, present))
                .map(scene ->
                        scene.company().map(somebody -> taken(place, somebody)).orElseGet(() -> begin(task, scene)))
                .orElseGet(() -> Uni.createFrom().item(Outcome.nothingToDo()));
    }

    /** The event that says so may be lost. */
    private Uni<Outcome> taken(CallPlace place, LiveKitParticipant somebody) {
        boolean isNews = place.call().direction() == CallDirection.INBOUND
                && !place.call().isAttended();
        return (isNews
                        ? calls.attendedBy(place.ref(), LiveKitEvents.userOf(somebody.identity()))
                                .replaceWithVoid()
                        : Uni.createFrom().voidItem())
                .replaceWith(Outcome.nothingToDo());
    }

    private Uni<Outcome> begin(ClaimedTask task, Scene scene) {
        CallScript script = scene.place().call().script();
        int index = next(script, stepIn(task));
        if (script.refused() || index >= script.steps().size()) {
            return hangUp(scene);
        }
        Step step = script.steps().get(index);
        return (step.kind() == StepKind.AGENT
                        ? agents.request(task, scene.place(), index, step)
                        : agents.withdraw(scene.place(), index).replaceWith(true))
                .map(begun -> followedAfter(
                        scene.place().ref(), index, begun ? Duration.ofSeconds(step.seconds()) : Duration.ZERO));
    }

    private static int next(CallScript script, int from) {
        int index = from;
        while (index < script.steps().size()
                && !LiveKitPlans.follows(script.steps().get(index).kind())) {
            index++;
        }
        return index;
    }

    private Outcome followedAfter(CallRef call, int index, Duration time) {
        return new Outcome.Done(
                null, tx -> tasks.request(tx, RoomWork.step(call, index + 1).delay(time)));
    }

    private Uni<Outcome> hangUp(Scene scene) {
        CallPlace place = scene.place();
        return control.change(
                        new LiveKitControl.Place(place.account(), place.room(), scene.present()),
                        place.atProvider(),
                        new CallCommand.HangUp())
                .replaceWith(Outcome.nothingToDo());
    }

    /** A step that could not be begun is followed by the next one. */
    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return Unis.when(
                stepIn(task) < MOST_STEPS, () -> tasks.request(tx, RoomWork.step(refIn(task), stepIn(task) + 1)));
    }

    /** The steps end with the work that somebody canceled. */
    @Override
    public Uni<Void> onCanceled(Tx tx, ClaimedTask task) {
        return Uni.createFrom().voidItem();
    }

    private static CallRef refIn(ClaimedTask task) {
        return new CallRef(task.clientId(), task.requestedId(RoomWork.CALL));
    }

    private static int stepIn(ClaimedTask task) {
        return (int) task.requestedId(RoomWork.STEP);
    }
}
