package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Web and worker as separate processes, on one database and broker. */
class RolesIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static Comuta comuta;
    private static int lastNumber = 30_000;

    @BeforeAll
    static void start() {
        comuta = Comuta.start(Comuta.testOptions().with("COMUTA_ROLES", "web"));
    }

    @AfterAll
    static void stop() {
        comuta.close();
    }

    @Test
    void webAcceptsAndWorkerAnswers() {
        String number = newNumber();
        comuta.send(comuta.delivery(number, QUESTION)).expect(200);
        await().during(Duration.ofSeconds(3))
                .until(() -> comuta.answersTo(number).isEmpty());

        try (ServerProcess worker = worker()) {
            assertEquals(
                    List.of("Encontrei estes imóveis no bairro X: Imóvel A, Imóvel B."),
                    comuta.awaitAnswers(number, 1));
            assertEquals(404, status(worker, "/webhooks/whatsapp"));
        }
    }

    @Test
    void losesNothingWhenAWorkerIsKilledUnderLoad() {
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.SLOW).delayMs(200));
        ServerProcess first = worker();
        List<String> numbers = IntStream.range(0, 40).mapToObj(i -> newNumber()).toList();
        numbers.forEach(number -> comuta.send(comuta.delivery(number, QUESTION)).expect(200));
        await().atMost(Comuta.TIMEOUT)
                .until(() -> !comuta.answersTo(numbers.getFirst()).isEmpty());
        first.kill();
        comuta.makeTasksDue();
        comuta.sandbox().providers().clearFaults();

        try (ServerProcess second = worker()) {
            assertTrue(second.alive());
            numbers.forEach(
                    number -> assertEquals(1, comuta.awaitAnswers(number, 1).size()));
            comuta.awaitNoOpenTask();
            numbers.forEach(number -> assertEquals(1, comuta.answersTo(number).size()));
        }
    }

    @Test
    void onlyAWorkerNeedsTheBrokerToBeReady() {
        try (ServerProcess worker = worker()) {
            comuta.sandbox().brokerProxy().refuse();
            await().atMost(Duration.ofSeconds(30)).until(() -> probe(worker, "ready") == 503);
            assertEquals(200, probe(comuta.server(), "ready"));
            assertEquals(200, probe(worker, "live"));

            comuta.sandbox().brokerProxy().restore();
            await().atMost(Duration.ofSeconds(30)).until(() -> probe(worker, "ready") == 200);
        }
    }

    private static ServerProcess worker() {
        return comuta.sandbox()
                .startServer(Comuta.testOptions()
                        .with("COMUTA_ROLES", "worker")
                        .with("COMUTA_ASSISTANT_TOOL_TIME_LIMIT", "1s")
                        .with("COMUTA_TASKS_LEASE_MARGIN", "1s")
                        .with("COMUTA_ASSISTANT_TURN_TIME_LIMIT", "2s"));
    }

    private static int status(ServerProcess server, String path) {
        return new Api(server.baseUrl(), null).undocumented().get(path).status();
    }

    private static int probe(ServerProcess server, String name) {
        return Comuta.management(server).get("/q/health/" + name).status();
    }

    private static String newNumber() {
        lastNumber++;
        return "+55119987" + lastNumber;
    }
}
