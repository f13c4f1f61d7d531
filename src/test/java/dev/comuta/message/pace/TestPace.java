package dev.comuta.message.pace;

import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import io.vertx.core.Vertx;
import java.util.Map;

/** The pace of sending without a server. */
public final class TestPace {

    private TestPace() {}

    /** The pace of one process, with the configured limits. */
    public static SendingPace of(Transactions transactions, Vertx vertx) {
        return of(transactions, vertx, Map.of());
    }

    /** The same with other limits. */
    static SendingPace of(Transactions transactions, Vertx vertx, Map<String, String> properties) {
        return new SendingPace(transactions, TestTransactions.config(PaceConfig.class, properties), vertx);
    }
}
