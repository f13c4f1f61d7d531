package dev.comuta.bench;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the figures of servers and tables at intervals. */
final class SoakSampler {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final String TABLES = """
            select relname as name, pg_total_relation_size(relid) as bytes, n_live_tup as rows
            from pg_stat_user_tables""";
    private static final String CONNECTIONS = "select count(*) from pg_stat_activity where usename = 'comuta_app'";
    private static final String OPEN_TASKS = """
            select count(*) from BackgroundTasks
            where Status in ('Pendente', 'Em Andamento') and NotBefore is null""";

    private final List<Sample> samples = new ArrayList<>();
    private final Sandbox sandbox;
    private final List<ServerProcess> servers;
    private final long startedAt = System.nanoTime();

    SoakSampler(Sandbox sandbox, List<ServerProcess> servers) {
        this.sandbox = sandbox;
        this.servers = servers;
    }

    /** Size and rows of a table. */
    record Table(long bytes, long rows) {}

    /**
     * The figures of a moment.
     *
     * @param at time since the start
     * @param figures by name, for each server and for the database
     */
    record Sample(Duration at, Map<String, Double> figures, Map<String, Table> tables) {}

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** Samples until this time since the start. */
    void until(Duration end) throws InterruptedException {
        while (elapsed().compareTo(end) < 0) {
            samples.add(sample());
            Thread.sleep(INTERVAL);
        }
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private Sample sample() {
        Map<String, Double> figures = new TreeMap<>();
        for (int i = 0; i < servers.size(); i++) {
            ProcessTree process = new ProcessTree(servers.get(i).pid());
            figures.put("server %d, MiB".formatted(i + 1), (double) process.residentMib());
            figures.put("server %d, open files".formatted(i + 1), (double) process.openFiles());
        }
        figures.put("database connections", number(CONNECTIONS));
        figures.put("open tasks", number(OPEN_TASKS));
        Map<String, Table> tables = new TreeMap<>();
        for (Map<String, Object> row : sandbox.postgres().query(TABLES)) {
            tables.put(
                    (String) row.get("name"),
                    new Table(((Number) row.get("bytes")).longValue(), ((Number) row.get("rows")).longValue()));
        }
        return new Sample(elapsed(), figures, tables);
    }

    private double number(String sql) {
        return ((Number) sandbox.postgres().value(sql)).doubleValue();
    }
}
