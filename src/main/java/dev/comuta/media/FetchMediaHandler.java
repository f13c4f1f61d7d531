package dev.comuta.media;

import dev.comuta.media.MediaIntake.Accepted;
import dev.comuta.media.MediaIntake.Arriving;
import dev.comuta.media.MediaIntake.Refused;
import dev.comuta.media.MediaSource.RemoteFile;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.object.StorageFull;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Fetches a file from its provider and stores it. A file that is too large, of another type, or infected ends the task
 * successfully, and its row has the reason. A failure that may pass is retried.
 */
@ApplicationScoped
class FetchMediaHandler implements TaskHandler {

    private static final Duration UNTIL_SPACE = Duration.ofMinutes(5);

    private static final String NO_ROOM =
            "o limite de armazenamento foi atingido; quando houver espaço, repita a tarefa para buscar o arquivo";

    private final Transactions transactions;
    private final MediaStore media;
    private final MediaIntake intake;
    private final MediaDownload download;
    private final Quotas quotas;
    private final Tasks tasks;
    private final MediaConfig config;
    private final List<MediaListener> listeners;

    FetchMediaHandler(
            Transactions transactions,
            MediaStore media,
            MediaIntake intake,
            MediaDownload download,
            Quotas quotas,
            Tasks tasks,
            MediaConfig config,
            @All List<MediaListener> listeners) {
        this.transactions = transactions;
        this.media = media;
        this.intake = intake;
        this.download = download;
        this.quotas = quotas;
        this.tasks = tasks;
        this.config = config;
        this.listeners = listeners;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MediaTasks.FETCH);
    }

    @Override
    public Duration timeLimit() {
        return config.fetchTimeLimit();
    }

    @Override
    public int maxAttempts() {
        return config.fetchAttempts();
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return transactions
                .statementsInTenant(task.clientId(), tx -> find(tx, task))
                .chain(row -> row == null ? Uni.createFrom().item(Outcome.nothingToDo()) : fetch(task, row))
                .onFailure(StorageFull.class)
                .recoverWithItem(full -> new Outcome.Postponed(UNTIL_SPACE, full.getMessage()))
                .onFailure(FetchMediaHandler::isQuota)
                .recoverWithItem(() -> noRoom(task))
                .map(outcome -> outcome instanceof Outcome.Done done ? withoutResult(task, done) : outcome);
    }

    /** A turn waits for the task, and must not take its result for that of a look-up. */
    private Outcome withoutResult(ClaimedTask task, Outcome.Done done) {
        return new Outcome.Done(
                done.resultData(), tx -> done.effects().write(tx).chain(() -> consume(tx, task)));
    }

    private Uni<Void> consume(Tx tx, ClaimedTask task) {
        return tasks.consume(tx, task.clientId(), List.of(task.taskId()), task.taskId());
    }

    /** {@return the row, or null when it has its file, or was removed} */
    private Uni<StoredMedia> find(Tx tx, ClaimedTask task) {
        return media.find(tx, task.clientId(), task.requestedId("mediaId"))
                .map(row -> row != null && row.object() == null && row.source() != null ? row : null)
                .call(row -> row == null
                        ? Uni.createFrom().voidItem()
                        : quotas.requireRoom(tx, task.clientId(), Limit.STORED_MEGABYTES));
    }

    private Uni<Outcome> fetch(ClaimedTask task, StoredMedia row) {
        FileKind kind =
                FileKind.of(row.kind()).orElseThrow(() -> new PermanentFailure("the row has no known kind of file"));
        RemoteFile file = new RemoteFile(row.clientId(), row.channelId(), row.source());
        MediaDownload.Source source = download.from(row.provider(), file);
        Arriving arriving = new Arriving(
                row.clientId(),
                kind,
                row.isRecording() ? config.recordingLimit() : Math.min(kind.limit(), source.limit()),
                row.source().mimeType(),
                row.mediaId());
        return intake.accept(arriving, source::copyTo).map(result -> switch (result) {
            case Accepted accepted -> stored(task, row, accepted);
            case Refused refused ->
                new Outcome.Done(
                        result(refused.status()), tx -> media.refuse(tx, row.clientId(), row.mediaId(), refused)
                                .chain(() -> unavailable(tx, task, row)));
        });
    }

    private Outcome stored(ClaimedTask task, StoredMedia row, Accepted file) {
        Checksum.require(row.source().sha256(), file.sha256());
        return new Outcome.Done(result(file.status()), tx -> media.accept(tx, row.clientId(), row.mediaId(), file)
                .chain(waited ->
                        waited ? request(tx, task, row, file.status()) : media.abandon(tx, row.clientId(), file)));
    }

    private Uni<Void> request(Tx tx, ClaimedTask task, StoredMedia row, MediaStatus status) {
        return switch (status) {
            case HELD -> tasks.request(tx, MediaTasks.scan(row.clientId(), task.sessionId(), row.mediaId()));
            case AVAILABLE -> InOrder.each(listeners, listener -> listener.available(tx, row));
            default -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> unavailable(Tx tx, ClaimedTask task, StoredMedia row) {
        return InOrder.each(listeners, listener -> listener.unavailable(tx, row, task.taskId()));
    }

    private static JsonObject result(MediaStatus status) {
        return new JsonObject().put("status", status.stored());
    }

    /** Its reason replaces the one of other failures. */
    private Outcome noRoom(ClaimedTask task) {
        String cause = "the client has reached its limit of stored bytes";
        return new Outcome.Failed(
                cause,
                tx -> media.refuse(
                        tx, task.clientId(), task.requestedId("mediaId"), Refused.notAccepted(NO_ROOM, cause)));
    }

    private static boolean isQuota(Throwable failure) {
        return failure instanceof Problem problem && problem.type() == ProblemType.LIMIT_REACHED;
    }

    @Override
    public Uni<Void> onFailed(Tx tx, ClaimedTask task, String cause) {
        return media.refuse(
                        tx,
                        task.clientId(),
                        task.requestedId("mediaId"),
                        Refused.notAccepted("o arquivo não pôde ser obtido do provedor", cause))
                .chain(() -> media.find(tx, task.clientId(), task.requestedId("mediaId")))
                .chain(row -> Unis.when(row != null, () -> unavailable(tx, task, row)))
                .chain(() -> consume(tx, task));
    }

    @Override
    public Uni<Void> onRetried(Tx tx, ClaimedTask task) {
        return media.reopen(tx, task.clientId(), task.requestedId("mediaId"));
    }
}
