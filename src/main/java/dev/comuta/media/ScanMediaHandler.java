package dev.comuta.media;

import dev.comuta.media.Scanner.Verdict;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Scans a held file until the scanner answers. */
@ApplicationScoped
class ScanMediaHandler implements TaskHandler {

    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final MediaStore media;
    private final SealedObjects objects;
    private final Scanner scanner;
    private final MediaConfig config;
    private final List<MediaListener> listeners;

    ScanMediaHandler(
            Transactions transactions,
            MediaStore media,
            SealedObjects objects,
            Scanner scanner,
            MediaConfig config,
            @All List<MediaListener> listeners) {
        this.transactions = transactions;
        this.media = media;
        this.objects = objects;
        this.scanner = scanner;
        this.config = config;
        this.listeners = listeners;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MediaTasks.SCAN);
    }

    @Override
    public Duration timeLimit() {
        return config.scanner().timeLimit().plusSeconds(10);
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return transactions
                .statementsInTenant(task.clientId(), tx -> media.find(tx, task.clientId(), task.requestedId("mediaId")))
                .chain(row -> row == null || !MediaStatus.HELD.stored().equals(row.status())
                        ? Uni.createFrom().item(Outcome.nothingToDo())
                        : scan(task, row));
    }

    private Uni<Outcome> scan(ClaimedTask task, StoredMedia row) {
        return scanner.scan(() -> objects.open(row.object(), 0, row.size()))
                .map(verdict -> outcome(task, row, verdict));
    }

    private Outcome outcome(ClaimedTask task, StoredMedia row, Verdict verdict) {
        if (verdict.isHeld()) {
            return new Outcome.Postponed(PAUSE, "the scanner did not answer");
        }
        return new Outcome.Done(
                null,
                tx -> verdict.isInfected()
                        ? media.infected(tx, row.clientId(), row.mediaId(), verdict.reason())
                                .chain(() -> InOrder.each(
                                        listeners, listener -> listener.unavailable(tx, row, task.taskId())))
                        : media.release(tx, row.clientId(), row.mediaId(), verdict.scan())
                                .chain(() -> InOrder.each(listeners, listener -> listener.available(tx, row))));
    }
}
