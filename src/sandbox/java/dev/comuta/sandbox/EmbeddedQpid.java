package dev.comuta.sandbox;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;

/**
 * An in-memory broker for {@code make run} on a machine without RabbitMQ. Tests that prove broker behaviour never use
 * it.
 */
final class EmbeddedQpid {

    private final SystemLauncher launcher = new SystemLauncher();
    private final int port;

    EmbeddedQpid(int port) {
        this.port = Waiting.portOrFree(port);
        start();
    }

    URI address() {
        return URI.create("amqp://guest:guest@127.0.0.1:" + port);
    }

    void close() {
        launcher.shutdown();
    }

    private void start() {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(SystemConfig.TYPE, "Memory");
        attributes.put(
                SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                EmbeddedQpid.class.getResource("/sandbox/qpid.json").toString());
        attributes.put(SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT, false);
        attributes.put(SystemConfig.CONTEXT, Map.of("sandbox.amqp.port", Integer.toString(port)));
        try {
            launcher.startup(attributes);
        } catch (Exception e) {
            throw new IllegalStateException("The embedded broker did not start on port " + port, e);
        }
        Amqp.declareTaskQueues(address());
    }
}
