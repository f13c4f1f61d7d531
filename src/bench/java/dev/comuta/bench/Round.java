package dev.comuta.bench;

/**
 * A measured round.
 *
 * @param cpu used in the round
 * @param serverMib resident memory of the server at its end
 * @param openTasks accepted, but not yet run at its end
 * @param work what the database did in the round
 */
record Round(
        String contender,
        Measured measured,
        Cpu cpu,
        double seconds,
        long serverMib,
        long openTasks,
        Database.Work work) {

    static final String PGBENCH = "pgbench, the document's SQL, 64 clients";
    static final String SERVER = "Comuta, 64 connections";
    static final String HALF_LOAD = "Comuta at half that rate";
    static final String OVERLOAD = "Comuta at twice that rate";
    static final String AFTERWARDS = "Comuta, 64 connections, afterwards";

    double perThousand(double cpuSeconds) {
        return cpuSeconds * 1000 / measured.accepted();
    }

    /** Cores that programs outside of this run kept busy. */
    double otherCores() {
        return cpu.others() / seconds;
    }

    @Override
    public String toString() {
        return "%s: %.0f/s, p50 %.1f, p99 %.1f, max %.1f ms, %d refused, others used %.2f cores"
                .formatted(
                        contender,
                        measured.perSecond(),
                        measured.millis(50),
                        measured.millis(99),
                        measured.millis(100),
                        measured.refused(),
                        otherCores());
    }
}
