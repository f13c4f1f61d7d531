package dev.comuta.task;

import dev.comuta.platform.batch.GroupCommit;
import dev.comuta.platform.batch.GroupCommit.Limits;
import dev.comuta.task.TaskStore.Claim;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Claims tasks for the queues of this process, which share the statements and commits. */
@ApplicationScoped
class TaskClaims {

    private static final Logger LOG = Logger.getLogger(TaskClaims.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(1);

    private final TaskStore store;
    private final JsonObject leases;
    private final GroupCommit<List<Long>, Claim> groups;

    TaskClaims(TaskStore store, TaskRunner runner, TaskConfig config, Vertx vertx) {
        this.store = store;
        this.leases = runner.leases();
        this.groups = new GroupCommit<>(
                ((VertxInternal) vertx).createEventLoopContext(),
                this::claimTogether,
                Limits.of(TaskQueue.values().length, Integer.MAX_VALUE).atIntervals(config.claimInterval()));
    }

    /** Claims those of the tasks that can be claimed. Retries while the database is unavailable. */
    Uni<Claim> claim(List<Long> ids) {
        return groups.submit(ids);
    }

    private Uni<List<Claim>> claimTogether(List<List<Long>> requests) {
        List<Long> ids = requests.stream().flatMap(List::stream).toList();
        return claimUntilAnswered(ids, UUID.randomUUID())
                .map(claimed ->
                        requests.stream().map(request -> of(claimed, request)).toList());
    }

    /** A retry has the same id, because the response of a claim that was stored may be lost. */
    private Uni<Claim> claimUntilAnswered(List<Long> ids, UUID claim) {
        return Uni.createFrom()
                .deferred(() -> store.claim(ids, leases, claim))
                .onFailure()
                .invoke(failure -> LOG.warnf("a claim of tasks failed, retrying: %s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY)
                .indefinitely();
    }

    private static Claim of(Claim claim, List<Long> request) {
        Set<Long> ids = new HashSet<>(request);
        return new Claim(
                claim.tasks().stream()
                        .filter(task -> ids.contains(task.taskId()))
                        .toList(),
                claim.locked());
    }
}
