package dev.comuta.bench;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerProcess;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A build under comparison: its packaged server in a sandbox of its own, and the clients that load it. */
final class Build implements AutoCloseable {

    private final String name;
    private final Settings settings;
    private final Sandbox sandbox;
    private final RoundMeter meter;
    private final LoadGenerator load;
    private final PgBench pgbench;
    private final Map<Part, Webhooks> webhooks = new EnumMap<>(Part.class);

    /** What is measured beside pgbench. */
    enum Part {
        GATEWAY("Comuta, 64 connections, Gateway webhooks", 0),
        META("Comuta, 64 connections, Meta webhooks", 300_000),
        CONVERSATIONS(ConversationRounds.FULL, 100_000);

        private final String contender;
        private final int first;

        Part(String contender, int first) {
            this.contender = contender;
            this.first = first;
        }

        String contender() {
            return contender;
        }
    }

    private Build(String name, Settings settings, Sandbox sandbox, Path checkout)
            throws IOException, InterruptedException {
        this.name = name;
        this.settings = settings;
        this.sandbox = sandbox;
        Database database = Database.durable(sandbox.postgres());
        ServerProcess server = Bench.startServer(settings, sandbox, checkout, "server-" + name + ".log");
        meter = new RoundMeter(settings, database, Bench.parts(sandbox, server));
        load = new LoadGenerator(server.baseUrl());
        try (Registrar registrar = new Registrar(server.baseUrl(), sandbox.platformKey())) {
            Contacts gateway = new Contacts(registrar.register(Settings.CHANNELS), Settings.CONTACTS);
            Contacts meta = new Contacts(
                    registrar.registerMeta(Part.META.first, Settings.CHANNELS), Part.META.first, Settings.CONTACTS);
            Contacts talkative = registrar.registerTalkative(
                    Part.CONVERSATIONS.first, load.openSink().address());
            pgbench = new PgBench(sandbox.postgres(), Bench.RESULTS, database.prepareSessions(gateway));
            database.prepareSessions(meta);
            webhooks.put(Part.GATEWAY, new Webhooks(server.baseUrl(), gateway));
            webhooks.put(Part.META, new Webhooks(server.baseUrl(), meta, Dialect.META));
            webhooks.put(Part.CONVERSATIONS, new Webhooks(server.baseUrl(), talkative));
        }
    }

    /** Starts the packaged server of a checkout. */
    static Build start(String name, Settings settings, Path checkout) throws IOException, InterruptedException {
        Sandbox sandbox = Bench.startSandbox();
        try {
            return new Build(name, settings, sandbox, checkout);
        } catch (RuntimeException | IOException | InterruptedException e) {
            sandbox.close();
            throw e;
        }
    }

    /** The version of its PostgreSQL. */
    String postgres() {
        return Database.durable(sandbox.postgres()).version();
    }

    List<Round> rounds() {
        return meter.rounds();
    }

    void warmUp(Set<Part> parts) throws InterruptedException {
        System.err.println("warm-up of " + name);
        for (Part part : parts) {
            if (part == Part.CONVERSATIONS) {
                Duration time = settings.conversationWarmUp();
                load.converse(time, Flow.atOnce(webhooks.get(part), time));
            } else {
                load.atFullSpeed(prepare(part, settings.warmUp()), settings.warmUp());
            }
            meter.drain();
        }
    }

    /** One round of pgbench and of each part. */
    void measure(Set<Part> parts) throws IOException, InterruptedException {
        System.err.println(name);
        meter.yardstick(pgbench);
        for (Part part : parts) {
            if (part == Part.CONVERSATIONS) {
                Flow flow = Flow.atOnce(webhooks.get(part), settings.round());
                meter.measure(part.contender, () -> load.converse(settings.round(), flow));
                meter.drain();
            } else {
                Buffer[] requests = prepare(part, settings.round());
                meter.webhooks(part.contender, () -> load.atFullSpeed(requests, settings.round()));
            }
        }
    }

    private Buffer[] prepare(Part part, Duration time) {
        return webhooks.get(part).prepare(Webhooks.FASTEST, time);
    }

    @Override
    public void close() {
        load.close();
        sandbox.close();
    }
}
