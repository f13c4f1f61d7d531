package dev.comuta.chaos;

import dev.comuta.chaos.ChaosPlan.Break;
import dev.comuta.chaos.ChaosPlan.Damage;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Breaks one part after the other and repairs it. */
final class Wrecker {

    private static final List<String> PROVIDERS = List.of("gateway", "meta", "twilio");
    private static final Duration DOWNTIME = Duration.ofSeconds(2);

    private final Sandbox sandbox;
    private final List<ServerProcess> servers;
    private final List<Outage> history = new ArrayList<>();

    Wrecker(Sandbox sandbox, List<ServerProcess> servers) {
        this.sandbox = sandbox;
        this.servers = servers;
    }

    /** A damage with its start and end. */
    record Outage(Damage damage, Instant from, Instant to) {}

    /** Runs the plan; returns when the last damage is repaired. */
    void run(List<Break> breaks) throws InterruptedException {
        long start = System.nanoTime();
        for (Break next : breaks) {
            Thread.sleep(Math.max(0, next.atMillis() - (System.nanoTime() - start) / 1_000_000));
            Instant from = Instant.now();
            damage(next.damage());
            history.add(new Outage(next.damage(), from, Instant.now()));
            System.out.println("  " + next.damage() + " repaired");
        }
    }

    List<Outage> history() {
        return List.copyOf(history);
    }

    private void damage(Damage damage) throws InterruptedException {
        switch (damage) {
            case KILL_FIRST -> kill(servers.getFirst());
            case KILL_SECOND -> kill(servers.getLast());
            case STOP_BROKER -> {
                sandbox.broker().stop();
                waitFor(damage);
                sandbox.broker().start();
            }
            case STOP_DATABASE -> {
                sandbox.postgres().stop();
                waitFor(damage);
                sandbox.postgres().start();
            }
            case FREEZE_DATABASE -> {
                sandbox.postgres().freeze();
                waitFor(damage);
                sandbox.postgres().thaw();
            }
            case CUT_BROKER -> sandbox.brokerProxy().cut();
            case HANG_CRM -> misbehave(damage, List.of("crm"), Mode.HANG);
            case FAIL_PROVIDERS -> misbehave(damage, PROVIDERS, Mode.FAIL);
            case LIMIT_PROVIDERS -> misbehave(damage, PROVIDERS, Mode.RATE_LIMIT);
        }
    }

    private static void kill(ServerProcess server) throws InterruptedException {
        server.kill();
        Thread.sleep(DOWNTIME);
        server.start();
    }

    private void misbehave(Damage damage, List<String> providers, Mode mode) throws InterruptedException {
        providers.forEach(provider -> sandbox.providers().fault(Fault.of(provider, mode)));
        waitFor(damage);
        sandbox.providers().clearFaults();
    }

    private static void waitFor(Damage damage) throws InterruptedException {
        Thread.sleep(damage.length());
    }
}
