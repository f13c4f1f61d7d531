package dev.comuta.sandbox;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * Runs statements as comuta_platform, which sees the rows of all clients. Each statement has its own connection.
 *
 * @param jdbcUrl address without user
 * @param owner login that may {@code set role comuta_platform}
 */
record PlatformSql(String jdbcUrl, SandboxPostgres.Login owner) {

    /** Reads {@code postgresql://user:password@host:port/database}. */
    static PlatformSql at(String url) {
        URI address = URI.create(url);
        String[] login = address.getUserInfo().split(":", 2);
        return new PlatformSql(
                "jdbc:postgresql://" + address.getHost() + ":" + address.getPort() + address.getPath(),
                new SandboxPostgres.Login(login[0], login[1]));
    }

    List<Map<String, Object>> query(String sql, Object... parameters) {
        try (Connection connection = connect()) {
            return Rows.of(connection, sql, parameters);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in: " + sql, e);
        }
    }

    private Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(
                jdbcUrl + "?connectTimeout=5&socketTimeout=60", owner.username(), owner.password());
        try (Statement statement = connection.createStatement()) {
            statement.execute("set role comuta_platform");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }
}
