package dev.comuta.provider.livekit;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRoute;
import dev.comuta.provider.livekit.api.LiveKitAccount;
import dev.comuta.provider.livekit.api.LiveKitApi;
import dev.comuta.provider.livekit.api.LiveKitParticipant;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks for a telephone that joined a room without its attributes, and treats what the server says as an event. A telephone
 * that left meanwhile is asked about no more.
 */
@ApplicationScoped
class TelephoneHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 4;

    private final ChannelDirectory channels;
    private final LiveKitApi api;
    private final LiveKitEvents events;

    TelephoneHandler(ChannelDirectory channels, LiveKitApi api, LiveKitEvents events) {
        this.channels = channels;
        this.api = api;
        this.events = events;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(LiveKitTasks.TELEPHONE);
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
        return channels.findRoute(task.requestedId(LateTelephones.CHANNEL)).chain(route -> {
            LiveKitAccount account =
                    route == null ? null : LiveKitAccount.of(route.ref().clientId(), route.credentials());
            return account == null ? Uni.createFrom().item(Outcome.nothingToDo()) : ask(task, account);
        });
    }

    private Uni<Outcome> ask(ClaimedTask task, LiveKitAccount account) {
        String room = task.requestData().getString(LateTelephones.ROOM);
        String identity = task.requestData().getString(LateTelephones.IDENTITY);
        return api.participants(account, room)
                .map(present -> present.stream()
                        .filter(participant -> participant.identity().equals(identity))
                        .findFirst())
                .chain(telephone -> found(account, room, telephone))
                .replaceWith(Outcome.nothingToDo());
    }

    private Uni<Void> found(LiveKitAccount account, String room, Optional<LiveKitParticipant> telephone) {
        return telephone.isEmpty()
                ? Uni.createFrom().voidItem()
                : channels.findRoutesOfAccount(LiveKitProvider.LIVEKIT, account.apiKey())
                        .chain(routes -> events.present(own(routes, account), room, telephone.get()));
    }

    private static List<ChannelRoute> own(List<ChannelRoute> routes, LiveKitAccount account) {
        return routes.stream()
                .filter(route -> route.ref().clientId() == account.clientId())
                .toList();
    }
}
