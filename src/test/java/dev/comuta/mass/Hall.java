package dev.comuta.mass;

import dev.comuta.sandbox.MetaRules;
import dev.comuta.sandbox.Registration.Registered;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.SandboxPostgres;
import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two servers of a sandbox whose Meta enforces every limit of WhatsApp, and a registered client.
 *
 * @param rules the limits that are enforced
 */
record Hall(Sandbox sandbox, List<ServerProcess> servers, Registered client, MetaRules rules) {

    private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);

    /** Starts the servers with these variables. */
    static Hall open(Sandbox sandbox, Path logs, Map<String, String> settings, MetaRules rules) {
        List<ServerProcess> servers = new ArrayList<>();
        for (String name : List.of("first", "second")) {
            ServerOptions options = ServerOptions.onFreePort().log(logs.resolve(name + ".log"));
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                options = options.with(setting.getKey(), setting.getValue());
            }
            servers.add(sandbox.startServer(options));
        }
        return new Hall(sandbox, List.copyOf(servers), sandbox.register(servers.getFirst()), rules);
    }

    /** Forgets the requests and enforces the limits from now on. */
    void clear() {
        sandbox.providers().clearRequests();
        sandbox.providers().meta().rules(rules);
    }

    SandboxPostgres database() {
        return sandbox.postgres();
    }

    /** The highest id of a table. */
    long highest(String id, String table) {
        return (Long) database().value("select coalesce(max(" + id + "), 0) from " + table);
    }

    /** Waits until every task of clients is final; false after the timeout. */
    boolean awaitQuiet() throws InterruptedException {
        Instant limit = Instant.now().plus(QUIET_WITHIN);
        while ((Long) database().value("""
                        select count(*) from BackgroundTasks
                        where ClientID is not null and Status in ('Pendente', 'Em Andamento')""") > 0) {
            if (Instant.now().isAfter(limit)) {
                return false;
            }
            Thread.sleep(Duration.ofMillis(500));
        }
        return true;
    }

    /** The messages that Meta was requested to send, in the order received. */
    List<Sent> sent() {
        return sandbox.providers().requests("meta").stream()
                .filter(request ->
                        request.method().equals("POST") && request.path().endsWith("/messages"))
                .map(request -> Sent.of(new JsonObject(request.body()), request.at()))
                .filter(sent -> sent.messageId() != null)
                .toList();
    }

    /** A request that sends a message. */
    record Sent(String to, Long messageId, Instant at) {

        private static Sent of(JsonObject body, Instant at) {
            String ours = body.getString("biz_opaque_callback_data");
            return new Sent(body.getString("to"), ours == null ? null : Long.valueOf(ours), at);
        }
    }

    /** Runs the jobs with so many at a time, in their order, and returns their results. */
    static <T> List<T> inParallel(int threads, List<Callable<T>> jobs) throws InterruptedException {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(jobs)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
