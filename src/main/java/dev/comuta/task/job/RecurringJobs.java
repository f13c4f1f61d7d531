package dev.comuta.task.job;

import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** Requests the first task of every recurring job; a request changes nothing while one is open. */
@ApplicationScoped
class RecurringJobs {

    private static final Logger LOG = Logger.getLogger(RecurringJobs.class);

    private final List<RecurringHandler> jobs;
    private final Transactions transactions;
    private final Tasks tasks;

    RecurringJobs(@All List<RecurringHandler> jobs, Transactions transactions, Tasks tasks) {
        this.jobs = jobs;
        this.transactions = transactions;
        this.tasks = tasks;
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

    private Uni<Void> requestAll(Tx tx) {
        return InOrder.each(jobs, job -> tasks.request(tx, NewTask.job(job.job())));
    }
}
