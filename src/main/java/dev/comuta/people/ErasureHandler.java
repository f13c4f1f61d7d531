package dev.comuta.people;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.platform.audit.Audit;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.ClaimedTask;
import dev.comuta.task.Outcome;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.TaskType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Set;

/** Erases everything that is stored about an end user, in portions, each in a transaction of its own. */
@ApplicationScoped
class ErasureHandler implements TaskHandler {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ATTEMPTS = 20;

    private final Erasures erasures;
    private final Events events;

    ErasureHandler(Erasures erasures, Events events) {
        this.erasures = erasures;
        this.events = events;
    }

    @Override
    public Set<TaskType> types() {
        return Set.of(PeopleTasks.ERASURE);
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
    public boolean isCancelable() {
        return false;
    }

    @Override
    public Uni<Outcome> run(ClaimedTask task) {
        long endUserId = task.requestedId(Erasures.END_USER_ID);
        PersonRef person = new PersonRef(task.clientId(), endUserId);
        return erasures.erase(person).map(erased -> new Outcome.Done(null, tx -> finish(tx, person, erased)));
    }

    private Uni<Void> finish(Tx tx, PersonRef person, OffsetDateTime erased) {
        JsonObject data = new JsonObject().put("EndUserID", Long.toString(person.endUserId()));
        String target = "/clients/" + person.clientId() + "/end-users/" + person.endUserId();
        return erasures.finish(tx, person, erased)
                .chain(() -> events.record(tx, person.clientId(), null, EventType.PERSON_ERASED, data))
                .chain(() -> Audit.ofSystem(tx, person.clientId(), "endUserErased", target));
    }
}
