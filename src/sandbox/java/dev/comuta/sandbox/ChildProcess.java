package dev.comuta.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program that the sandbox runs in its own process session. Ctrl-C at the terminal therefore reaches this JVM only,
 * which ends its programs in order.
 */
final class ChildProcess {

    private final String name;
    private final Process process;
    private final Path log;

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts the command with these additional environment variables and appends its output to the log. */
    static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        List<String> inOwnSession = new ArrayList<>(List.of("setsid"));
        inOwnSession.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(inOwnSession)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Lifeline.started(process.pid());
            return new ChildProcess(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + name, e);
        }
    }

    /** Runs the command to completion. Fails with the last log lines when it does not exit with 0 within a minute. */
    static void run(String name, List<String> command, Map<String, String> environment, Path directory, Path log) {
        ChildProcess child = start(name, command, environment, directory, log);
        if (!child.await(Duration.ofMinutes(1)) || child.process.exitValue() != 0) {
            child.kill();
            throw child.failure("did not succeed");
        }
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Sends the signal to the process, not to its descendants. */
    void signal(String signal) {
        send(signal, List.of(process.pid()));
    }

    /** Sends the signal to the process and then to its descendants. */
    void signalTree(String signal) {
        signal(signal);
        send(signal, process.descendants().map(ProcessHandle::pid).toList());
    }

    /** Kills the process and its descendants immediately. */
    void kill() {
        List<Long> tree = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
        send("KILL", tree);
        await(Duration.ofSeconds(30));
    }

    /** Sends the signal and waits for the process to end. Kills it after the timeout. */
    void end(String signal, Duration timeout) {
        signal(signal);
        if (!await(timeout)) {
            kill();
        }
    }

    /** Waits until the process ends; false when it still runs after the timeout. */
    boolean await(Duration timeout) {
        try {
            boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                Lifeline.ended(process.pid());
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }

    /** The exception for a program that failed, with the last lines of its log. */
    IllegalStateException failure(String symptom) {
        return new IllegalStateException(name + " " + symptom + "; last lines of " + log + ":\n" + lastLines(40));
    }

    private String lastLines(int count) {
        try (Stream<String> all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines()) {
            List<String> lines = all.toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - count), lines.size()));
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    private static void send(String signal, List<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -$0 \"$@\" 2>/dev/null", signal));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while sending " + signal, e);
        }
    }
}
