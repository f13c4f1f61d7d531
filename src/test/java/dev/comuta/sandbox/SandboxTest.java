package dev.comuta.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SandboxTest {

    @Test
    void connectsServersThroughBreakableProxies() throws SQLException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.forTests().broker(SandboxOptions.Broker.SHARED))) {
            Map<String, String> environment = sandbox.serverEnvironment();
            URI broker = URI.create(environment.get("COMUTA_AMQP_URL"));
            assertEquals("comuta_app", currentUser(environment));
            assertTrue(Amqp.isRabbit(broker));
            sandbox.databaseProxy().refuse();
            sandbox.brokerProxy().refuse();
            assertThrows(SQLException.class, () -> currentUser(environment));
            assertFalse(Amqp.isRabbit(broker));
            sandbox.databaseProxy().restore();
            sandbox.brokerProxy().restore();
            assertEquals("comuta_app", currentUser(environment));
            assertTrue(Amqp.isRabbit(broker));
        }
    }

    @Test
    void readsItsRunFileBack() {
        RunFile.Channel channel = new RunFile.Channel(6, "+5511999999999", "whsec_AA==");
        RunFile file = new RunFile(
                URI.create("http://127.0.0.1:8080"),
                URI.create("http://127.0.0.1:9000"),
                URI.create("http://127.0.0.1:8090"),
                "postgresql://a:b@127.0.0.1:5455/comuta",
                "postgresql://c:d@127.0.0.1:5455/comuta",
                "amqp://guest:guest@127.0.0.1:5672",
                "key",
                1,
                "client",
                Map.of("whatsapp", channel, "voice", channel),
                new RunFile.Meta("token", "secret", "1"),
                new RunFile.Twilio("AC1", "token", "+5511999990002"),
                new RunFile.LiveKit("APIkey", "secret", "ST_1", "+5511999990003"),
                Map.of("server", 1L, "sandbox", 2L),
                Map.of("server", "a", "sandbox", "b"));
        assertEquals(file, Json.read(Json.write(file), RunFile.class));
    }

    private static String currentUser(Map<String, String> environment) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        "jdbc:" + environment.get("COMUTA_DB_URL"),
                        environment.get("COMUTA_DB_USERNAME"),
                        environment.get("COMUTA_DB_PASSWORD"));
                var statement = connection.createStatement();
                var result = statement.executeQuery("select current_user")) {
            result.next();
            return result.getString(1);
        }
    }
}
