package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.CarrierNews.ReportedCall;
import dev.comuta.sandbox.CallingClient;
import dev.comuta.sandbox.CallingClient.Carrier;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.LiveKitProvider;
import dev.comuta.sandbox.VoiceSimulation;
import dev.comuta.sandbox.voice.CallbackFaults;
import dev.comuta.sandbox.voice.PhoneScript;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** News of calls come in any order or not at all, and carriers do not answer. Each call ends as it did, and is dialled once. */
class CallSurvivalIT {

    private static final int ORDERS = 200;
    private static final int CALLS_AT_ONCE = 12;
    private static final int CALLS_OF_A_KIND = 50;
    private static final double LOST = 0.2;
    private static final Duration SECOND_OF_A_CALL = Duration.ofMillis(50);
    private static final Duration A_MINUTE = Duration.ofSeconds(60);
    private static final Map<String, List<String>> ENDS = Map.of(
            "completed", List.of("queued", "initiated", "ringing", "in-progress", "completed"),
            "busy", List.of("initiated", "ringing", "busy"),
            "no-answer", List.of("initiated", "ringing", "no-answer"),
            "failed", List.of("queued", "initiated", "failed"),
            "canceled", List.of("initiated", "ringing", "canceled"));

    private static Comuta comuta;
    private static VoiceSimulation voice;
    private static LiveKitProvider liveKit;

    private CallingClient client;

    /** A question after 3 s in place of 30 s; requests that are not answered end after 2 or 3 s. */
    @BeforeAll
    static void start() {
        comuta = Comuta.start(Comuta.testOptions()
                .with("COMUTA_CALLS_CHECK_AFTER", "3s")
                .with("COMUTA_CALLS_CHECK_INTERVAL", "500ms")
                .with("COMUTA_CALLS_MAX_CHECK_AFTER", "3s")
                .with("COMUTA_CALLS_DETAILS_AFTER", "3s")
                .with("COMUTA_CALLS_SEARCH_AFTER", "2s")
                .with("COMUTA_CALLS_TIME_LIMIT", "15s")
                .with("COMUTA_GATEWAY_SEND_TIME_LIMIT", "2s")
                .with("COMUTA_LIVEKIT_REQUEST_TIME_LIMIT", "2s"));
        voice = comuta.sandbox().providers().voice();
        liveKit = comuta.sandbox().providers().liveKit();
        voice.pace().secondLasts(SECOND_OF_A_CALL);
    }

    @AfterAll
    static void stop() {
        comuta.close();
    }

    @BeforeEach
    void register() {
        client = CallingClient.register(comuta.sandbox(), comuta.server());
        voice.phones()
                .script(client.broker(), PhoneScript.answers().presses("1").hangsUpAfter(Duration.ofSeconds(40)));
    }

    @AfterEach
    void repair() {
        comuta.sandbox().providers().clearFaults();
        loseStatuses(0, 0);
        voice.phones().clear();
        voice.pace().secondLasts(SECOND_OF_A_CALL);
    }

    private static void loseStatuses(double share, long seed) {
        voice.gateway().callbacks(CallbackFaults.seeded(seed).dropping(share));
        voice.twilio().callbacks(CallbackFaults.seeded(seed + 1).dropping(share));
    }

    private static long seed() {
        long seed = System.nanoTime() & 0xffff_ffffL;
        System.out.println("CallSurvivalIT: seed " + seed);
        return seed;
    }

    /** A call, the order of its statuses, and the row and events that it must have. */
    private record Order(ReportedCall call, List<String> words, boolean atOnce, String expected) {}

