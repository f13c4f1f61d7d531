package dev.comuta.platform;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.Set;

/** Tells an outage of the database (say 503, try again) from a statement that was wrong. */
public final class DatabaseFailures {

    private static final int MAX_CAUSES = 10;

    /** Classes of SQLSTATE: connection exception, insufficient resources, operator intervention, system error. */
    private static final Set<String> OUTAGES = Set.of("08", "53", "57", "58");

    private DatabaseFailures() {}

    /** Whether the failure, or one of its causes, says that the database could not be asked. */
    public static boolean isOutage(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof PgException sql) {
                return OUTAGES.contains(sql.getSqlState().substring(0, 2));
            }
            if (cause instanceof IOException || cause instanceof VertxException || cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** The name of the constraint that a row would break, or null when the failure is another. */
    public static String brokenConstraint(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            if (cause instanceof PgException sql && sql.getSqlState().startsWith("23")) {
                return sql.getConstraint();
            }
        }
        return null;
    }
}
