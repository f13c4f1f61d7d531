package dev.comuta.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A million tasks through one table, as fast as the engine takes them: what that does to the table while autovacuum works
 * as in production (docs/performance.md). The tasks are turns that find nothing to say: claim, look, end.
 */
final class TaskBench {

    private static final int CHUNK = 1_000;
    private static final int MOST_OPEN = 4_000;
    private static final AMQP.BasicProperties JSON = new AMQP.BasicProperties.Builder()
            .contentType("application/json")
            .deliveryMode(2)
            .build();

    private final Database database;
    private final Channel broker;
    private final long clientId;
    private final TableState.Reader table;
    private final List<Stage> stages = new ArrayList<>();

    private TaskBench(Database database, Channel broker, long clientId, TableState.Reader table) {
        this.database = database;
        this.broker = broker;
        this.clientId = clientId;
        this.table = table;
    }

    /** So many tasks later. */
    record Stage(int tasks, double perSecond, TableState table) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Bench.inSandbox(TaskBench::run);
    }

    private static void run(Settings settings, Sandbox sandbox) throws IOException, InterruptedException {
        Database database = Database.durable(sandbox.postgres());
        ServerProcess server = Bench.startServer(settings, sandbox);
        try (Registrar registrar = new Registrar(server.baseUrl(), sandbox.platformKey());
                Connection connection = connect(sandbox.broker().address());
                Channel broker = connection.createChannel()) {
            Contacts contacts = new Contacts(registrar.register(1), Settings.CONTACTS);
            database.prepareSessions(contacts);
            long clientId = contacts.channels().getFirst().clientId();
            new TaskBench(database, broker, clientId, new TableState.Reader(sandbox.postgres())).run(settings);
        } catch (TimeoutException e) {
            throw new BenchFailure(e.getMessage());
        }
    }

    private static Connection connect(URI address) throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        try {
            factory.setUri(address);
        } catch (java.net.URISyntaxException | GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
        return factory.newConnection();
    }

    private void run(Settings settings) throws IOException, InterruptedException {
        int stage = settings.tasks() / 10;
        for (int done = 0; done < settings.tasks(); done += stage) {
            long startedAt = System.nanoTime();
            request(stage);
            database.awaitNoOpenTasks();
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            stages.add(new Stage(done + stage, stage / seconds, table.read()));
            System.err.println(stages.getLast());
        }
        Files.writeString(Bench.RESULTS.resolve("tasks.md"), markdown());
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(Bench.RESULTS.resolve("tasks.json").toFile(), stages);
        System.out.println(markdown());
    }

    /** Rows by plain SQL, and their ids to the broker, with never more than the engine soon comes to. */
    private void request(int tasks) throws IOException, InterruptedException {
        for (int i = 0; i < tasks; i += CHUNK) {
            String ids = database.insertTurns(clientId, Math.min(CHUNK, tasks - i)).stream()
                    .map(id -> "[" + id + "," + clientId + "]")
                    .collect(Collectors.joining(","));
            byte[] command = ("{\"tasks\":[" + ids + "]}").getBytes(StandardCharsets.UTF_8);
            broker.basicPublish("comuta.tasks", "turn", JSON, command);
            while (database.openTasks() > MOST_OPEN) {
                Thread.sleep(20);
            }
        }
    }

    private String markdown() {
        return stages.stream().map(TaskBench::row).collect(Collectors.joining("", """
                | tasks | per second | table MiB | indexes MiB | dead rows | HOT updates | vacuums |
                |---|---|---|---|---|---|---|
                """, ""));
    }

    private static String row(Stage stage) {
        TableState table = stage.table();
        return "| %,d | %,.0f | %.0f | %.0f | %,d | %.0f %% | %d |\n"
                .formatted(
                        stage.tasks(),
                        stage.perSecond(),
                        table.tableMib(),
                        table.indexMib(),
                        table.deadRows(),
                        100.0 * table.hotUpdates() / Math.max(1, table.updates()),
                        table.vacuums());
    }
}
