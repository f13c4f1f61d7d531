package dev.comuta.bench;

import dev.comuta.sandbox.SandboxPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** The yardstick: PostgreSQL's own benchmark running the design document's SQL for one message. */
final class PgBench {

    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+)");
    private static final List<String> ONE_MESSAGE =
            List.of("INSERT INTO Messages", "INSERT INTO BackgroundTasks", "INSERT INTO Events");

    private final Path program = find();
    private final SandboxPostgres postgres;
    private final Path directory;
    private final Path script;
    private final Database.SessionIds sessions;

    PgBench(SandboxPostgres postgres, Path directory, Database.SessionIds sessions) throws IOException {
        this.postgres = postgres;
        this.directory = directory;
        this.sessions = sessions;
        script = Files.writeString(directory.resolve("message.sql"), script());
    }

    /** Runs it once, at full speed. */
    Measured run(Duration time) throws IOException, InterruptedException {
        removeLogs();
        Path output = directory.resolve("pgbench.log");
        ProcessBuilder builder =
                new ProcessBuilder(command(time)).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(connection());
        int status = builder.start().waitFor();
        String text = Files.readString(output);
        Matcher tps = TPS.matcher(text);
        if (status != 0 || !tps.find()) {
            throw new BenchFailure("pgbench failed:\n" + text);
        }
        Histogram latencies = latencies();
        return new Measured(Double.parseDouble(tps.group(1)), latencies.getTotalCount(), 0, latencies);
    }

    private List<String> command(Duration time) {
        return List.of(
                program.toString(),
                "--no-vacuum",
                "--client=" + Settings.CONNECTIONS,
                "--jobs=2",
                "--protocol=prepared",
                "--time=" + time.toSeconds(),
                "--define=first=" + sessions.first(),
                "--define=last=" + sessions.last(),
                "--log",
                "--log-prefix=" + directory.resolve("transactions"),
                "--file=" + script);
    }

    /** As comuta_platform, which sees the rows of all tenants, as the role under which the server stores messages does. */
    private Map<String, String> connection() {
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        return Map.of(
                "PGHOST", postgres.host(),
                "PGPORT", Integer.toString(postgres.port()),
                "PGDATABASE", postgres.database(),
                "PGUSER", owner.username(),
                "PGPASSWORD", owner.password(),
                "PGOPTIONS", "-c role=comuta_platform");
    }

    /** The document's own statements, of which a test knows that they are unchanged. */
    private static String script() throws IOException {
        try (InputStream in = PgBench.class.getResourceAsStream("/seed/statements.sql")) {
            String[] all = new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";", -1);
            StringBuilder script = new StringBuilder("\\set session random(:first, :last)\nBEGIN;\n");
            for (String table : ONE_MESSAGE) {
                String statement = Stream.of(all)
                        .map(String::strip)
                        .filter(one -> one.startsWith(table))
                        .findFirst()
                        .orElseThrow();
                script.append(statement.replace("<SessionID>", ":session")).append(";\n");
            }
            return script.append("COMMIT;\n").toString();
        }
    }

    private Histogram latencies() throws IOException {
        Histogram histogram = Measured.newHistogram();
        for (Path log : logs()) {
            try (Stream<String> lines = Files.lines(log)) {
                lines.map(line -> line.split(" ", -1)[2])
                        .mapToLong(Long::parseLong)
                        .forEach(histogram::recordValue);
            }
        }
        removeLogs();
        return histogram;
    }

    private void removeLogs() throws IOException {
        for (Path log : logs()) {
            Files.delete(log);
        }
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("transactions."))
                    .toList();
        }
    }

    /** On the PATH, else Debian's newest. */
    private static Path find() {
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(":", -1)).map(Path::of);
        return Stream.concat(onPath, installed())
                .map(directory -> directory.resolve("pgbench"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new BenchFailure(
                        "pgbench is not on the PATH: install it with 'apt-get install postgresql-contrib'"));
    }

    private static Stream<Path> installed() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions
                    .sorted(Comparator.comparing(
                                    (Path version) -> version.getFileName().toString())
                            .reversed())
                    .map(version -> version.resolve("bin"))
                    .toList()
                    .stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }
}
