package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.Conversation.Line;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.MetaProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Stops one part after the other. Nothing accepted is lost, and nothing is done twice. */
class SurvivalIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";

    /** The time limit of a commit, and what a busy machine adds to it. */
    private static final Duration REJECTION_LIMIT = Duration.ofSeconds(3);

    private static final Duration RECOVERY = Duration.ofSeconds(15);
    private static Comuta comuta;
    private static int lastNumber = 20_000;

    @BeforeAll
    static void start() {
        comuta = Comuta.startWithBroker(Comuta.testOptions()
                .with("COMUTA_ASSISTANT_TOOL_TIME_LIMIT", "1s")
                .with("COMUTA_TASKS_LEASE_MARGIN", "1s"));
    }

    @AfterAll
    static void stop() {
        comuta.close();
    }

    @Test
    void losesNothingWhenKilledBetweenCommitAndPublish() {
        String number = newNumber();
        comuta.sandbox().brokerProxy().refuse();
        comuta.send(comuta.delivery(number, QUESTION)).expect(200);

        comuta.server().kill();
        comuta.makeTasksDue();
        comuta.sandbox().brokerProxy().restore();
        comuta.startAnotherServer();

        assertOneAnswer(number);
    }

    @Test
    void repeatsALookUpWhoseWorkerWasKilled() {
        String number = newNumber();
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.HANG));
        comuta.send(comuta.delivery(number, QUESTION));
        await().atMost(Comuta.TIMEOUT).until(() -> comuta.sandbox().providers().requests("crm").stream()
                .anyMatch(request -> "hang".equals(request.fault())));

        comuta.server().kill();
        comuta.sandbox().providers().clearFaults();
        comuta.startAnotherServer();

        assertOneAnswer(number);
    }

    /** The part of {@link WebhookContract} that needs a server of its own. */
    @Test
    void rejectsEveryProviderImmediatelyWhileTheDatabaseIsStopped() {
        List<Line> lines =
                List.of(Conversation.gateway(comuta), Conversation.meta(comuta), Conversation.twilio(comuta));
        Map<SignedDelivery, String> rejected = new LinkedHashMap<>();
        for (Line line : lines) {
            String person = newNumber();
            rejected.put(line.message(person, QUESTION), person);
        }
        comuta.sandbox().postgres().stop();
        try {
            rejected.keySet().forEach(delivery -> assertRejectedImmediately(() -> delivery.send(comuta)));
        } finally {
            comuta.sandbox().postgres().start();
        }

        rejected.values().forEach(person -> assertEquals(0L, received(person)));
        rejected.forEach((delivery, person) -> {
            await().atMost(Comuta.TIMEOUT).until(() -> delivery.send(comuta).status() == 200);
            assertEquals(1L, received(person));
        });
        comuta.awaitNoOpenTask();
    }

    /** All deliveries wait for one look-up. The first one that times out must not cancel it for the others. */
    @Test
    void returns503ToAllDeliveriesThatWaitForAFrozenDatabase() throws InterruptedException {
        String body = MetaProvider.webhook(
                MetaProvider.PHONE_NUMBER_ID,
                Map.of("messages", List.of(Map.of("from", "5511988887777", "id", "wamid.frozen", "type", "text"))));
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        comuta.sandbox().postgres().freeze();
        try {
            for (int i = 0; i < 8; i++) {
                answers.add(comuta.sandbox().providers().meta().post(body));
                Thread.sleep(100);
            }
            answers.forEach(CompletableFuture::join);
        } finally {
            comuta.sandbox().postgres().thaw();
        }

        assertEquals(
                Collections.nCopies(8, 503),
                answers.stream().map(CompletableFuture::join).toList());
        assertRecovers(newNumber());
    }

    @Test
    void rejectsImmediatelyWhileTheDatabaseIsFrozen() {
        comuta.sandbox().postgres().freeze();
        try {
            SignedDelivery delivery = Conversation.gateway(comuta).message(newNumber(), QUESTION);
            assertRejectedImmediately(() -> delivery.send(comuta));
            assertRejectedImmediately(() -> delivery.send(comuta));
        } finally {
            comuta.sandbox().postgres().thaw();
        }

        assertRecovers(newNumber());
    }

    /** As after a failover whose old host is gone: connections of before are silent, new ones work. */
    @Test
    void recoversByItselfFromConnectionsThatNeverAnswer() {
        List<String> numbers = IntStream.range(0, 12).mapToObj(i -> newNumber()).toList();
        assertRecovers(newNumber());
        numbers.forEach(number -> comuta.send(comuta.delivery(number, QUESTION)).expect(200));
        assertOneAnswerEach(numbers);
        List<SignedDelivery> deliveries = numbers.stream()
                .map(number -> comuta.delivery(number, QUESTION))
                .toList();

        comuta.sandbox().databaseProxy().freeze();
        try {
            List<CompletableFuture<Integer>> meanwhile = List.of(
                    CompletableFuture.supplyAsync(
                            () -> comuta.client().get(sessions()).status()),
                    CompletableFuture.supplyAsync(() -> comuta.server().ready() ? 200 : 503));
            await("webhooks")
                    .atMost(RECOVERY)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> areAccepted(deliveries));
            await("the API, with the same key")
                    .atMost(RECOVERY)
                    .until(() -> comuta.client().get(sessions()).status() == 200);
            await("readiness").atMost(RECOVERY).until(() -> comuta.server().ready());
            assertEquals(503, meanwhile.get(1).join(), "ready while no transaction got an answer");
            numbers.forEach(
                    number -> assertEquals(2, comuta.awaitAnswers(number, 2).size()));
            comuta.awaitNoOpenTask();
            numbers.forEach(number -> assertEquals(2L, received(number)));
        } finally {
            comuta.sandbox().databaseProxy().restore();
        }
    }

    private static String sessions() {
        return "/clients/" + comuta.registered().clientId() + "/sessions?limit=1";
    }

    /** Sends all deliveries concurrently. */
    private static boolean areAccepted(List<SignedDelivery> deliveries) {
        List<CompletableFuture<Integer>> answers = deliveries.stream()
                .map(delivery -> CompletableFuture.supplyAsync(
                        () -> comuta.send(delivery).status()))
                .toList();
        return answers.stream().map(CompletableFuture::join).allMatch(status -> status == 200);
    }

    @Test
    void acceptsWhileTheBrokerIsStoppedAndDeliversAfterItsReturn() {
        List<String> numbers = IntStream.range(0, 20).mapToObj(i -> newNumber()).toList();
        comuta.sandbox().broker().stop();
        try {
            numbers.forEach(
                    number -> comuta.send(comuta.delivery(number, QUESTION)).expect(200));
            assertTrue(comuta.server().ready());
        } finally {
            comuta.sandbox().broker().start();
        }

        assertOneAnswerEach(numbers);
    }

    @Test
    void resumesConsumingAfterItsConnectionsWereCutUnderLoad() {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String number = newNumber();
            numbers.add(number);
            comuta.send(comuta.delivery(number, QUESTION)).expect(200);
            if (i % 20 == 10) {
                comuta.sandbox().brokerProxy().cut();
            }
        }
        assertOneAnswerEach(numbers);

        // The consumers work: a new task completes faster than the sweeper's gap.
        String later = newNumber();
        comuta.send(comuta.delivery(later, QUESTION));
        await().atMost(Duration.ofSeconds(10))
                .until(() -> comuta.answersTo(later).size() == 1);
    }

    @Test
    void leavesItsTasksToAnotherServerWhenStopped() {
        List<String> numbers = IntStream.range(0, 30).mapToObj(i -> newNumber()).toList();
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.SLOW).delayMs(500));
        numbers.forEach(number -> comuta.send(comuta.delivery(number, QUESTION)));

        comuta.server().stop();
        comuta.sandbox().providers().clearFaults();
        comuta.startAnotherServer();

        assertOneAnswerEach(numbers);
    }

    private static void assertRejectedImmediately(Supplier<Answer> delivery) {
        long start = System.nanoTime();
        Answer answer = delivery.get();
        Duration duration = Duration.ofNanos(System.nanoTime() - start);
        answer.expectProblem(503, "unavailable");
        assertEquals("1", answer.header("retry-after"));
        assertTrue(duration.compareTo(REJECTION_LIMIT) < 0, "answered after " + duration);
    }

    private static void assertRecovers(String number) {
        SignedDelivery delivery = comuta.delivery(number, QUESTION);
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> comuta.send(delivery).status() == 200);
        assertOneAnswer(number);
    }

    private static void assertOneAnswer(String number) {
        assertOneAnswerEach(List.of(number));
    }

    private static void assertOneAnswerEach(List<String> numbers) {
        await("an answer to each number").atMost(Comuta.TIMEOUT).until(() -> numbers.stream()
                .noneMatch(number -> comuta.answersTo(number).isEmpty()));
        comuta.awaitNoOpenTask();
        for (String number : numbers) {
            assertEquals(1, comuta.answersTo(number).size());
            assertEquals(1L, received(number));
        }
    }

    private static Object received(String number) {
        return comuta.value(
                "select count(*) from Messages m join Sessions s using (SessionID) "
                        + "join ClientEndUsers u using (EndUserID) "
                        + "where u.PhoneNumber = ? and m.SenderType = 'Usuário-Cliente'",
                number);
    }

    private static String newNumber() {
        lastNumber++;
        return "+55119987" + lastNumber;
    }
}
