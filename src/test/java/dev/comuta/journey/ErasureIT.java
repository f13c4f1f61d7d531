package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.SandboxPostgres;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Export and erasure of a person's data. */
class ErasureIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro ";
    private static final String KEY = "idempotency-key";
    private static int lastNumber = 600;
    private static Comuta comuta;
    private static Api client;
    private static String home;

    /** The number as providers write it. Its digits occur nowhere else. */
    private String number;

    private String person;
    private List<String> planted;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        client = comuta.client();
        home = "/clients/" + comuta.registered().clientId();
    }

    @BeforeEach
    void registerAPerson() {
        number = "5531976543" + ++lastNumber;
        planted = Stream.concat(
                        Stream.of(number, "31976543" + lastNumber),
                        Stream.of("nome", "correio", "bairro", "casa", "recado", "anexo", "resposta", "erro", "fora")
                                .map(word -> word + UUID.randomUUID().toString().replace("-", "")))
                .toList();
        JsonObject fields = new JsonObject()
                .put("name", plant("nome"))
                .put("email", plant("correio") + "@example.com")
                .put("phoneNumber", "+" + number)
                .put("additionalInfo", new JsonObject().put("bairro", plant("bairro")));
        person = client.post(home + "/end-users", fields, KEY, number)
                .expect(201)
                .location();
        comuta.sandbox().providers().properties(plant("casa"));
    }

    @AfterEach
    void clearFaults() {
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void erasesAPersonFromTheDatabaseAndLogsNoPersonalData() throws IOException {
        String session = writeOverEveryProvider();
        park();
        failATask(session);
        comuta.awaitNoOpenTask();
        String before = dump();
        planted.forEach(text -> assertTrue(before.contains(text), text + " was not planted"));

        JsonObject export = client.get(person + "/export").expect(200).json();
        Stream.of(number, plant("nome"), plant("recado"), plant("anexo"), plant("casa"), plant("resposta"))
                .forEach(text -> assertTrue(export.encode().contains(text), text + " was not exported"));
        erase();

        String after = dump();
        planted.forEach(
                text -> assertTrue(!after.contains(text), () -> "found " + text + " in\n" + lines(after, text)));
        String log = Files.readString(comuta.server().log());
        planted.forEach(text -> assertTrue(!log.contains(text), () -> "logged " + text + ":\n" + lines(log, text)));
        client.post(home + "/end-users", new JsonObject().put("name", "x"), KEY, number)
                .expectProblem(422, "idempotency-mismatch");
        client.send("PATCH", person, "{\"name\":\"de volta\"}").expectProblem(409, "conflict");
        assertEquals("Inativo", client.get(person).expect(200).json().getString("status"));
        assertEquals(
                List.of("exportEndUser", "eraseEndUser", "endUserErased"),
                comuta.column(
                        "select Action from AuditEntries where Target like ? || '%' and Action <> 'createEndUser' "
                                + "order by AuditID",
                        person));
    }

    @Test
    void cancelsRunningTasks() {
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.SLOW).delayMs(3000));
        say(QUESTION + plant("bairro") + "?");
        await().atMost(Comuta.TIMEOUT).until(() -> tasks("ConsultaCRM").contains("Em Andamento"));

        erase();
        comuta.sandbox().providers().clearFaults();
        String other = Comuta.newNumber();
        comuta.send(comuta.delivery(other, "Olá"));
        comuta.awaitAnswers(other, 1);
        comuta.awaitNoOpenTask();

        assertEquals(List.of("Cancelada"), tasks("ConsultaCRM"));
        assertEquals(List.of(), comuta.answersTo("+" + number));
        assertTrue(!dump().contains(plant("casa")) && !dump().contains(plant("bairro")));
    }

    @Test
    void marksAMessageThatIsBeingSentAsUncertain() {
        comuta.sandbox().providers().fault(Fault.of("gateway", Mode.SLOW).delayMs(3000));
        say("Olá");
        await().atMost(Comuta.TIMEOUT).until(() -> tasks("EnvioMensagem").contains("Em Andamento"));
        double before = leasesLost();

        erase();
        await().atMost(Comuta.TIMEOUT).until(() -> leasesLost() > before);

        assertEquals(
                List.of("Incerta"),
                comuta.column(
                        "select m.Status from Messages m join Sessions s using (SessionID) "
                                + "where s.EndUserID = ? and m.SenderType = 'Assistente'",
                        endUserId()));
    }

    @Test
    void createsANewEndUserForTheNextMessageAndCanBeRepeated() {
        say("Olá");
        comuta.awaitAnswers("+" + number, 1);
        erase();

        say(plant("recado"));
        comuta.awaitAnswers("+" + number, 2);
        long newEndUser = client.get(home + "/end-users?phoneNumber=+" + number)
                .items()
                .getJsonObject(0)
                .getLong("endUserId");
        assertNotEquals(endUserId(), newEndUser);

        erase();
        assertTrue(dump().contains(plant("recado")), "the new end user's message stays");
        person = home + "/end-users/" + newEndUser;
        erase();
        assertTrue(!dump().contains(plant("recado")));
    }

    /** The lock is released after the first sessions were closed, so an erasure in one transaction fails the test. */
    @Test
    void erasesTheFirstSessionsWhileALaterOneIsLocked() throws SQLException {
        List<Object> sessions = comuta.column(
                "insert into Sessions (ClientID, ChannelID, EndUserID, SessionType) "
                        + "select ?, ?, ?, 'Chamada' from generate_series(1, 15) returning SessionID",
                comuta.registered().clientId(),
                comuta.registered().whatsapp().channelId(),
                endUserId());
        SandboxPostgres postgres = comuta.sandbox().postgres();
        SandboxPostgres.Login owner = postgres.login(SandboxPostgres.OWNER);
        try (Connection holder = DriverManager.getConnection(postgres.jdbcUrl(), owner.username(), owner.password());
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("set local role comuta_platform");
            statement.execute("select from Sessions where SessionID = " + sessions.getLast() + " for no key update");
            client.post(person + "/erase", null).expect(202);

            await().atMost(Comuta.TIMEOUT).until(() -> closedSessions() == 10);
            holder.rollback();
        }
        comuta.awaitNoOpenTask();
        assertEquals(15, closedSessions());
        assertEquals(
                List.of(true),
                comuta.column("select FinishedAt is not null from Erasures where EndUserID = ?", endUserId()));
    }

    @Test
    void acceptsSimultaneousRequests() {
        List<CompletableFuture<Api.Answer>> requests = Stream.generate(
                        () -> client.sendAsync("POST", person + "/erase", null))
                .limit(30)
                .toList();

        requests.forEach(answer -> answer.join().expect(202));
        comuta.awaitNoOpenTask();
        assertEquals(
                List.of(true),
                comuta.column(
                        "select FinishedAt is not null and Names is null from Erasures where EndUserID = ?",
                        endUserId()));
    }

    @Test
    void opensNoSessionWithAnErasedPerson() {
        erase();

        IllegalStateException rejection = assertThrows(
                IllegalStateException.class,
                () -> comuta.value(
                        "insert into Sessions (ClientID, ChannelID, EndUserID) values (?, ?, ?) returning SessionID",
                        comuta.registered().clientId(),
                        comuta.registered().whatsapp().channelId(),
                        endUserId()));
        assertTrue(rejection.getMessage().contains("the end user was erased"), rejection.getMessage());
    }

    private long closedSessions() {
        return (Long)
                comuta.value("select count(*) from Sessions where EndUserID = ? and EndTime is not null", endUserId());
    }

    private String plant(String word) {
        return planted.stream()
                .filter(text -> text.startsWith(word))
                .findFirst()
                .orElseThrow();
    }

    private long endUserId() {
        return Long.parseLong(person.substring(person.lastIndexOf('/') + 1));
    }

    private void say(String text) {
        comuta.send(comuta.delivery("+" + number, text)).expect(200);
    }

    /** Returns the path of the session over the gateway. */
    private String writeOverEveryProvider() {
        say(QUESTION + plant("bairro") + "?");
        comuta.awaitAnswers("+" + number, 1);
        assertEquals(200, twilio(plant("recado")));
        assertEquals(200, meta(MetaProvider.PHONE_NUMBER_ID, Map.of("id", "9", "caption", plant("anexo"))));
        String session = home + "/sessions/"
                + comuta.value(
                        "select min(SessionID) from Sessions where EndUserID = ? and ChannelID = ?",
                        endUserId(),
                        comuta.registered().whatsapp().channelId());
        client.post(session + "/messages", Conversation.text(plant("resposta")), KEY, "s" + number)
                .expect(201);
        comuta.awaitAnswers("+" + number, 2);
        client.post(session + "/release", null, KEY, "r" + number).expect(200);
        return session;
    }

    /** Parks a message for a number that the company registered and that is not active. */
    private void park() {
        String phoneNumberId = "7000" + lastNumber;
        client.post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "WhatsApp")
                                .put("channelIdentifier", "+5531999000" + lastNumber)
                                .put("provider", "Meta")
                                .put("providerId", phoneNumberId)
                                .put("credentials", new JsonObject().put("accessToken", "x")))
                .expect(201);
        comuta.value(
                "update CommunicationChannels set Status = 'Pendente', ProvedAt = now() where ProviderID = ? returning 1",
                phoneNumberId);
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        1L,
                        comuta.value(
                                "select case when ? = 200 then (select count(*) from ParkedItems where ProviderID = ?) end",
                                meta(phoneNumberId, Map.of("id", "9", "caption", plant("fora"))),
                                phoneNumberId)));
    }

    /** Lets a look-up finally fail, and adds personal data to the texts of the failure. */
    private void failATask(String session) {
        comuta.sandbox().providers().fault(Fault.of("crm", Mode.FAIL).status(404));
        say(QUESTION + plant("bairro") + "?");
        await().atMost(Comuta.TIMEOUT).until(() -> tasks("ConsultaCRM").contains("Falhou"));
        comuta.awaitNoOpenTask();
        String of = " where Status = 'Falhou' and SessionID = " + session.substring(session.lastIndexOf('/') + 1);
        comuta.value("update BackgroundTasks set LastError = LastError || ?" + of + " returning 1", plant("erro"));
        comuta.value(
                "update Events set EventData = EventData || jsonb_build_object('erro', ?::text, 'detalhe', ?::text) "
                        + "where EventType in ('TarefaFalhou', 'AlertaSistema') and SessionID = "
                        + session.substring(session.lastIndexOf('/') + 1) + " returning 1",
                plant("erro"),
                plant("erro"));
        assertEquals(
                1,
                comuta.column(
                                "update Alerts set Detail = Detail || ?, TechnicalDetail = TechnicalDetail || ? "
                                        + "where ClientID = ? and Cause = 'tarefa/ConsultaCRM' and Status <> 'Resolvido' returning 1",
                                plant("erro"),
                                plant("erro"),
                                comuta.registered().clientId())
                        .size());
        comuta.value(
                "insert into Alerts (ClientID, Cause, Detail) values (?, ?, ?) returning 1",
                comuta.registered().clientId(),
                "outra/" + number.hashCode(),
                "Não foi possível ligar para +" + number);
        comuta.value(
                "insert into Alerts (ClientID, Cause, Detail, TechnicalDetail) values (?, ?, 'x', ?) returning 1",
                comuta.registered().clientId(),
                "terceira/" + number.hashCode(),
                "no call to +" + number);
        comuta.sandbox().providers().clearFaults();
    }

    private int meta(String phoneNumberId, Map<String, Object> image) {
        Map<String, Object> message = Map.of(
                "from",
                number,
                "id",
                "wamid." + UUID.randomUUID(),
                "timestamp",
                Comuta.now(),
                "type",
                "image",
                "image",
                image);
        Map<String, Object> contact = Map.of("wa_id", number, "profile", Map.of("name", plant("nome")));
        String body =
                MetaProvider.webhook(phoneNumberId, Map.of("messages", List.of(message), "contacts", List.of(contact)));
        return comuta.sandbox().providers().meta().post(body).join();
    }

    private int twilio(String text) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", "SM" + UUID.randomUUID().toString().replace("-", ""));
        form.put("AccountSid", comuta.registered().twilio().accountSid());
        form.put("From", "whatsapp:+" + number);
        form.put("To", "whatsapp:" + comuta.registered().twilio().number());
        form.put("ProfileName", plant("nome"));
        form.put("NumMedia", "0");
        form.put("Body", text);
        return Conversation.twilio(comuta)
                .signed("/webhooks/twilio/messages", form)
                .send(comuta)
                .status();
    }

    private void erase() {
        Api.Answer accepted = client.post(person + "/erase", null).expect(202);
        assertNull(client.get(person).expect(200).json().getString("name"));
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        "Concluída",
                        client.get(accepted.location()).expect(200).json().getString("status")));
    }

    /** The number of attempts that ended after they had lost their lease. */
    private static double leasesLost() {
        return comuta.management()
                .get("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("comuta_tasks_leases_lost_total"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private List<String> tasks(String type) {
        return comuta
                .column(
                        "select t.Status from BackgroundTasks t join Sessions s using (SessionID) "
                                + "where s.EndUserID = ? and t.TaskType = ?",
                        endUserId(),
                        type)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** Every row of every table, as text. */
    private static String dump() {
        return comuta
                .column("select format('%I', relname) from pg_class where relkind in ('r', 'p') "
                        + "and relnamespace = 'public'::regnamespace and relname <> 'flyway_schema_history'")
                .stream()
                .flatMap(table -> comuta.column("select '" + table + " ' || t::text from " + table + " t").stream())
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    private static String lines(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).collect(Collectors.joining("\n"));
    }
}
