package dev.comuta.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the figures come from. */
record Machine(int cores, String cpu, long memoryGib, String kernel, String postgres, String java) {

    private static final long KIB_PER_GIB = 1 << 20;

    static Machine here(String postgres) throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Math.round(
                        Double.parseDouble(field("/proc/meminfo", "MemTotal").replaceFirst(" .*", "")) / KIB_PER_GIB),
                System.getProperty("os.version"),
                postgres,
                Runtime.version().toString());
    }

    @Override
    public String toString() {
        return "%d cores (%s), %d GiB, Linux %s, PostgreSQL %s, Java %s"
                .formatted(cores, cpu, memoryGib, kernel, postgres, java);
    }

    private static String field(String file, String name) throws IOException {
        return Files.readString(Path.of(file))
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("unknown");
    }
}
