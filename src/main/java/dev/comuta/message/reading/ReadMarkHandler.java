package dev.comuta.message.reading;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Marks the latest message of a session as read. Without an answer to it, the end user also sees that one is being
 * written. A provider that does not do it, or fails, is not asked the next time.
 */
@ApplicationScoped
class ReadMarkHandler implements TaskHandler {

    private static final Logger LOG = Logger.getLogger(ReadMarkHandler.class);
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private static final String LATEST = """
            select ProviderMessageID, TurnTaskID is null as unanswered from Messages
            where SessionID = $1 and ClientID = $2 and SenderType = 'Usuário-Cliente' and ProviderMessageID is not null
            order by OrderedAt desc, MessageID desc limit 1""";

    private final Map<String, ReadMarker> markers;
    private final ChannelDirectory channels;
    private final Transactions transactions;

    ReadMarkHandler(@All List<ReadMarker> markers, ChannelDirectory channels, Transactions transactions) {
        this.markers = markers.stream()
                .collect(
                        Collectors.toUnmodifiableMap(marker -> marker.provider().stored(), Function.identity()));
        this.channels = channels;
        this.transactions = transactions;
    }

    /** The latest message of a session, and its channel with the credentials. */
    private record Latest(OutboundChannel channel, String providerMessageId, boolean unanswered) {}

    @Override
    public Set<TaskType> types() {
        return Set.of(ReadMarkTasks.MARK_READ);
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public int maxAttempts() {
        return 1;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return transactions
                .statementsInTenant(task.clientId(), tx -> latest(tx, task))
                .chain(this::mark)
                .onFailure()
                .invoke(failure -> LOG.debugf("the messages of session %d were not marked as read", task.sessionId()))
                .onFailure()
                .recoverWithNull()
                .map(marked -> Outcome.nothingToDo());
    }

    private Uni<Latest> latest(Tx tx, ClaimedTask task) {
        ChannelRef channel = new ChannelRef(task.clientId(), task.requestedId("channelId"));
        return channels.getOutbound(tx, channel)
                .chain(found -> tx.find(
                        LATEST,
                        row -> new Latest(found, row.getString("providermessageid"), row.getBoolean("unanswered")),
                        task.sessionId(),
                        task.clientId()));
    }

    private Uni<Void> mark(Latest latest) {
        ReadMarker marker =
                latest == null ? null : markers.get(latest.channel().provider().stored());
        return marker == null
                ? Uni.createFrom().voidItem()
                : marker.markRead(latest.channel(), latest.providerMessageId(), latest.unanswered());
    }
}
