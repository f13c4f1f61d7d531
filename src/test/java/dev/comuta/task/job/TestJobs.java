package dev.comuta.task.job;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.task.Tasks;

/** Jobs without a server. */
public final class TestJobs {

    private TestJobs() {}

    /** Batches on this database. */
    public static JobBatches batches(TestTransactions transactions) {
        return new JobBatches(transactions.service(), new Tasks());
    }
}
