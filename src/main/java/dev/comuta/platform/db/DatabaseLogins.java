package dev.comuta.platform.db;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Checks the server's two database roles: the one of tenants' work cannot see the rows of other tenants, and the one
 * that crosses tenants can take the role of each reason. With a fault the server does not start. When the database is
 * unavailable at the start, readiness reports the fault.
 */
@ApplicationScoped
class DatabaseLogins {

    private static final Logger LOG = Logger.getLogger(DatabaseLogins.class);
    private static final int AFTER_MIGRATION = 3;
    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    /** The roles that the current role is or may take, and that see the rows of more than one tenant. */
    private static final String CROSSING = """
            select r.rolname from pg_roles r
            where pg_has_role(current_user, r.oid, 'member') and (r.rolsuper or r.rolbypassrls
                or exists (select from pg_class t where t.relowner = r.oid and t.relnamespace = 'public'::regnamespace)
                or exists (select from pg_policy p where r.oid = any (p.polroles) and p.polcmd = '*'
                           and pg_get_expr(p.polqual, p.polrelid) = 'true'))
            order by 1""";

    /** Those of the given roles that the current role may not take. */
    private static final String MISSING = """
            select name from unnest($1::text[]) name
            where not exists (
                select from pg_roles r where r.rolname = name and pg_has_role(current_user, r.oid, 'member'))
            order by 1""";

    private final Transactions transactions;
    private final DatabaseConfig config;

    DatabaseLogins(Transactions transactions, DatabaseConfig config) {
        this.transactions = transactions;
        this.config = config;
    }

    /** A setting whose role has the wrong privileges. */
    record Fault(String property, String reason) {}

    void start(@Observes @Priority(AFTER_MIGRATION) StartupEvent start) {
        if (!config.migrateOnly()) {
            require();
        }
    }

    /** Fails when a role has the wrong privileges. */
    void require() {
        List<Fault> faults = faults().onFailure()
                .invoke(failure -> LOG.warnf("the database roles were not checked: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(List.of())
                .await()
                .atMost(TIME_LIMIT);
        if (!faults.isEmpty()) {
            Fault first = faults.getFirst();
            throw new ConfigurationException(first.property() + " " + first.reason()
                    + ". Run src/main/resources/db/roles.sql as a superuser (docs/deployment.md).");
        }
    }

    /** The faults of both roles. Fails when the database is unavailable. */
    Uni<List<Fault>> faults() {
        return Uni.combine().all().unis(crossing(), missing()).with((crossing, missing) -> Stream.of(
                        fault("comuta.database.username", "sees the rows of every tenant, by the role ", crossing),
                        fault("comuta.database.cross-username", "may not take the role ", missing))
                .flatMap(fault -> fault)
                .toList());
    }

    private Uni<List<String>> crossing() {
        return transactions.statementsOfLogin(Workload.TENANT, tx -> tx.list(CROSSING, row -> row.getString(0)));
    }

    private Uni<List<String>> missing() {
        String[] roles = Arrays.stream(PlatformReason.values())
                .map(PlatformReason::databaseRole)
                .toArray(String[]::new);
        return transactions.statementsOfLogin(
                Workload.CROSS_TENANT, tx -> tx.list(MISSING, row -> row.getString(0), (Object) roles));
    }

    private static Stream<Fault> fault(String property, String reason, List<String> roles) {
        return roles.isEmpty() ? Stream.empty() : Stream.of(new Fault(property, reason + String.join(", ", roles)));
    }
}
