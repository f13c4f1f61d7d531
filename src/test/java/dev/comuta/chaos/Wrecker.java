package dev.comuta.chaos;

import dev.comuta.chaos.ChaosPlan.Break;
import dev.comuta.chaos.ChaosPlan.Damage;
import dev.comuta.chaos.Finding.Broken;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.Registration.Registered;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Breaks one part after the other and repairs it. */
final class Wrecker {

    private static final int HELD_SESSIONS = 5;
    private static final int STALLED_READERS = 3;
    private static final int LOST_ANSWERS = 10;

    /** U+0000, which PostgreSQL stores in no text, and half of a surrogate pair, which is no character. */
    private static final String POISON =
            "{\"properties\":[{\"name\":\"Im\\u00f3vel \\u0000 A\"},{\"name\":\"Im\\u00f3vel \\ud800 B\"}]}";

    private static final Duration DOWNTIME = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration IN_FLIGHT = Duration.ofMillis(300);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Sandbox sandbox;
    private final List<ServerProcess> servers;
    private final Registered client;
    private final List<Outage> history = new ArrayList<>();
    private final List<Broken> stillServed = new ArrayList<>();
    private Instant killedAt;
    private int readers;

    Wrecker(Sandbox sandbox, List<ServerProcess> servers, Registered client) {
        this.sandbox = sandbox;
        this.servers = servers;
        this.client = client;
    }

    /** Runs the plan; returns when the last damage is repaired. */
    void run(List<Break> breaks) throws InterruptedException {
        long start = System.nanoTime();
        for (Break next : breaks) {
            Thread.sleep(Math.max(0, next.atMillis() - (System.nanoTime() - start) / 1_000_000));
            Instant begin = Instant.now();
            killedAt = null;
            damage(next.damage());
            history.add(new Outage(next.damage(), killedAt == null ? begin : killedAt, Instant.now()));
            System.out.println("  " + next.damage() + " repaired");
        }
    }

    List<Outage> history() {
        return List.copyOf(history);
    }

    Finding finding() {
        return new Finding("a reader that reads nothing is disconnected", readers, List.copyOf(stillServed));
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
            case STOP_DATABASE, STOP_DATABASE_LONG -> {
                sandbox.postgres().stop();
                waitFor(damage);
                sandbox.postgres().start();
            }
            case KILL_DATABASE -> {
                sandbox.postgres().kill();
                waitFor(damage);
                sandbox.postgres().start();
            }
            case FREEZE_CONNECTIONS -> {
                sandbox.databaseProxy().freeze();
                waitFor(damage);
                sandbox.databaseProxy().restore();
            }
            case HOLD_SESSIONS -> HeldSessions.hold(sandbox.postgres(), HELD_SESSIONS, damage.length());
            case FREEZE_DATABASE -> {
                sandbox.postgres().freeze();
                waitFor(damage);
                sandbox.postgres().thaw();
            }
            case CUT_BROKER -> sandbox.brokerProxy().cut();
            case HANG_CRM -> misbehave(damage, List.of("crm"), Mode.HANG);
            case POISON_CRM -> {
                sandbox.providers().crmAnswers(POISON);
                waitFor(damage);
                sandbox.providers().crmAnswers(null);
            }
            case FAIL_PROVIDERS -> misbehave(damage, Arena.PROVIDERS, Mode.FAIL);
            case LIMIT_PROVIDERS -> misbehave(damage, Arena.PROVIDERS, Mode.RATE_LIMIT);
            case LOSE_ANSWERS -> loseAnswers(damage);
            case STALL_READERS -> stallReaders(damage);
        }
    }

    private void kill(ServerProcess server) throws InterruptedException {
        awaitSends();
        killedAt = Instant.now();
        server.kill();
        Thread.sleep(DOWNTIME);
        server.start();
    }

    /** Waits, but not for ever, until every provider works on a request. */
    private void awaitSends() throws InterruptedException {
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Long> latest = new HashMap<>();
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        boolean busy = false;
        while (!busy && System.nanoTime() < deadline) {
            for (String provider : Arena.PROVIDERS) {
                int count = sandbox.providers().requestCount(provider);
                Integer before = counts.put(provider, count);
                if (before != null && before < count) {
                    latest.put(provider, System.nanoTime());
                }
            }
            long since = System.nanoTime() - IN_FLIGHT.toNanos();
            busy = latest.size() == Arena.PROVIDERS.size()
                    && latest.values().stream().allMatch(at -> at > since);
            Thread.sleep(POLL);
        }
    }

    private void misbehave(Damage damage, List<String> providers, Mode mode) throws InterruptedException {
        providers.forEach(provider -> sandbox.providers().fault(Fault.of(provider, mode)));
        waitFor(damage);
        sandbox.providers().clearFaults();
    }

    private void loseAnswers(Damage damage) throws InterruptedException {
        Arena.PROVIDERS.forEach(provider ->
                sandbox.providers().fault(Fault.of(provider, Mode.CUT).times(LOST_ANSWERS)));
        waitFor(damage);
        sandbox.providers().clearFaults();
    }

    private void stallReaders(Damage damage) throws InterruptedException {
        List<StalledReader> stalled = new ArrayList<>();
        for (ServerProcess server : servers) {
            for (int i = 0; i < STALLED_READERS; i++) {
                stalled.add(StalledReader.connect(server.baseUrl(), client.clientId(), client.clientKey()));
            }
        }
        waitFor(damage);
        for (StalledReader reader : stalled) {
            readers++;
            if (reader.isStillServed()) {
                stillServed.add(Broken.of("a reader is still served after it read nothing for " + damage.length()));
            }
            reader.close();
        }
    }

    private static void waitFor(Damage damage) throws InterruptedException {
        Thread.sleep(damage.length());
    }
}
