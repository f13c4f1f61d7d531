package dev.comuta.chaos;

import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.Registration;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two servers in a sandbox with a registered client, in which plans run one after the other. */
final class Arena {

    static final List<String> PROVIDERS = List.of("gateway", "meta", "twilio");

    private static final String PUBLIC_URL = "https://comuta.example";
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(2);

    private final Sandbox sandbox;
    private final List<ServerProcess> servers;
    private final Registration.Registered client;
    private final AttemptLog log;

    private Arena(Sandbox sandbox, List<ServerProcess> servers, Registration.Registered client, AttemptLog log) {
        this.sandbox = sandbox;
        this.servers = servers;
        this.client = client;
        this.log = log;
    }

    /**
     * Starts the servers.
     *
     * @param settings variables of the servers
     */
    static Arena open(Sandbox sandbox, Path logs, Map<String, String> settings) {
        List<ServerProcess> servers = new ArrayList<>();
        for (String name : List.of(ChaosPlan.FIRST, ChaosPlan.SECOND)) {
            servers.add(start(sandbox, logs, name, settings));
        }
        return new Arena(
                sandbox,
                List.copyOf(servers),
                sandbox.register(servers.getFirst()),
                AttemptLog.install(sandbox.postgres()));
    }

    /** The connections of a server have its name, so that the log of attempts knows who claimed. */
    private static ServerProcess start(Sandbox sandbox, Path logs, String name, Map<String, String> settings) {
        String database = sandbox.serverEnvironment().get("COMUTA_DB_URL") + "?application_name=" + name;
        ServerOptions options = ServerOptions.onFreePort()
                .log(logs.resolve(name + ".log"))
                .with("COMUTA_DB_URL", database)
                .with("COMUTA_PUBLIC_URL", PUBLIC_URL);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        return sandbox.startServer(options);
    }

    /** Runs a plan until every task is final. */
    ChaosReport run(ChaosPlan plan) throws InterruptedException {
        sandbox.providers().clearRequests();
        if (plan.providerDelayMillis() > 0) {
            PROVIDERS.forEach(provider ->
                    sandbox.providers().fault(Fault.of(provider, Mode.SLOW).delayMs(plan.providerDelayMillis())));
        }
        Journal journal = new Journal();
        Wrecker wrecker = new Wrecker(sandbox, servers, client);
        Collector collector = new Collector(sandbox, log);
        Times times = Times.startingNow();
        try (ProviderSide providers = new ProviderSide(
                new Envelope.Maker(client, PUBLIC_URL),
                servers.stream().map(ServerProcess::baseUrl).toList(),
                journal)) {
            providers.deliver(plan.deliveries());
            wrecker.run(plan.breaks());
            Instant repairedAt = Instant.now();
            providers.allAccepted(plan.lastDueSeconds() + QUIET_WITHIN.toSeconds());
            Instant since = Instant.now();
            boolean quiet = awaitQuiet(collector, since.isAfter(repairedAt) ? since : repairedAt);
            return report(journal, collector.collect(), wrecker, times, quiet, since);
        } finally {
            sandbox.providers().clearFaults();
        }
    }

    private static ChaosReport report(
            Journal journal, Evidence evidence, Wrecker wrecker, Times times, boolean quiet, Instant since) {
        List<Outage> outages = wrecker.history();
        Causes causes = new Causes(evidence, outages, times);
        Verdict verdict = new Verdict(journal.entries(), evidence, causes);
        List<Finding> findings = new ArrayList<>(verdict.findings());
        findings.add(new Availability(journal.entries(), outages, times).finding());
        findings.add(wrecker.finding());
        return new ChaosReport(
                findings,
                verdict.unknown(),
                new Dossiers(journal.entries(), evidence, causes, outages, times),
                journal,
                outages,
                times,
                quiet,
                Duration.between(times.start(), Instant.now()),
                Duration.between(since, Instant.now()));
    }

    private static boolean awaitQuiet(Collector collector, Instant since) throws InterruptedException {
        while (collector.openTasks() > 0) {
            if (Duration.between(since, Instant.now()).compareTo(QUIET_WITHIN) > 0) {
                return false;
            }
            Thread.sleep(Duration.ofMillis(500));
        }
        return true;
    }
}
