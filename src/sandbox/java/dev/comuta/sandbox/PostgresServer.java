package dev.comuta.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One PostgreSQL process with its data directory and the durability settings of production. */
final class PostgresServer {

    private static final String SUPERUSER = "postgres";

    private final UnprivilegedUser user = UnprivilegedUser.find();
    private final Path directory = Lifeline.temporaryDirectory("database");
    private final Path data = user.directory(directory.resolve("data"));
    private final Path log = directory.resolve("postgres.log");
    private final Path binaries = PostgresBinaries.unpacked();
    private final String superuserPassword = Secrets.random();
    private final int port;
    private ChildProcess postmaster;

    PostgresServer(int port) {
        this.port = Waiting.portOrFree(port);
        initialise();
        start();
    }

    int port() {
        return port;
    }

    long pid() {
        return postmaster.pid();
    }

    void start() {
        if (isRunning()) {
            return;
        }
        postmaster = ChildProcess.start(
                "PostgreSQL",
                user.command(List.of(
                        program("postgres"),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=on",
                        "-c",
                        "synchronous_commit=on",
                        "-c",
                        "full_page_writes=on",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "timezone=UTC",
                        "-c",
                        "log_timezone=UTC")),
                Map.of(),
                directory,
                log);
        boolean ready = Waiting.until(Duration.ofSeconds(60), () -> !postmaster.alive() || isAccepting());
        if (!ready || !postmaster.alive()) {
            postmaster.kill();
            throw postmaster.failure("did not start on port " + port);
        }
    }

    /** Shuts down in order: disconnects clients and keeps the data. */
    void stop() {
        if (isRunning()) {
            postmaster.signalTree("CONT");
            postmaster.end("INT", Duration.ofSeconds(30));
        }
    }

    /** Crashes the server; the next start recovers from the write-ahead log. */
    void kill() {
        if (isRunning()) {
            postmaster.kill();
        }
    }

    void freeze() {
        postmaster.signalTree("STOP");
    }

    void thaw() {
        postmaster.signalTree("CONT");
    }

    /** Connects as the superuser. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?connectTimeout=5&socketTimeout=30",
                SUPERUSER,
                superuserPassword);
    }

    private boolean isRunning() {
        return postmaster != null && postmaster.alive();
    }

    private boolean isAccepting() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private void initialise() {
        Path password = user.directory(directory.resolve("secret")).resolve("password");
        try {
            Files.writeString(password, superuserPassword + "\n");
            ChildProcess.run(
                    "initdb",
                    user.command(List.of(
                            program("initdb"),
                            "-D",
                            data.toString(),
                            "-U",
                            SUPERUSER,
                            "--pwfile=" + password,
                            "--auth=scram-sha-256",
                            "--encoding=UTF8",
                            "--locale=C",
                            "--locale-provider=builtin",
                            "--builtin-locale=C.UTF-8",
                            "--no-sync")),
                    Map.of(),
                    directory,
                    directory.resolve("initdb.log"));
            Files.delete(password);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String program(String name) {
        return binaries.resolve("bin").resolve(name).toString();
    }
}
