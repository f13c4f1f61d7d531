package dev.comuta.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run can be told by environment variables.
 *
 * @param round length of a round, BENCH_SECONDS
 * @param rounds rounds of each contender, BENCH_ROUNDS
 * @param warmUp load before the first round, not counted, BENCH_WARM_UP in seconds
 * @param turns whether the server also runs the tasks that it publishes, BENCH_TURNS (on or off)
 * @param messages how many old messages stand in the tables before the first round, BENCH_MESSAGES
 * @param tasks how many tasks a run of the task bench takes, BENCH_TASKS
 * @param soak length of a soak, SOAK_MINUTES
 * @param soakPerSecond conversations per second of a soak, SOAK_PER_SECOND; 0 for half of what a server reaches
 * @param serverJvm more arguments of the server's JVM, BENCH_SERVER_JVM
 */
record Settings(
        Duration round,
        int rounds,
        Duration warmUp,
        boolean turns,
        int messages,
        int tasks,
        Duration soak,
        int soakPerSecond,
        List<String> serverJvm) {

    static final int CONNECTIONS = 64;
    /** Connections of an overload. */
    static final int CROWD = 2_000;

    static final int CHANNELS = 100;
    static final int CONTACTS = 10_000;

    /** The server looks again at a task that stays open for 30 s: pgbench's tasks must be ended before. */
    private static final int LONGEST_ROUND = 25;

    /** A conversation runs more code than a webhook, which takes longer to be compiled and planned. */
    private static final int LONGER = 2;

    static Settings fromEnvironment() {
        int seconds = Integer.parseInt(text("BENCH_SECONDS", "20"));
        if (seconds < 1 || seconds > LONGEST_ROUND) {
            throw new BenchFailure("BENCH_SECONDS must be from 1 to " + LONGEST_ROUND);
        }
        return new Settings(
                Duration.ofSeconds(seconds),
                Integer.parseInt(text("BENCH_ROUNDS", "3")),
                Duration.ofSeconds(Integer.parseInt(text("BENCH_WARM_UP", "60"))),
                text("BENCH_TURNS", "on").equals("on"),
                Integer.parseInt(text("BENCH_MESSAGES", "0")),
                Integer.parseInt(text("BENCH_TASKS", "1000000")),
                Duration.ofMinutes(Integer.parseInt(text("SOAK_MINUTES", "30"))),
                Integer.parseInt(text("SOAK_PER_SECOND", "0")),
                Arrays.stream(text("BENCH_SERVER_JVM", "").split(" ", -1))
                        .filter(argument -> !argument.isEmpty())
                        .toList());
    }

    /** The same with one more argument of the server's JVM. */
    Settings serverJvm(String argument) {
        List<String> all =
                Stream.concat(serverJvm.stream(), Stream.of(argument)).toList();
        return new Settings(round, rounds, warmUp, turns, messages, tasks, soak, soakPerSecond, all);
    }

    Duration conversationWarmUp() {
        return warmUp.multipliedBy(LONGER);
    }

    private static String text(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value.strip();
    }
}
