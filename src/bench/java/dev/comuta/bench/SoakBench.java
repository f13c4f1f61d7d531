package dev.comuta.bench;

import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Half load for a long time, with a restart of a server and of the broker (docs/performance.md): does anything grow? */
final class SoakBench {

    private static final Duration MEASURING = Duration.ofSeconds(20);
    private static final Duration BROKER_AWAY = Duration.ofSeconds(5);

    private final Sandbox sandbox;
    private final List<ServerProcess> servers;
    private final SoakSampler sampler;

    private SoakBench(Sandbox sandbox, List<ServerProcess> servers) {
        this.sandbox = sandbox;
        this.servers = servers;
        this.sampler = new SoakSampler(sandbox, servers);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Bench.inSandbox(SoakBench::run);
    }

    private static void run(Settings settings, Sandbox sandbox) throws IOException, InterruptedException {
        Database database = Database.durable(sandbox.postgres());
        List<ServerProcess> servers = List.of(
                Bench.startServer(settings, sandbox, Path.of(""), "server-1.log"),
                Bench.startServer(settings, sandbox, Path.of(""), "server-2.log"));
        try (LoadGenerator load = new LoadGenerator(servers.getFirst().baseUrl());
                Registrar registrar = new Registrar(servers.getFirst().baseUrl(), sandbox.platformKey());
                SoakLoad soak = new SoakLoad(servers)) {
            Sink sink = load.openSink();
            Contacts contacts = registrar.registerTalkative(0, sink.address());
            double half = half(settings, load, contacts);
            sink.tell(contact -> soak.answered());
            soak.begin(contacts, half);
            List<SoakSampler.Sample> samples = new SoakBench(sandbox, servers).sample(settings.soak());
            soak.end();
            database.awaitNoOpenTasks();
            SoakReport report =
                    new SoakReport(Machine.here(database.version()), settings.soak(), half, soak.counts(), samples);
            report.write(Bench.RESULTS);
            System.out.println(report.markdown());
            if (!report.holds()) {
                throw new BenchFailure("something has grown, or was not answered");
            }
        }
    }

    /** Half of the conversations per second that one server reaches. */
    private static double half(Settings settings, LoadGenerator load, Contacts contacts) throws InterruptedException {
        if (settings.soakPerSecond() > 0) {
            return settings.soakPerSecond();
        }
        Webhooks webhooks = new Webhooks(load.server(), contacts);
        load.converse(settings.warmUp(), Flow.atOnce(webhooks, settings.warmUp()));
        return load.converse(MEASURING, Flow.atOnce(webhooks, MEASURING)).perSecond() / 2;
    }

    /** Samples for this time, with the restarts in between. */
    private List<SoakSampler.Sample> sample(Duration time) throws InterruptedException {
        SoakWindows windows = new SoakWindows(time);
        sampler.until(windows.restartOfServer());
        servers.getFirst().stop();
        servers.getFirst().start();
        sampler.until(windows.restartOfBroker());
        sandbox.broker().stop();
        Thread.sleep(BROKER_AWAY);
        sandbox.broker().start();
        sampler.until(time);
        return sampler.samples();
    }
}
