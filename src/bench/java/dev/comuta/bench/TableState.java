package dev.comuta.bench;

import dev.comuta.sandbox.SandboxPostgres;
import java.util.Map;

/** What the database says of BackgroundTasks. */
record TableState(double tableMib, double indexMib, long deadRows, long updates, long hotUpdates, long vacuums) {

    private static final double MIB = 1 << 20;

    /** Asks it. */
    record Reader(SandboxPostgres postgres) {

        private static final String STATE = """
                select pg_table_size(relid) as tables, pg_indexes_size(relid) as indexes, n_dead_tup, n_tup_upd,
                       n_tup_hot_upd, autovacuum_count
                from pg_stat_user_tables where relname = 'backgroundtasks'""";

        TableState read() {
            Map<String, Object> row = postgres.query(STATE).getFirst();
            return new TableState(
                    number(row, "tables") / MIB,
                    number(row, "indexes") / MIB,
                    number(row, "n_dead_tup"),
                    number(row, "n_tup_upd"),
                    number(row, "n_tup_hot_upd"),
                    number(row, "autovacuum_count"));
        }

        private static long number(Map<String, Object> row, String column) {
            return ((Number) row.get(column)).longValue();
        }
    }
}
