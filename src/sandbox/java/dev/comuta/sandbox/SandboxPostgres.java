package dev.comuta.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The database of the sandbox: an embedded PostgreSQL, or the one of COMUTA_DB_URL.
 *
 * <p>The embedded one has the roles of {@code db/roles.sql} and an empty database comuta. It can be stopped, killed,
 * frozen and restarted on its data and port. A database of COMUTA_DB_URL ({@code postgresql://host:port/database}, with
 * user name and password of each role in the variables of the server) is used unchanged and cannot be stopped.
 */
public final class SandboxPostgres implements AutoCloseable {

    /** The role that owns and migrates the tables. */
    public static final String OWNER = "comuta_owner";

    /** The role of the server's work in one tenant. */
    public static final String APP = "comuta_app";

    /** The role of the server's work that crosses tenants. */
    public static final String CROSS = "comuta_cross";

    private static final List<String> LOGINS = List.of(OWNER, APP, CROSS);

    private final PostgresServer own;
    private final URI address;
    private final Map<String, Login> logins;
    private final PlatformSql platform;

    /** A user name and its password. */
    public record Login(String username, String password) {}

    private SandboxPostgres(PostgresServer own, URI address, Map<String, Login> logins) {
        this.own = own;
        this.address = address;
        this.logins = logins;
        this.platform = new PlatformSql(jdbcUrl(), login(OWNER));
    }

    /** Starts PostgreSQL on the port (0: a free one), or connects to the database of COMUTA_DB_URL. */
    public static SandboxPostgres launch(int port) {
        String configured = System.getenv("COMUTA_DB_URL");
        return configured == null || configured.isBlank() ? embedded(port) : external(configured);
    }

    private static SandboxPostgres embedded(int port) {
        PostgresServer server = new PostgresServer(port);
        Map<String, Login> logins =
                LOGINS.stream().collect(Collectors.toMap(role -> role, role -> new Login(role, Secrets.random())));
        try {
            run(server, "postgres", script("db/roles.sql"));
            for (Login login : logins.values()) {
                run(server, "postgres", "alter role %s password '%s'".formatted(login.username, login.password));
            }
            run(server, "postgres", "create database comuta owner " + OWNER);
        } catch (SQLException e) {
            server.kill();
            throw new IllegalStateException("Cannot prepare the database", e);
        }
        return new SandboxPostgres(server, URI.create("postgresql://127.0.0.1:" + server.port() + "/comuta"), logins);
    }

    private static SandboxPostgres external(String url) {
        Map<String, Login> logins = Map.of(
                OWNER,
                login("COMUTA_DB_OWNER", OWNER),
                APP,
                login("COMUTA_DB", APP),
                CROSS,
                login("COMUTA_DB_CROSS", CROSS));
        return new SandboxPostgres(null, URI.create(url), logins);
    }

    private static Login login(String variables, String role) {
        return new Login(Env.text(variables + "_USERNAME", role), Env.text(variables + "_PASSWORD", role));
    }

    /** Starts a stopped database on the same data and port; no effect when it runs. */
    public void start() {
        requireEmbedded().start();
    }

    /** Stops the database in order; the data remains for the next start. */
    public void stop() {
        platform.disconnect();
        requireEmbedded().stop();
    }

    /** Kills the database as a power failure would; the data remains for the next start. */
    public void kill() {
        requireEmbedded().kill();
    }

    /** Freezes all its processes (SIGSTOP): it accepts connections and answers nothing. */
    public void freeze() {
        platform.disconnect();
        requireEmbedded().freeze();
    }

    /** Resumes a frozen database (SIGCONT). */
    public void thaw() {
        requireEmbedded().thaw();
    }

    /** True for the embedded database, which may be stopped. */
    public boolean embedded() {
        return own != null;
    }

    /** The process of the embedded server; all its other processes are below. */
    public long pid() {
        return requireEmbedded().pid();
    }

    public String host() {
        return address.getHost();
    }

    public int port() {
        return address.getPort() == -1 ? 5432 : address.getPort();
    }

    /** The name of the database. */
    public String database() {
        return address.getPath().substring(1);
    }

    /** User name and password of {@link #OWNER}, {@link #APP} or {@link #CROSS}. */
    public Login login(String role) {
        Login login = logins.get(role);
        if (login == null) {
            throw new IllegalArgumentException("No login for the role " + role);
        }
        return login;
    }

    /** The address for psql and libpq: {@code postgresql://user:password@host:port/database}. */
    public String url(String role) {
        Login login = login(role);
        return "postgresql://%s:%s@%s:%d/%s".formatted(login.username, login.password, host(), port(), database());
    }

    /** The address for JDBC, without a user. */
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s".formatted(host(), port(), database());
    }

    /**
     * Runs one statement as comuta_platform, which sees the rows of all clients, and commits it.
     *
     * @param parameters values of the statement's question marks, in order
     * @return rows by column name as PostgreSQL folds it (lower case), times as Instant, jsonb as text; empty for a
     *     statement without rows
     */
    public List<Map<String, Object>> query(String sql, Object... parameters) {
        return platform.query(sql, parameters);
    }

    /** Like {@link #query} for a statement that returns one value; null when there is no row. */
    public Object value(String sql, Object... parameters) {
        return query(sql, parameters).stream()
                .findFirst()
                .map(row -> row.values().iterator().next())
                .orElse(null);
    }

    @Override
    public void close() {
        platform.disconnect();
        if (own != null) {
            own.stop();
        }
    }

    private PostgresServer requireEmbedded() {
        if (own == null) {
            throw new IllegalStateException("The sandbox cannot stop the database of COMUTA_DB_URL");
        }
        return own;
    }

    private static void run(PostgresServer server, String database, String sql) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String script(String resource) {
        try (InputStream in = SandboxPostgres.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Not on the class path: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
