package dev.comuta.platform.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainConnectionTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.1.2.3", "[::1]"})
    void allowsThisMachine(String host) {
        assertEquals(List.of(), faults("amqp://user:secret@" + host + ":5672", false, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker", "10.0.0.1", "localhost.example.com", "127.0.0.1.example.com", "[::2]", "a_b,c"})
    void refusesAnotherMachine(String host) {
        List<Unsafe.Setting> faults = faults("amqp://user:secret@" + host + ":5672", false, false);

        assertEquals(1, faults.size());
        String text = faults.getFirst().toString();
        assertTrue(
                text.startsWith("comuta.broker.url: leads to another machine without TLS; use amqps, or set "), text);
        assertTrue(text.contains("comuta.broker.plain=true"), text);
        assertFalse(text.contains("secret"), text);
    }

    @Test
    void allowsTlsAndWhatTheOperatorAllows() {
        assertEquals(List.of(), faults("amqps://broker:5671", true, false));
        assertEquals(List.of(), faults("amqp://broker:5672", false, true));
    }

    @Test
    void theDriverUsesTlsWithTheNamedParameter() {
        assertEquals(
                SslMode.REQUIRE,
                PgConnectOptions.fromUri("postgresql://database:5432/comuta?sslmode=require")
                        .getSslMode());
    }

    private static List<Unsafe.Setting> faults(String url, boolean tls, boolean allowed) {
        return PlainConnection.of("comuta.broker.url", URI.create(url), tls, allowed, "use amqps")
                .toList();
    }
}
