package dev.comuta.mass;

import dev.comuta.mass.DialedCalls.Dialed;
import dev.comuta.mass.Servers.Answer;
import dev.comuta.sandbox.CallingClient;
import dev.comuta.sandbox.CallingClient.Carrier;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Sandbox;
import dev.comuta.sandbox.ServerOptions;
import dev.comuta.sandbox.ServerProcess;
import dev.comuta.sandbox.voice.PhoneScript;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/**
 * Kills a server while it makes a call at each carrier, starts it again, and does so many times. Then the dials at the
 * carriers are compared with the calls.
 */
final class DialKills {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STARTS = 5;
    private static final Map<String, String> SETTINGS = Map.of(
            "COMUTA_CALLS_CHECK_AFTER", "3s",
            "COMUTA_CALLS_CHECK_INTERVAL", "500ms",
            "COMUTA_CALLS_DETAILS_AFTER", "3s",
            "COMUTA_TASKS_SWEEP_INTERVAL", "500ms",
            "COMUTA_TASKS_SWEEP_GAP", "2s");

    private final Sandbox sandbox;
    private final ServerProcess server;
    private final CallingClient client;
    private final DialedCalls calls;
    private final int kills;
    private final long seed;
    private final Random random;
    private int betweenDialAndCommit;

    /** When the server is killed. */
    private enum Moment {
        /** While the carriers keep their responses back. */
        UNANSWERED,
        /** When the first carrier has got its request. */
        DIALLED,
        /** Soon after the request to call. */
        ANY
    }

    private DialKills(Sandbox sandbox, ServerProcess server, int kills, long seed) {
        this.sandbox = sandbox;
        this.server = server;
        this.client = CallingClient.register(sandbox, server);
        this.calls = new DialedCalls(sandbox, client);
        this.kills = kills;
        this.seed = seed;
        this.random = new Random(seed);
    }

    /** Starts a server and a client for it. */
    static DialKills in(Sandbox sandbox, int kills, long seed) {
        ServerOptions options =
                ServerOptions.onFreePort().jvm(ServerOptions.shippedJvm()).jvm(List.of("-XX:TieredStopAtLevel=1"));
        for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        ServerProcess server = sandbox.startServer(options);
        sandbox.providers().server(server.baseUrl());
        sandbox.providers().voice().pace().secondLasts(Duration.ofMillis(50));
        return new DialKills(sandbox, server, kills, seed);
    }

    /** How many calls were dialled and not committed when the server was killed. */
    int betweenDialAndCommit() {
        return betweenDialAndCommit;
    }

    Report run() throws InterruptedException {
        for (int kill = 0; kill < kills; kill++) {
            round(Moment.values()[kill % Moment.values().length]);
        }
        boolean quiet = await(() -> calls.openTasks() == 0);
        calls.hangUpInRooms();
        boolean over = await(() -> calls.open() == 0);
        List<Dialed> made = calls.made();
        List<String> figures = List.of(
                "seed %d, %d kills, %d calls".formatted(seed, kills, made.size()),
                "%d calls dialled and not committed at a kill".formatted(betweenDialAndCommit),
                "%d calls never dialled, whose outcome is unknown"
                        .formatted(made.stream().filter(Dialed::neverDialed).count()));
        return new Report(
                "Calls and kills",
                figures,
                List.of(
                        Promise.of("every request made one call", made.size() == 3L * kills, made.size() + " calls"),
                        Promise.of("no call was dialled twice", made, call -> call.dials() <= 1),
                        Promise.of("no call was left out but at LiveKit, visibly", made, Dialed::isDialedOrUnknown),
                        Promise.of("every call has the end that its carrier knows", made, Dialed::hasTrueEnd),
                        Promise.of("every call records its connection and end once", made, Dialed::recordsOnce),
                        Promise.of("all tasks ended, and all calls", quiet && over, "open tasks or calls")));
    }

    private void round(Moment moment) throws InterruptedException {
        Map<Carrier, String> numbers = new EnumMap<>(Carrier.class);
        for (Carrier carrier : Carrier.values()) {
            String number = CallingClient.newNumber();
            numbers.put(carrier, number);
            sandbox.providers()
                    .voice()
                    .phones()
                    .script(number, PhoneScript.answers().hangsUpAfter(Duration.ofSeconds(60)));
            if (moment == Moment.UNANSWERED) {
                sandbox.providers()
                        .fault(Fault.of(CallingClient.nameOf(carrier), Fault.Mode.MUTE)
                                .containing(number.substring(1)));
            }
        }
        try (Servers servers = new Servers(List.of(server))) {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (Carrier carrier : Carrier.values()) {
                answers.add(request(servers, carrier, numbers.get(carrier)));
            }
            awaitMoment(moment, numbers);
            server.kill();
            betweenDialAndCommit += calls.uncommitted(numbers);
            sandbox.providers().clearFaults();
            restart();
            answers.forEach(CompletableFuture::join);
        }
    }

    /** On a busy machine a start may take longer than the server is given, and counts as one more kill. */
    private void restart() {
        for (int attempt = 1; !server.alive(); attempt++) {
            sandbox.makeTasksDue();
            try {
                server.start();
            } catch (IllegalStateException notReady) {
                if (attempt == STARTS) {
                    throw notReady;
                }
            }
        }
    }

    private void awaitMoment(Moment moment, Map<Carrier, String> numbers) throws InterruptedException {
        int longest =
                switch (moment) {
                    case UNANSWERED -> {
                        await(() -> calls.requests(numbers) == numbers.size());
                        yield 500;
                    }
                    case DIALLED -> {
                        await(() -> calls.requests(numbers) > 0);
                        yield 30;
                    }
                    case ANY -> 400;
                };
        Thread.sleep(random.nextInt(longest));
    }

    /** Posts a call with a key, and again until the server answers. */
    private CompletableFuture<Answer> request(Servers servers, Carrier carrier, String number) {
        JsonObject body = new JsonObject().put("to", number).put("from", client.number(carrier));
        HttpRequest.Builder request = HttpRequest.newBuilder()
                .header("content-type", "application/json")
                .header("authorization", "Bearer " + sandbox.platformKey())
                .header("idempotency-key", UUID.randomUUID().toString())
                .POST(HttpRequest.BodyPublishers.ofString(body.encode()));
        Executor thread = Thread::startVirtualThread;
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return servers.send(client.home() + "/calls", request);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                thread);
    }

    private static boolean await(BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                return false;
            }
            Thread.sleep(Duration.ofMillis(2));
        }
        return true;
    }
}
