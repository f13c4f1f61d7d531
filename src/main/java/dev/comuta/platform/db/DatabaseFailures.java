package dev.comuta.platform.db;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hibernate.exception.ConstraintViolationException;

/** Distinguishes an outage of the database (503, may be retried) from a faulty statement. */
public final class DatabaseFailures {

    private static final int MAX_CAUSES = 10;

    /** Classes of SQLSTATE: connection exception, insufficient resources, operator intervention, system error. */
    private static final Set<String> OUTAGES = Set.of("08", "53", "57", "58");

    /** Severities after which the server closes the connection, whatever the SQLSTATE says. */
    private static final Set<String> CONNECTION_ENDS = Set.of("FATAL", "PANIC");

    /** Serialization failure and deadlock. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private DatabaseFailures() {}

    /** Whether the failure, or one of its causes, is an outage of the database. */
    public static boolean isOutage(Throwable failure) {
        if (causes(failure).anyMatch(DatabaseFailures::endsConnection)) {
            return true;
        }
        String state = sqlState(failure);
        return state == null
                ? causes(failure).anyMatch(DatabaseFailures::isConnectionTrouble)
                : state.length() > 2 && OUTAGES.contains(state.substring(0, 2));
    }

    /** Whether the database rolled the transaction back because of another one; the same work may then succeed. */
    public static boolean isConflict(Throwable failure) {
        String state = sqlState(failure);
        return state != null && CONFLICTS.contains(state);
    }

    /** Whether a statement waited longer than its limit for a lock that another transaction holds. */
    public static boolean isLockTimeout(Throwable failure) {
        return LOCK_NOT_AVAILABLE.equals(sqlState(failure));
    }

    /** The SQLSTATE with which the database rejected a statement; null for other failures. */
    public static String sqlState(Throwable failure) {
        return causes(failure)
                .map(DatabaseFailures::ownSqlState)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The name of the constraint that a row violates, in lower case; null for other failures. */
    public static String brokenConstraint(Throwable failure) {
        return causes(failure)
                .map(DatabaseFailures::ownConstraint)
                .filter(Objects::nonNull)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse(null);
    }

    /** Whether row-level security rejected a row. */
    public static boolean breaksRowSecurity(Throwable failure) {
        return INSUFFICIENT_PRIVILEGE.equals(sqlState(failure))
                && causes(failure)
                        .anyMatch(cause -> String.valueOf(cause.getMessage()).contains("row-level security"));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }

    private static boolean endsConnection(Throwable cause) {
        return cause instanceof PgException sql && CONNECTION_ENDS.contains(sql.getSeverity());
    }

    /** The driver has no own type for a closed connection and for a pool without a free one. */
    private static boolean isConnectionTrouble(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof VertxException
                || cause instanceof NoStackTraceThrowable
                || cause instanceof TimeoutException;
    }

    // Hibernate Reactive reports a failed statement as JDBC does, without a PgException.
    private static String ownSqlState(Throwable cause) {
        return switch (cause) {
            case PgException sql -> sql.getSqlState();
            case SQLException sql -> sql.getSQLState();
            default -> null;
        };
    }

    private static String ownConstraint(Throwable cause) {
        return switch (cause) {
            case PgException sql when sql.getSqlState().startsWith("23") -> sql.getConstraint();
            case ConstraintViolationException sql -> sql.getConstraintName();
            default -> null;
        };
    }
}
