package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;

/** Links the identities of an end user that a webhook could not link, because others were changing the same people. */
@ApplicationScoped
class LinkIdentitiesHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 20;

    private final IdentityLinker linker;

    LinkIdentitiesHandler(IdentityLinker linker) {
        this.linker = linker;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(MessageTasks.LINK_IDENTITIES);
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
        return Uni.createFrom().item(new Outcome.Done(null, tx -> link(tx, task)));
    }

    private Uni<Void> link(Tx tx, ClaimedTask task) {
        return linker.link(tx, task.requestData()).replaceWithVoid();
    }
}
