package dev.comuta.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An installed RabbitMQ run as a private node. It has its own data, logs, cookie, ports and port mapper, and shares
 * nothing with other nodes on the machine.
 */
final class PrivateRabbit {

    /** Debian's /usr/sbin/rabbitmq-server is not listed: it is a wrapper that sets its own user and directories. */
    private static final List<String> DIRECTORIES =
            List.of("/usr/lib/rabbitmq/bin", "/opt/rabbitmq/sbin", "/usr/local/sbin", "/opt/homebrew/sbin");

    private final Path directory = Lifeline.temporaryDirectory("broker");
    private final Path log = directory.resolve("rabbitmq.log");
    private final int port = Waiting.portOrFree(0);
    private final Map<String, String> environment;
    private final Path program;
    private final ChildProcess portMapper;
    private ChildProcess node;

    PrivateRabbit(Path program) {
        this.program = program;
        int portMapperPort = Waiting.portOrFree(0);
        environment = environment(portMapperPort);
        writeConfiguration();
        portMapper = ChildProcess.start(
                "epmd",
                List.of("epmd", "-port", Integer.toString(portMapperPort), "-address", "127.0.0.1"),
                Map.of(),
                directory,
                directory.resolve("epmd.log"));
        start();
    }

    /** The installed rabbitmq-server; empty when none is installed. */
    static Optional<Path> installed() {
        return DIRECTORIES.stream()
                .map(directory -> Path.of(directory, "rabbitmq-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    URI address() {
        return URI.create("amqp://guest:guest@127.0.0.1:" + port);
    }

    long pid() {
        return node.pid();
    }

    void start() {
        if (isRunning()) {
            return;
        }
        node = ChildProcess.start("RabbitMQ", List.of(program.toString()), environment, directory, log);
        boolean ready = Waiting.until(Duration.ofSeconds(90), () -> !node.alive() || Amqp.isRabbit(address()));
        if (!ready || !node.alive()) {
            node.kill();
            throw node.failure("did not start on port " + port);
        }
    }

    void stop() {
        if (isRunning()) {
            node.signalTree("CONT");
            node.end("TERM", Duration.ofSeconds(30));
        }
    }

    void kill() {
        if (isRunning()) {
            node.kill();
        }
    }

    void freeze() {
        node.signalTree("STOP");
    }

    void thaw() {
        node.signalTree("CONT");
    }

    /** Ends the node and its port mapper. */
    void close() {
        stop();
        portMapper.kill();
    }

    private boolean isRunning() {
        return node != null && node.alive();
    }

    private Map<String, String> environment(int portMapperPort) {
        return Map.ofEntries(
                Map.entry("HOME", directory.toString()),
                Map.entry("ERL_EPMD_PORT", Integer.toString(portMapperPort)),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                Map.entry("ERL_CRASH_DUMP", directory.resolve("erl_crash.dump").toString()),
                Map.entry("RABBITMQ_NODENAME", "comuta-" + port + "@localhost"),
                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(Waiting.portOrFree(0))),
                Map.entry("RABBITMQ_MNESIA_BASE", file("mnesia")),
                Map.entry("RABBITMQ_LOG_BASE", file("log")),
                Map.entry("RABBITMQ_PID_FILE", file("pid")),
                Map.entry("RABBITMQ_CONF_ENV_FILE", file("env.conf")),
                Map.entry("RABBITMQ_CONFIG_FILE", file("rabbitmq.conf")),
                Map.entry("RABBITMQ_CONFIG_FILES", file("conf.d")),
                Map.entry("RABBITMQ_ADVANCED_CONFIG_FILE", file("advanced.config")),
                Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", file("enabled_plugins")),
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"));
    }

    private void writeConfiguration() {
        Map<String, String> files = Map.of(
                "env.conf", "",
                "enabled_plugins", "[].\n",
                "rabbitmq.conf", "listeners.tcp.1 = 127.0.0.1:" + port + "\ndisk_free_limit.absolute = 50MB\n");
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(directory.resolve(file.getKey()), file.getValue());
            }
            for (String name : Stream.of("mnesia", "log", "conf.d").toList()) {
                Files.createDirectory(directory.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
