package dev.comuta.task;

import dev.comuta.platform.Tx;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Removes what is kept for a limited time: a job that requests its successor. */
@ApplicationScoped
class RetentionHandler implements RecurringHandler {

    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final List<Perishable> perishables;
    private final Tasks tasks;
    private final Clock clock;

    RetentionHandler(@All List<Perishable> perishables, Tasks tasks, Clock clock) {
        this.perishables = perishables;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public TaskType type() {
        return TaskType.RETENTION;
    }

    @Override
    public Duration timeLimit() {
        return LIMIT;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        return Uni.createFrom().item(new Outcome.Done(null, this::clean));
    }

    /** One after the other: a transaction is one stream. */
    private Uni<Void> clean(Tx tx) {
        Uni<Void> cleaned = Uni.createFrom().voidItem();
        for (Perishable perishable : perishables) {
            cleaned = cleaned.chain(() -> perishable.removeExpired(tx));
        }
        return cleaned.chain(() -> requestNext(tx));
    }

    private Uni<Void> requestNext(Tx tx) {
        return tasks.request(tx, NewTask.job(TaskType.RETENTION, clock.instant().plus(PAUSE)));
    }
}