    /** Incoming calls and calls of the company, at the gateway and at Twilio; half of them with all statuses at once. */
    @Test
    void everyOrderOfTheStatusesLeadsToOneCall() {
        long seed = seed();
        Random random = new Random(seed);
        List<Order> orders =
                IntStream.range(0, ORDERS).mapToObj(i -> order(i, random)).toList();
        CarrierNews news = new CarrierNews(client, comuta.server().baseUrl());
        try (Deliveries deliveries = new Deliveries();
                ExecutorService some = Executors.newFixedThreadPool(CALLS_AT_ONCE)) {
            CompletableFuture.allOf(orders.stream()
                            .map(order -> CompletableFuture.runAsync(
                                    () -> deliver(deliveries, news, order).join(), some))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }

        Set<Object> found = new HashSet<>(comuta.column("""
                select concat_ws(' ', c.ProviderCallID, c.CallStatus, c.Connected, coalesce(c.EndReason, '-'), c.Seconds,
                    (select string_agg(e.EventType, ' ' order by e.EventType) from Events e
                     where e.ClientID = c.ClientID and e.SessionID = c.SessionID
                       and e.EventType in ('ChamadaRecebida', 'ChamadaConectada', 'ChamadaEncerrada', 'SessãoEncerrada')))
                from Calls c where c.ClientID = ?""", client.clientId()));
        assertEquals(Set.copyOf(orders.stream().map(Order::expected).toList()), found, "seed " + seed);
        assertEquals((long) ORDERS, comuta.value("select count(*) from Calls where ClientID = ?", client.clientId()));
    }

    private Order order(int index, Random random) {
        Carrier carrier = index % 2 == 0 ? Carrier.GATEWAY : Carrier.TWILIO;
        boolean outbound = index % 4 > 1;
        String end = List.copyOf(new TreeSet<>(ENDS.keySet())).get(random.nextInt(ENDS.size()));
        List<String> words = new ArrayList<>(ENDS.get(end));
        words.add(words.get(random.nextInt(words.size())));
        Collections.shuffle(words, random);
        String person = CallingClient.newNumber();
        ReportedCall call = outbound
                ? ReportedCall.outgoing(comuta, client, carrier, person)
                : ReportedCall.incoming(carrier, person);
        return new Order(call, words, random.nextBoolean(), expected(call, end));
    }

    private static String expected(ReportedCall call, String end) {
        String state =
                switch (end) {
                    case "completed" -> "Completed t - " + CarrierNews.SECONDS;
                    case "busy" -> "Busy f ocupado";
                    case "no-answer" -> "No Answer f " + (call.isOutbound() ? "sem resposta" : "desistência");
                    case "failed" -> "Failed f número inválido";
                    default -> "Canceled f " + (call.isOutbound() ? "cancelada" : "desistência");
                };
        return call.sid() + " " + state
                + (end.equals("completed") ? " ChamadaConectada" : "")
                + " ChamadaEncerrada"
                + (call.isOutbound() ? "" : " ChamadaRecebida")
                + " SessãoEncerrada";
    }

    private static CompletableFuture<?> deliver(Deliveries deliveries, CarrierNews news, Order order) {
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (String word : order.words()) {
            SignedDelivery delivery = news.of(order.call(), word);
            CompletableFuture<Void> before = all;
            all = order.atOnce()
                    ? CompletableFuture.allOf(before, send(deliveries, delivery))
                    : before.thenCompose(done -> send(deliveries, delivery));
        }
        return all;
    }

    private static CompletableFuture<Void> send(Deliveries deliveries, SignedDelivery delivery) {
        return deliveries.send(delivery, attempt -> comuta.server().baseUrl());
    }

    /** The carrier is asked about each call whose end it could not report. */
    @Test
    void everyCallReachesItsTrueEndWhenAFifthOfTheStatusesIsLost() {
        long seed = seed();
        loseStatuses(LOST, seed);
        for (int i = 0; i < CALLS_OF_A_KIND; i++) {
            callIn(i);
            callOut(Carrier.GATEWAY, i);
            callOut(Carrier.TWILIO, i);
        }
        Truth truth = new Truth(comuta, client);
        await("all calls are over").atMost(Comuta.TIMEOUT).until(() -> truth.ended() == 4 * CALLS_OF_A_KIND);

        long over = System.nanoTime();
        await("true ends, seed " + seed)
                .atMost(A_MINUTE)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertEquals(List.of(), truth.differences()));
        System.out.printf(
                "CallSurvivalIT: %d statuses lost, the last end known %d ms after the last call%n",
                truth.lost(), (System.nanoTime() - over) / 1_000_000);
        assertTrue(truth.lost() > CALLS_OF_A_KIND, "statuses were lost");
        assertEquals(List.of(), truth.wrongEvents(), "seed " + seed);
    }

    /** A person calls: some hang up before anybody answers, some while they talk, and others let the broker end the call. */
    private void callIn(int index) {
        List<PhoneScript> scripts = List.of(
                PhoneScript.rings().hangsUpAfter(Duration.ofMillis(1500)),
                PhoneScript.rings().hangsUpAfter(Duration.ofSeconds(35)),
                PhoneScript.rings());
        for (Carrier carrier : List.of(Carrier.GATEWAY, Carrier.TWILIO)) {
            String person = CallingClient.newNumber();
            voice.phones().script(person, scripts.get(index % scripts.size()));
            String company = client.number(carrier);
            var _ = carrier == Carrier.GATEWAY
                    ? voice.gateway().call(person, company)
                    : voice.twilio().call(person, company);
        }
    }

