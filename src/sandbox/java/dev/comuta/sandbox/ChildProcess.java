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
 * A program run by the sandbox, in a session of its own: a Ctrl-C at the terminal reaches this JVM
 * alone, which then ends its programs in order.
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

    /** Starts the command with these variables added to the environment; output is appended to the log. */
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

    /** Runs the command to its end and fails with its last output when it does not answer 0 within a minute. */
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

    /** Sends the signal to the process alone. */
    void signal(String signal) {
        send(signal, List.of(process.pid()));
    }

    /** Sends the signal to the process, then to all below it. */
    void signalTree(String signal) {
        signal(signal);
        send(signal, process.descendants().map(ProcessHandle::pid).toList());
    }

    /** Ends the process and all below it at once. */
    void kill() {
        List<Long> tree = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
        send("KILL", tree);
        await(Duration.ofSeconds(30));
    }

    /** Asks the process to end by this signal and kills it when it does not within the time. */
    void end(String signal, Duration patience) {
        signal(signal);
        if (!await(patience)) {
            kill();
        }
    }

    /** Waits for the end of the process; false when it still runs after the time. */
    boolean await(Duration patience) {
        try {
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                Lifeline.ended(process.pid());
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for " + name, e);
        }
    }

    /** What to throw when the program is not as it should be: it carries the last lines of the log. */
    IllegalStateException failure(String what) {
        return new IllegalStateException(name + " " + what + "; last lines of " + log + ":\n" + lastLines(40));
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
