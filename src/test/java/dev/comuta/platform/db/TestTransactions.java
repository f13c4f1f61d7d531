package dev.comuta.platform.db;

import static org.awaitility.Awaitility.await;

import dev.comuta.platform.trace.Tracing;
import dev.comuta.sandbox.SandboxPostgres;
import io.opentelemetry.api.OpenTelemetry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.flywaydb.core.Flyway;

/** Transactions without a server: statements on a migrated database, as the server's roles. */
public final class TestTransactions {

    private final List<RequestedTask> requested = new CopyOnWriteArrayList<>();
    private final Transactions transactions;

    private TestTransactions(Vertx vertx, SandboxPostgres postgres, int port, Map<String, String> settings) {
        SandboxPostgres.Login app = postgres.login(SandboxPostgres.APP);
        SandboxPostgres.Login cross = postgres.login(SandboxPostgres.CROSS);
        Map<String, String> properties = new HashMap<>(Map.of(
                "comuta.database.username", app.username(),
                "comuta.database.password", app.password(),
                "comuta.database.cross-username", cross.username(),
                "comuta.database.cross-password", cross.password()));
        properties.putAll(settings);
        DatabaseConfig config = config(DatabaseConfig.class, properties);
        PgConnectOptions options = new PgConnectOptions()
                .setHost(postgres.host())
                .setPort(port)
                .setDatabase(postgres.database())
                .setUser(config.username())
                .setPassword(config.password())
                .setCachePreparedStatements(true);
        ConnectionPools pools = new ConnectionPools(config, null);
        pools.open(vertx, new PoolOptions(), List.of(options));
        transactions = new Transactions(
                pools, null, Optional::empty, requested::addAll, config, new Tracing(OpenTelemetry.noop(), () -> true));
    }

    /** Migrates the database and connects to it. */
    public static TestTransactions on(Vertx vertx, SandboxPostgres postgres) {
        TestTransactions test = on(vertx, postgres, postgres.port(), Map.of());
        test.connect();
        return test;
    }

    /** Opens the first connections; on a busy machine this may take longer than a transaction waits for one. */
    private void connect() {
        Function<Tx, Uni<Integer>> one = tx -> tx.find("select 1", row -> row.getInteger(0));
        List.<Supplier<Uni<Integer>>>of(
                        () -> transactions.statementsInTenant(1, one),
                        () -> transactions.statementsAsPlatform(PlatformReason.SWEEP, one))
                .forEach(work -> await().ignoreExceptions()
                        .until(() -> work.get().await().indefinitely() == 1));
    }

    /**
     * The same through a proxy and with other settings.
     *
     * @param port where the proxy listens
     */
    public static TestTransactions on(Vertx vertx, SandboxPostgres postgres, int port, Map<String, String> settings) {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), owner.username(), owner.password())
                .load()
                .migrate();
        return new TestTransactions(vertx, postgres, port, settings);
    }

    /** Connects to nothing: every transaction fails as during an outage. */
    public static TestTransactions awayFrom(Vertx vertx, SandboxPostgres postgres) {
        int closed = 1;
        return new TestTransactions(vertx, postgres, closed, Map.of());
    }

    public Transactions service() {
        return transactions;
    }

    /** The tasks that committed transactions requested. */
    public List<RequestedTask> requested() {
        return requested;
    }

    /** A configuration with its defaults. */
    public static <T> T config(Class<T> mapping) {
        return config(mapping, Map.of());
    }

    /** A configuration with these properties and defaults for the others. */
    public static <T> T config(Class<T> mapping, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withDefaultValues(properties)
                .build()
                .getConfigMapping(mapping);
    }
}
