package dev.comuta.task;

import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/** Asks for the first task of every recurring job; while one is open, asking again changes nothing. */
@ApplicationScoped
class RecurringJobs {

    private static final Logger LOG = Logger.getLogger(RecurringJobs.class);

    private final List<RecurringHandler> jobs;
    private final Transactions transactions;
    private final Tasks tasks;
    private final Clock clock;

    RecurringJobs(@All List<RecurringHandler> jobs, Transactions transactions, Tasks tasks, Clock clock) {
        this.jobs = jobs;
        this.transactions = transactions;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "10s")
    Uni<Void> ensureRequested() {
        return transactions
                .statementsAsPlatform(PlatformReason.PLATFORM_TASK, this::requestAll)
                .onFailure()
                .invoke(failure -> LOG.warnf("recurring jobs were not requested: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** One after the other: a transaction is one stream. */
    private Uni<Void> requestAll(Tx tx) {
        Uni<Void> requested = Uni.createFrom().voidItem();
        for (RecurringHandler job : jobs) {
            requested = requested.chain(() -> tasks.request(tx, NewTask.job(job.type(), clock.instant())));
        }
        return requested;
    }
}
