package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.CarrierNews.ReportedCall;
import dev.comuta.sandbox.CallingClient;
import dev.comuta.sandbox.CallingClient.Carrier;
import dev.comuta.sandbox.ServerProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Both servers are replaced one after the other while calls go on. */
class RollingCallsIT {

    private static final int CALLS = 50;
    private static final int PER_SECOND = 20;
    private static final int STATUSES_PER_END = 8;

    /** Calls that end while one server is replaced. */
    private static final int ENDS_MEANWHILE = 20;

    private static final URI PUBLIC_URL = URI.create("https://comuta.example");

    private final List<CompletableFuture<Void>> answers = new CopyOnWriteArrayList<>();
    private final AtomicInteger tick = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger toStopping = new AtomicInteger();
    private volatile int mayEnd;
    private volatile ServerProcess stopping;
    private volatile ServerProcess other;

    /** A third of the statuses goes to the server that is being stopped; what it does not accept is repeated. */
    @Test
    void everyCallEndsRightAndEveryWebhookIsAccepted() throws InterruptedException {
        try (Comuta comuta = Comuta.start(Comuta.testOptions().with("COMUTA_PUBLIC_URL", PUBLIC_URL.toString()));
                Deliveries deliveries = new Deliveries();
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            ServerProcess first = comuta.server();
            comuta.startAnotherServer();
            ServerProcess second = comuta.server();
            CallingClient client = CallingClient.register(comuta.sandbox(), first);
            CarrierNews news = new CarrierNews(client, PUBLIC_URL);
            List<ReportedCall> calls = calls(comuta, client);
            stopping = first;
            other = second;
            calls.forEach(call -> begin(deliveries, news, call));

            int beforehand = deliveries.sent();
            toStopping.set(0);
            mayEnd = ENDS_MEANWHILE;
            var _ = timer.scheduleAtFixedRate(
                    () -> next(deliveries, news, calls), 0, 1000 / PER_SECOND, TimeUnit.MILLISECONDS);
            Duration replaced = replace(first).plus(replaceNext(second, first));
            timer.shutdown();
            assertTrue(timer.awaitTermination(10, TimeUnit.SECONDS));
            int duringRestart = ended.get();
            int statuses = deliveries.sent() - beforehand;
            IntStream.range(duringRestart, CALLS).forEach(index -> end(deliveries, news, calls));
            CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();

            System.out.printf(
                    "RollingCallsIT: 2 servers replaced in %d ms; %d statuses meanwhile, %d to the stopping server, %d"
                            + " attempts repeated, %d calls ended meanwhile%n",
                    replaced.toMillis(), statuses, toStopping.get(), deliveries.repeated(), duringRestart);
            assertTrue(deliveries.repeated() > 0, "the stopping server was away for some of its statuses");
            assertTrue(duringRestart > CALLS / 5, "calls ended while servers were replaced");
            assertEquals(expected(calls), Set.copyOf(comuta.column("""
                    select concat_ws(' ', c.ProviderCallID, c.CallStatus,
                        (select string_agg(e.EventType, ' ' order by e.EventType) from Events e
                         where e.ClientID = c.ClientID and e.SessionID = c.SessionID
                           and e.EventType in ('ChamadaConectada', 'ChamadaEncerrada', 'SessãoEncerrada')))
                    from Calls c where c.ClientID = ?""", client.clientId())));
        }
    }

    private static List<ReportedCall> calls(Comuta comuta, CallingClient client) {
        List<ReportedCall> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            Carrier carrier = i % 2 == 0 ? Carrier.GATEWAY : Carrier.TWILIO;
            String person = CallingClient.newNumber();
            calls.add(
                    i % 4 > 1
                            ? ReportedCall.outgoing(comuta, client, carrier, person)
                            : ReportedCall.incoming(carrier, person));
        }
        return calls;
    }

    private void begin(Deliveries deliveries, CarrierNews news, ReportedCall call) {
        send(deliveries, news, call, "ringing").join();
        if (isAnswered(call)) {
            send(deliveries, news, call, "in-progress").join();
        }
    }

    /** A fifth of the calls ring until they end. */
    private static boolean isAnswered(ReportedCall call) {
        return Math.floorMod(call.person().hashCode(), 5) > 0;
    }

    private static String endOf(ReportedCall call) {
        return isAnswered(call) ? "completed" : "busy";
    }

    /** The next status: every eighth may end a call, and the others repeat what is known. */
    private void next(Deliveries deliveries, CarrierNews news, List<ReportedCall> calls) {
        int number = tick.getAndIncrement();
        if (number % STATUSES_PER_END == 0 && ended.get() < mayEnd) {
            end(deliveries, news, calls);
        } else {
            ReportedCall call = calls.get(number % CALLS);
            var _ = send(deliveries, news, call, isAnswered(call) ? "in-progress" : "ringing");
        }
    }

    private void end(Deliveries deliveries, CarrierNews news, List<ReportedCall> calls) {
        ReportedCall call = calls.get(ended.getAndIncrement());
        var _ = send(deliveries, news, call, endOf(call));
    }

    private CompletableFuture<Void> send(Deliveries deliveries, CarrierNews news, ReportedCall call, String word) {
        boolean toTheStopping = deliveries.sent() % 3 == 0;
        toStopping.addAndGet(toTheStopping ? 1 : 0);
        CompletableFuture<Void> answer = deliveries.send(
                news.of(call, word),
                attempt -> (attempt % 2 == 0) == toTheStopping ? stopping.baseUrl() : other.baseUrl());
        answers.add(answer);
        return answer;
    }

    private static Duration replace(ServerProcess server) {
        long begin = System.nanoTime();
        server.stop();
        server.start();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private Duration replaceNext(ServerProcess server, ServerProcess successor) {
        mayEnd = 2 * ENDS_MEANWHILE;
        other = successor;
        stopping = server;
        return replace(server);
    }

    private static Set<Object> expected(List<ReportedCall> calls) {
        return calls.stream()
                .<Object>map(call -> call.sid()
                        + (isAnswered(call) ? " Completed ChamadaConectada" : " Busy")
                        + " ChamadaEncerrada SessãoEncerrada")
                .collect(Collectors.toSet());
    }
}
