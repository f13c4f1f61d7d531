package dev.comuta.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process and all below it, as /proc shows them. */
record ProcessTree(long root) {

    private static final double TICKS_PER_SECOND = 100;
    private static final int KIB_PER_MIB = 1024;

    /**
     * CPU seconds that the tree used since it began. Those of a process that ended stand at its parent, so it is read
     * again when one ended meanwhile.
     */
    double cpuSeconds() {
        List<Long> before = pids();
        double seconds = before.stream().mapToDouble(ProcessTree::cpuOf).sum();
        return before.equals(pids()) ? seconds : cpuSeconds();
    }

    private List<Long> pids() {
        return ProcessHandle.of(root).stream()
                .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }

    /** Memory of the root alone. */
    long residentMib() {
        return read(Path.of("/proc", Long.toString(root), "status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .sum()
                / KIB_PER_MIB;
    }

    /** Open files and sockets of the root alone; 0 when it is gone. */
    long openFiles() {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(root), "fd"))) {
            return files.count();
        } catch (IOException gone) {
            return 0;
        }
    }

    /** CPU seconds that the whole machine was busy since it began. */
    static double machineCpuSeconds() {
        String[] fields =
                read(Path.of("/proc/stat")).lines().findFirst().orElseThrow().split(" +", -1);
        double ticks = 0;
        for (int i = 1; i <= 8; i++) {
            boolean idle = i == 4 || i == 5;
            ticks += idle ? 0 : Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** utime, stime, cutime and cstime of proc(5). */
    private static double cpuOf(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        if (stat.isEmpty()) {
            return 0;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double ticks = 0;
        for (int i = 11; i <= 14; i++) {
            ticks += Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Empty when the process is gone. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }
}
