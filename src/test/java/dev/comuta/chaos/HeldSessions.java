package dev.comuta.chaos;

import dev.comuta.sandbox.SandboxPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Another program that has locked rows of sessions. */
final class HeldSessions {

    private HeldSessions() {}

    /** Locks the newest sessions for this time. */
    static void hold(SandboxPostgres postgres, int count, Duration time) throws InterruptedException {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set role comuta_platform");
            statement.execute("select from Sessions order by SessionID desc limit " + count + " for no key update");
            Thread.sleep(time);
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
