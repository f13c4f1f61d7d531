package dev.comuta.sandbox;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Runs statements as comuta_platform, which sees the rows of all clients. A connection that works is used again. */
final class PlatformSql {

    /** Plans are not kept, because tests also change tables. */
    private static final String PARAMETERS = "?connectTimeout=5&socketTimeout=60&prepareThreshold=0";

    private final String jdbcUrl;
    private final SandboxPostgres.Login owner;
    private final AtomicReference<Connection> idle = new AtomicReference<>();

    /**
     * Connects when it is used.
     *
     * @param jdbcUrl address without user
     * @param owner login that may {@code set role comuta_platform}
     */
    PlatformSql(String jdbcUrl, SandboxPostgres.Login owner) {
        this.jdbcUrl = jdbcUrl;
        this.owner = owner;
    }

    /** Reads {@code postgresql://user:password@host:port/database}. */
    static PlatformSql at(String url) {
        URI address = URI.create(url);
        String[] login = address.getUserInfo().split(":", 2);
        return new PlatformSql(
                "jdbc:postgresql://" + address.getHost() + ":" + address.getPort() + address.getPath(),
                new SandboxPostgres.Login(login[0], login[1]));
    }

    List<Map<String, Object>> query(String sql, Object... parameters) {
        try {
            Connection connection = connection();
            try {
                return Rows.of(connection, sql, parameters);
            } finally {
                keep(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
        }
    }

    private Connection connection() throws SQLException {
        Connection kept = idle.getAndSet(null);
        if (kept != null && kept.isValid(1)) {
            return kept;
        }
        close(kept);
        return connect();
    }

    private void keep(Connection connection) throws SQLException {
        close(idle.getAndSet(connection));
    }

    /** Closes the connection that is kept; the next statement opens another one. */
    void disconnect() {
        try {
            close(idle.getAndSet(null));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(Connection connection) throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(jdbcUrl + PARAMETERS, owner.username(), owner.password());
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role comuta_platform");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
