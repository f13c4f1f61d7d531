package dev.comuta.platform.db;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The connections to the database: one pool for each {@link Workload}. Work in the rows of tenants and work that
 * crosses tenants have different database roles, so that no statement of the former can do the latter. The pools'
 * limits have this order: the database ends a statement after the statement limit; the client closes a connection that
 * was silent for {@link #ANSWER_MARGIN} longer. A transaction on a closed connection fails, and whether it was
 * committed is unknown.
 */
@ApplicationScoped
class ConnectionPools implements PgPoolCreator {

    /** Time between the end of a statement in the database and the end of its connection in the client. */
    private static final Duration ANSWER_MARGIN = Duration.ofSeconds(1);

    /** Longest waiting for a connection of a pool. */
    private static final Duration ACQUIRE_LIMIT = Duration.ofSeconds(1);

    /** GuardedPool has one. */
    private static final int NO_ACQUIRE_LIMIT = 0;

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);

    private final DatabaseConfig config;
    private final Instance<Pool> ofApi;
    private final ConnectionGuards guards = new ConnectionGuards();
    private volatile Map<Workload, Pool> pools;

    /** @param ofApi the pool of Hibernate, which Quarkus creates by {@link #create} when it is first used */
    ConnectionPools(DatabaseConfig config, Instance<Pool> ofApi) {
        this.config = config;
        this.ofApi = ofApi;
    }

    Pool of(Workload workload) {
        if (pools == null) {
            ofApi.get().size();
        }
        return pools.get(workload);
    }

    /** Whether a transaction of this process waits longer than any statement may take. */
    boolean isAnyStuck() {
        return guards.isAnyStuck();
    }

    @Override
    public Pool create(Input input) {
        open(input.vertx(), input.poolOptions(), input.pgConnectOptionsList());
        return new SessionPool(input.vertx(), this);
    }

    /** Opens the pools. Connections are established when they are needed. */
    void open(Vertx vertx, PoolOptions options, List<PgConnectOptions> servers) {
        Map<Workload, Pool> opened = new EnumMap<>(Workload.class);
        for (Workload workload : Workload.values()) {
            Duration limit = statementLimit(workload);
            Pool pool = PgBuilder.pool()
                    .using(vertx)
                    .with(new PoolOptions(options)
                            .setShared(false)
                            .setMaxSize(connections(workload))
                            .setConnectionTimeout(NO_ACQUIRE_LIMIT))
                    .connectingTo(servers.stream()
                            .<SqlConnectOptions>map(
                                    server -> limited(login(server, workload), limit, lockLimit(workload)))
                            .toList())
                    .build();
            opened.put(
                    workload,
                    new GuardedPool(
                            vertx,
                            pool,
                            connections(workload),
                            ACQUIRE_LIMIT,
                            channel -> new ConnectionGuard(guards, channel, limit, ANSWER_MARGIN)));
        }
        pools = opened;
    }

    private int connections(Workload workload) {
        return switch (workload) {
            case TENANT -> config.connections().tenant();
            case CROSS_TENANT -> config.connections().crossTenant();
            case API -> config.connections().api();
            case JOB -> config.connections().jobs();
            case PLATFORM -> config.connections().platform();
            case PLATFORM_API -> config.connections().platformApi();
        };
    }

    private Duration statementLimit(Workload workload) {
        return switch (workload) {
            case TENANT, CROSS_TENANT -> config.statementLimit();
            case API, PLATFORM_API -> config.apiStatementLimit();
            case JOB, PLATFORM -> config.jobStatementLimit();
        };
    }

    /** The server's role of Quarkus' data source, or the one that crosses tenants. */
    private PgConnectOptions login(PgConnectOptions server, Workload workload) {
        return switch (workload) {
            case TENANT, API, JOB -> server;
            case CROSS_TENANT, PLATFORM, PLATFORM_API ->
                new PgConnectOptions(server).setUser(config.crossUsername()).setPassword(config.crossPassword());
        };
    }

    /** Zero for no limit but that of the statement. A transaction that tenants share must not wait for one of them. */
    private Duration lockLimit(Workload workload) {
        return switch (workload) {
            case TENANT, CROSS_TENANT -> config.lockLimit();
            case API, JOB, PLATFORM, PLATFORM_API -> Duration.ZERO;
        };
    }

    /**
     * The limits are parameters of the connection, so they cost no statement. An abandoned transaction, whose client
     * the server can no longer reach, ends with its locks.
     */
    private static PgConnectOptions limited(PgConnectOptions server, Duration statementLimit, Duration lockLimit) {
        long answerLimit = statementLimit.plus(ANSWER_MARGIN).toMillis();
        PgConnectOptions limited = new PgConnectOptions(server);
        limited.setConnectTimeout((int) CONNECT_LIMIT.toMillis());
        // until the connection is established; then its guard replaces this limit
        limited.setReadIdleTimeout((int) CONNECT_LIMIT.toSeconds());
        limited.setIdleTimeoutUnit(TimeUnit.SECONDS);
        limited.setTcpKeepAlive(true);
        limited.setTcpUserTimeout((int) answerLimit);
        limited.addProperty("statement_timeout", Long.toString(statementLimit.toMillis()));
        limited.addProperty("lock_timeout", Long.toString(lockLimit.toMillis()));
        limited.addProperty("idle_in_transaction_session_timeout", Long.toString(answerLimit));
        return limited;
    }
}
