package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Conversation.Line;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.MetaProvider;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows, logs and traces contain no secrets; logs and traces contain no message texts and no numbers. */
class LeaksIT {

    private static final String DISTRICT = "Jardim Vazamento";
    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro " + DISTRICT + "?";
    private static final String HOUSE = "Casa Confidencial";

    private static Comuta comuta;
    private static final List<String> PEOPLE = new ArrayList<>();

    @BeforeAll
    static void runConversationsWithFullLogging() {
        comuta = Comuta.start(Comuta.tracingOptions().with("COMUTA_LOG_JSON", "false"));
        comuta.sandbox().providers().properties(HOUSE);
        for (Line line :
                List.of(Conversation.gateway(comuta), Conversation.meta(comuta), Conversation.twilio(comuta))) {
            String person = newPerson();
            line.say(person, QUESTION);
            line.awaitAnswers(person, 1);
        }
        provokeFailures();
        sendInvalidRequests();
        comuta.awaitNoOpenTask();
        await("a span of every send").atMost(Comuta.TIMEOUT).until(LeaksIT::everySendIsTraced);
    }

    @AfterAll
    static void stop() {
        comuta.close();
    }

    @Test
    void storesNoSecretInTheDatabase() {
        String dump = dump();
        assertTrue(dump.contains(DISTRICT), "the dump lacks the messages");
        secrets().forEach(secret -> assertFalse(dump.contains(secret), () -> "a row contains " + secret));
    }

    @Test
    void writesNoSecretIntoTheLog() throws IOException {
        String log = log();
        assertTrue(log.contains("failed for good"), "the log lacks the failures");
        secrets().forEach(secret -> assertFalse(log.contains(secret), () -> "the log contains " + secret));
    }

    @Test
    void writesNoTextAndNoNumberIntoTheLog() throws IOException {
        String log = log();
        personalData().forEach(text -> assertFalse(log.contains(text), () -> "the log contains " + text));
    }

    @Test
    void writesNoSecretNoTextAndNoNumberIntoTraces() {
        String spans = spans();
        Stream.concat(secrets().stream(), personalData())
                .forEach(text -> assertFalse(spans.contains(text), () -> "a span contains " + text));
    }

    private static boolean everySendIsTraced() {
        long attempts = (Long)
                comuta.value("select sum(Attempts)::bigint from BackgroundTasks where TaskType = 'EnvioMensagem'");
        return attempts
                <= comuta.sandbox().providers().traces().spans().stream()
                        .filter(span -> span.name().equals("EnvioMensagem"))
                        .count();
    }

    /** Failures write most log lines: here the CRM and every provider reject a request. */
    private static void provokeFailures() {
        Line line = Conversation.gateway(comuta);
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.FAIL).status(400));
        String person = newPerson();
        line.say(person, QUESTION);
        line.awaitAnswers(person, 1);
        comuta.sandbox().providers().clearFaults();
        Map.of(
                        "gateway", Conversation.gateway(comuta),
                        "meta", Conversation.meta(comuta),
                        "twilio", Conversation.twilio(comuta))
                .forEach(LeaksIT::sayAndBeRejected);
        comuta.awaitNoOpenTask();
        comuta.sandbox().providers().clearFaults();
    }

    private static void sayAndBeRejected(String provider, Line line) {
        String person = newPerson();
        comuta.sandbox()
                .providers()
                .fault(Fault.of(provider, Mode.FAIL).status(400).times(1).containing(person.substring(1)));
        line.say(person, QUESTION);
    }

    private static void sendInvalidRequests() {
        String person = newPerson();
        Conversation.gateway(comuta)
                .signing("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                .message(person, QUESTION)
                .send(comuta)
                .expect(401);
        Api client = comuta.client();
        String home = "/clients/" + comuta.registered().clientId();
        client.post(home + "/end-users", new JsonObject().put("name", DISTRICT).put("email", person))
                .expect(400);
        client.withInvalidRequest()
                .send("POST", home + "/end-users", "{\"name\": \"" + DISTRICT + "\", \"phoneNumber\": \"" + person)
                .expect(400);
        comuta.api("ck_" + DISTRICT.replace(" ", "")).get(home).expect(401);
        assertEquals(
                400,
                comuta.sandbox()
                        .providers()
                        .meta()
                        .post("{\"entry\": \"" + DISTRICT + "\"")
                        .join());
    }

    /** Texts and numbers of the conversations. Some spellings of a number lack the country code, so it is left out. */
    private static Stream<String> personalData() {
        return Stream.concat(PEOPLE.stream().map(number -> number.substring(3)), Stream.of(DISTRICT, HOUSE));
    }

    private static String newPerson() {
        PEOPLE.add(Comuta.newNumber());
        return PEOPLE.getLast();
    }

    /** The secrets in clear and in base64. */
    private static List<String> secrets() {
        List<String> plain = new ArrayList<>(comuta.sandbox().secrets());
        plain.addAll(List.of(
                comuta.registered().clientKey(),
                comuta.registered().whatsapp().webhookSecret(),
                comuta.registered().voice().webhookSecret(),
                comuta.registered().twilio().authToken(),
                MetaProvider.APP_SECRET));
        return plain.stream()
                .flatMap(secret ->
                        Stream.of(secret, Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    /** Every row of every table as text. */
    private static String dump() {
        return comuta.column("select tablename from pg_tables where schemaname = 'public'").stream()
                .filter(table -> !"flyway_schema_history".equals(table))
                .flatMap(table ->
                        comuta.sandbox().postgres().query("select t::text as line from " + table + " t").stream())
                .map(Map::values)
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String spans() {
        return comuta.sandbox().providers().traces().spans().toString();
    }

    private static String log() throws IOException {
        return Files.readString(comuta.server().log());
    }
}
