package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.Mailbox.Mail;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that is handed over outside of business hours: a sentence for the end user, a mail for the broker. */
class HandOverIT {

    private static final List<String> DAYS =
            List.of("Segunda", "Terça", "Quarta", "Quinta", "Sexta", "Sábado", "Domingo");

    private static Comuta comuta;
    private static Api client;
    private static String home;
    private static String channel;

    private String number;
    private String address;
    private long broker;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        client = comuta.client();
        home = "/clients/" + comuta.registered().clientId();
        channel = home + "/channels/" + comuta.registered().whatsapp().channelId();
    }

    @BeforeEach
    void registerABrokerWithAnEndUser() {
        number = Comuta.newNumber();
        address = UUID.randomUUID() + "@example.com";
        JsonObject user = new JsonObject()
                .put("userName", "Ana")
                .put("userRole", "Corretor")
                .put("email", address);
        broker = client.post(home + "/users", user).expect(201).json().getLong("userId");
        JsonObject person = new JsonObject().put("phoneNumber", number).put("userId", broker);
        client.post(home + "/end-users", person).expect(201);
    }

    @AfterEach
    void openTheChannel() {
        setHours(null);
    }

    @Test
    void aSilentAssistantHandsOverWithOneSentenceAndOneMail() {
        setHours(closed());
        comuta.send(comuta.delivery(number, "segredo do cliente")).expect(200);
        assertEquals(List.of("Fechado agora"), comuta.awaitAnswers(number, 1));
        comuta.send(comuta.delivery(number, "alguém aí?")).expect(200);
        comuta.awaitNoOpenTask();

        assertEquals(1, comuta.answersTo(number).size());
        await().atMost(Comuta.TIMEOUT).until(() -> mails().size() == 1);
        String mail = mails().getFirst().body();
        assertTrue(mail.contains("fora do horário"), mail);
        assertFalse(mail.contains("segredo"), mail);
    }

    @Test
    void nobodyGetsAMailThatTheUserDoesNotWant() {
        client.patch(home + "/users/" + broker, new JsonObject().put("handOverMails", false))
                .expect(200);
        setHours(closed());
        comuta.send(comuta.delivery(number, "Oi")).expect(200);
        comuta.awaitAnswers(number, 1);
        comuta.awaitNoOpenTask();

        assertEquals(List.of(), mails());
    }

    @Test
    void rejectsHoursThatDoNotExist() {
        JsonObject unknown = closed().put("timeZone", "Brasil/Interior");
        assertTrue(client.patch(channel, settings(unknown))
                .expectProblem(400, "invalid-request")
                .body()
                .contains("timeZone"));
        client.withInvalidRequest()
                .patch(channel, settings(closed().put("weekly", new JsonArray())))
                .expectProblem(400, "invalid-request");
    }

    @Test
    void aMessageNamesTheUserWhoWroteIt() {
        String key = client.post(
                        home + "/api-keys", new JsonObject().put("name", "ana").put("userId", broker))
                .expect(201)
                .json()
                .getString("key");
        comuta.send(comuta.delivery(number, "Oi")).expect(200);
        comuta.awaitAnswers(number, 1);
        String session = home + "/sessions/"
                + client.get(home + "/sessions?userId=" + broker)
                        .items()
                        .getJsonObject(0)
                        .getLong("sessionId");

        JsonObject text = Conversation.text("Aqui é a Ana");
        assertEquals(
                broker,
                comuta.api(key)
                        .post(session + "/messages", text)
                        .expect(201)
                        .json()
                        .getLong("senderUserId"));
        assertEquals(
                1L,
                client.get(session + "/messages").items().stream()
                        .filter(message -> ((JsonObject) message).getLong("senderUserId") != null)
                        .count());
    }

    private List<Mail> mails() {
        return comuta.sandbox().mailbox().mails().stream()
                .filter(mail -> mail.to().contains(address))
                .toList();
    }

    private static void setHours(JsonObject hours) {
        client.patch(channel, settings(hours)).expect(200);
    }

    private static JsonObject settings(JsonObject hours) {
        return new JsonObject().put("settings", new JsonObject().put("businessHours", hours));
    }

    /** Closed for at least two days. */
    private static JsonObject closed() {
        String day =
                DAYS.get(LocalDate.now(ZoneOffset.UTC).getDayOfWeek().minus(3).getValue() - 1);
        return new JsonObject()
                .put("timeZone", "UTC")
                .put(
                        "weekly",
                        new JsonArray()
                                .add(new JsonObject()
                                        .put("day", day)
                                        .put("from", "00:00")
                                        .put("until", "24:00")))
                .put("outOfHoursText", "Fechado agora")
                .put("assistant", "Avisa");
    }
}