    private void callOut(Carrier carrier, int index) {
        List<PhoneScript> scripts = List.of(
                PhoneScript.answers().hangsUpAfter(Duration.ofSeconds(25)),
                PhoneScript.busy(),
                PhoneScript.noAnswer(),
                PhoneScript.rejects(),
                PhoneScript.invalid());
        String person = CallingClient.newNumber();
        voice.phones().script(person, scripts.get(index % scripts.size()));
        call(carrier, person).expect(201);
    }

    private Answer call(Carrier carrier, String person, String... headers) {
        return comuta.platform()
                .post(
                        client.home() + "/calls",
                        new JsonObject().put("to", person).put("from", client.number(carrier)),
                        headers);
    }

    /** The call is slow, so that no step of it ends while a busy server answers. */
    private void talkUntilTheTestEndsIt(String person) {
        voice.pace().secondLasts(Duration.ofMillis(500));
        voice.phones().script(person, PhoneScript.answers());
        voice.phones().script(client.broker(), PhoneScript.answers().presses("1"));
    }

    static Stream<Arguments> unknownOutcomes() {
        return Stream.of(Carrier.values())
                .flatMap(carrier -> Stream.of(Mode.CUT, Mode.MUTE, Mode.SLOW).map(mode -> Arguments.of(carrier, mode)));
    }

    /** The carrier has the call, but its response is cut, never comes, or the request itself arrives after the time limit. */
    @ParameterizedTest
    @MethodSource("unknownOutcomes")
    void aCallWhoseResponseIsLostIsDialledOnceAndHasItsTrueEnd(Carrier carrier, Mode mode) {
        String person = CallingClient.newNumber();
        talkUntilTheTestEndsIt(person);
        comuta.sandbox()
                .providers()
                .fault(Fault.of(CallingClient.nameOf(carrier), mode)
                        .delayMs(3500)
                        .times(1)
                        .containing(person.substring(1)));
        long callId = call(carrier, person).expect(201).json().getLong("callId");

        awaitValue("true", "select ProviderCallID is not null and Connected from Calls where ClientID = ?");
        awaitDialed();
        if (carrier == Carrier.LIVEKIT) {
            assertEquals("In Progress", comuta.value("select CallStatus from Calls where CallID = ?", callId));
            String room = "comuta-c" + client.clientId() + "-call-" + callId;
            liveKit.hangUp(client.liveKitKey(), room, Long.toString(callId));
        } else {
            voice.phones().calls(person).getFirst().hangUp();
        }
        awaitValue("Completed -", """
                select concat_ws(' ', CallStatus, coalesce(EndReason, '-')) from Calls where ClientID = ?""");
        awaitValue("ChamadaConectada ChamadaEncerrada", """
                select string_agg(EventType, ' ' order by EventType) from Events
                where ClientID = ? and EventType like 'Chamada%'""");
        assertEquals(1, client.dials(carrier, person));
    }

    @ParameterizedTest
    @EnumSource(Carrier.class)
    void theSameRequestTenTimesWithOneKeyDialsOnce(Carrier carrier) {
        String key = UUID.randomUUID().toString();
        String person = CallingClient.newNumber();
        voice.phones().script(person, PhoneScript.answers().hangsUpAfter(Duration.ofSeconds(25)));
        Set<String> bodies = new HashSet<>();
        List<CompletableFuture<Answer>> together = IntStream.range(0, 6)
                .mapToObj(time -> CompletableFuture.supplyAsync(
                        () -> callUntilAnswered(carrier, person, key), Thread::startVirtualThread))
                .toList();
        together.forEach(answer -> bodies.add(answer.join().expect(201).body()));
        awaitValue("true", "select Connected from Calls where ClientID = ?");
        IntStream.range(0, 4)
                .forEach(time -> bodies.add(
                        callUntilAnswered(carrier, person, key).expect(201).body()));

        awaitDialed();
        assertEquals(1, bodies.size());
        assertEquals(1L, comuta.value("select count(*) from Calls where ClientID = ?", client.clientId()));
        assertEquals(1, client.dials(carrier, person));
    }

    /** A request that waits too long for the first one of its key gets 503, and is repeated. */
    private Answer callUntilAnswered(Carrier carrier, String person, String key) {
        return await().atMost(Comuta.TIMEOUT)
                .until(() -> call(carrier, person, "Idempotency-Key", key), answer -> answer.status() != 503);
    }

    private void awaitDialed() {
        awaitValue("0", """
                select count(*) from BackgroundTasks
                where ClientID = ? and TaskType = 'ChamadaSaida' and Status in ('Pendente', 'Em Andamento')""");
    }

    private void awaitValue(String expected, String sql) {
        await(sql)
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(expected, String.valueOf(comuta.value(sql, client.clientId()))));
    }
}
