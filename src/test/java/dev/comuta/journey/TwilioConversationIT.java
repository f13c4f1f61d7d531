package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.Contracts;
import dev.comuta.journey.Api.Answer;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.Registration.Twilio;
import dev.comuta.sandbox.TwilioMessage;
import dev.comuta.sandbox.TwilioProvider;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversations over Twilio: its forms, its statuses, and sends with an unknown outcome. */
class TwilioConversationIT {

    private static final String MESSAGES = "/webhooks/twilio/messages";
    private static Comuta comuta;

    private final TwilioProvider provider = comuta.sandbox().providers().twilio();
    private final Twilio account = comuta.registered().twilio();
    private String number;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
    }

    @BeforeEach
    void useNewNumber() {
        number = Comuta.newNumber();
        comuta.sandbox().providers().properties("Imóvel A", "Imóvel B");
    }

    @AfterEach
    void resetProviders() {
        comuta.sandbox().providers().clearFaults();
        provider.loseAnswers(0);
    }

    @Test
    void respondsWithEmptyTwimlAndStoresTheProfileName() {
        Answer response = send(message(number, "Oi"));

        response.expect(200);
        assertEquals("<Response/>", response.body());
        assertEquals("text/xml", response.header("content-type").split(";", -1)[0]);
        assertEquals("Maria Ção", comuta.value("select Name from ClientEndUsers where PhoneNumber = ?", number));
    }

    @Test
    void storesALongTextWithEmoji() {
        String text = "🏠Olá, ção! ".repeat(500).substring(0, 4096);

        send(message(number, text)).expect(200);

        assertEquals(text, comuta.value(contentOf("m.Content"), number));
    }

    @Test
    void storesEveryPublishedBody() throws IOException {
        List<JsonObject> bodies = new JsonObject(Files.readString(Contracts.file("twilio/webhook_bodies.json")))
                .getJsonArray("webhooks").stream().map(JsonObject.class::cast).toList();

        for (JsonObject body : bodies) {
            Map<String, String> form = form(body.getString("raw"));
            if (body.getString("kind").startsWith("incoming whatsapp")) {
                form.replace("To", "whatsapp:" + account.number());
                form.replace("AccountSid", account.accountSid());
                assertEquals(200, send(form).status(), body.getString("name"));
                assertEquals(
                        1L,
                        comuta.value(
                                "select count(*) from Messages join Sessions using (SessionID) "
                                        + "where ProviderMessageID = ? and ChannelID = ? and ContentType is not null",
                                form.get("MessageSid"),
                                account.channelId()),
                        body.getString("name"));
            } else if (body.getString("kind").startsWith("message status")) {
                form.replace("AccountSid", account.accountSid());
                String address = MESSAGES + "/status?channel=" + account.channelId();
                assertEquals(204, report(form, address).status(), body.getString("name"));
            }
        }
    }

    @Test
    void storesAnImageWithItsPayload() {
        Map<String, String> image = message(number, "Minha casa");
        image.put("NumMedia", "2");
        image.put("MediaContentType0", "image/jpeg");
        image.put("MediaUrl0", "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1");

        send(image).expect(200);

        assertEquals("Imagem", comuta.value(contentOf("m.ContentType"), number));
        assertEquals("Minha casa", comuta.value(contentOf("m.Content"), number));
        JsonObject payload = new JsonObject((String) comuta.value(contentOf("m.Payload"), number));
        assertEquals(image.get("MediaUrl0"), payload.getString("MediaUrl0"));
        assertFalse(payload.containsKey("Body"));
    }

    @Test
    void rejectsAReplyWhichTwilioDoesNotSend() {
        send(message(number, "Oi")).expect(200);
        awaitMessages(number, 1);
        String session = "/clients/" + comuta.registered().clientId() + "/sessions/"
                + comuta.value(
                        "select s.SessionID from Sessions s join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ?",
                        number);
        Object repliedTo = comuta.value(contentOf("m.MessageID"), number);

        String rejection = comuta.client()
                .post(session + "/messages", Conversation.text("Bom dia").put("replyTo", repliedTo.toString()))
                .expectProblem(400, "invalid-request")
                .body();

        assertTrue(rejection.contains("replyTo: Twilio sends no replies"), rejection);
    }

    @Test
    void storesALocation() {
        Map<String, String> location = message(number, "");
        location.put("Latitude", "-23.561");
        location.put("Longitude", "-46.656");

        send(location).expect(200);

        assertEquals("Localização", comuta.value(contentOf("m.ContentType"), number));
        JsonObject payload = new JsonObject((String) comuta.value(contentOf("m.Payload"), number));
        assertEquals("-23.561", payload.getString("Latitude"));
    }

    @Test
    void answersAPersonWhoHidesTheNumber() {
        String id = "BR." + UUID.randomUUID().toString().replace("-", "");

        send(message(id, "Oi")).expect(200);
        awaitMessages(id, 1);
        send(message(id, "Oi")).expect(200);

        awaitMessages(id, 2);
        assertEquals(1L, comuta.value("select count(*) from EndUserIdentities where Kind = 'bsuid' and Value = ?", id));
    }

    @Test
    void recognizesAPersonWhoHidesTheNumberLater() {
        String id = "BR." + UUID.randomUUID().toString().replace("-", "");
        Map<String, String> withNumber = message(number, "Oi");
        withNumber.put("ExternalUserId", "whatsapp:" + id);

        send(withNumber).expect(200);
        awaitMessages(number, 1);
        send(message(id, "Oi")).expect(200);

        assertEquals(1, awaitMessages(id, 1).size());
        assertEquals(
                comuta.value("select EndUserID from ClientEndUsers where PhoneNumber = ?", number),
                comuta.value("select EndUserID from EndUserIdentities where Kind = 'bsuid' and Value = ?", id));
    }

    @Test
    void statusesInAnyOrderEndInTheSameState() {
        List<List<String>> orders = List.of(
                List.of("queued", "sent", "delivered", "read"),
                List.of("read", "delivered", "sent", "queued"),
                List.of("delivered", "read", "sent", "sent"),
                List.of("sent", "failed", "read", "delivered"),
                List.of("read", "undelivered", "read", "sent"));
        for (List<String> order : orders) {
            String reader = Comuta.newNumber();
            send(message(reader, "Oi"));
            TwilioMessage sent = awaitMessages(reader, 1).getFirst();
            order.forEach(status -> report(sent, status, null));

            await().atMost(Comuta.TIMEOUT)
                    .untilAsserted(
                            () -> assertEquals(List.of(sent.sid() + " Lida"), outgoing(reader), order::toString));
        }
    }

    @Test
    void statusFindsAMessageWithoutResponseByOurId() {
        provider.loseAnswers(1);
        send(message(number, "Oi"));
        TwilioMessage sent = awaitMessages(number, 1).getFirst();

        report(sent, "delivered", null);

        assertEquals(List.of(sent.sid() + " Entregue"), outgoing(number));
        comuta.awaitNoOpenTask();
        assertEquals(List.of(sent.sid() + " Entregue"), outgoing(number));
        assertEquals(
                List.of("SessãoIniciada", "MensagemRecebida", "MensagemEnviada", "MensagemEntregue"), events(number));
        assertEquals(1, provider.messagesTo(number).size());
    }

    @Test
    void recordsTheErrorCodeOfAFailedMessage() {
        send(message(number, "Oi"));
        TwilioMessage sent = awaitMessages(number, 1).getFirst();
        comuta.awaitNoOpenTask();

        report(sent, "sent", null);
        report(sent, "undelivered", "63016");
        report(sent, "undelivered", "63016");

        assertEquals(List.of(sent.sid() + " Falhou"), outgoing(number));
        assertEquals(
                List.of("63016"),
                comuta.column(
                        "select e.EventData ->> 'erro' from Events e join Sessions s using (SessionID) "
                                + "join ClientEndUsers u using (EndUserID) "
                                + "where u.PhoneNumber = ? and e.EventType = 'MensagemFalhou'",
                        number));
    }

    @Test
    void ignoresAStatusOfAnotherChannelsMessage() {
        comuta.send(comuta.delivery(number, "Oi"));
        comuta.awaitAnswers(number, 1);
        comuta.awaitNoOpenTask();
        Object gatewayMessage = comuta.value(outgoingOf("m.MessageID"), number);
        Map<String, String> form = new LinkedHashMap<>(Map.of("MessageSid", "SM1", "MessageStatus", "read"));

        String address = MESSAGES + "/status?channel=" + account.channelId() + "&message=" + gatewayMessage;
        report(form, address).expect(204);

        assertEquals("Enviada", comuta.value("select Status from Messages where MessageID = ?", gatewayMessage));
    }

    @Test
    void doesNotMistakeAnEarlierEqualTextForTheLostMessage() {
        send(message(number, "Oi"));
        awaitOutgoing(1);
        comuta.sandbox().providers().fault(Fault.of("twilio", Mode.RESET).times(1));
        send(message(number, "Oi"));
        awaitOutgoing(2);

        List<String> sids =
                provider.messagesTo(number).stream().map(TwilioMessage::sid).toList();
        assertEquals(sids.stream().map(sid -> sid + " Enviada").toList(), outgoing(number));
        assertEquals(2, sids.size());
    }

    @Test
    void retryOfAPersonSendsAMessageThatTwilioReportsAsFailed() {
        TwilioMessage failed = failAfterALostResponse();
        provider.settle(failed.sid(), "undelivered");

        retry();
        awaitOutgoing(1);

        TwilioMessage resent = awaitMessages(number, 2).getLast();
        assertEquals(List.of(resent.sid() + " Enviada"), outgoing(number));
        report(failed, "undelivered", "63016");
        assertEquals(List.of(resent.sid() + " Enviada"), outgoing(number));
        report(resent, "delivered", null);
        assertEquals(List.of(resent.sid() + " Entregue"), outgoing(number));
        assertEquals(2, provider.messagesTo(number).size());
    }

    @Test
    void retryOfAPersonDoesNotSendADeliveredMessageTwice() {
        TwilioMessage arrived = failAfterALostResponse();
        provider.settle(arrived.sid(), "delivered");

        retry();
        awaitOutgoing(1);

        assertEquals(List.of(arrived.sid() + " Enviada"), outgoing(number));
        assertEquals(1, provider.messagesTo(number).size());
    }

    /** The same text was sent and delivered in the next session. */
    @Test
    void retryOfAPersonDoesNotTakeTheMessageOfAnotherSession() {
        TwilioMessage failed = failAfterALostResponse();
        provider.settle(failed.sid(), "undelivered");
        comuta.column(
                "update Sessions s set EndTime = now() from ClientEndUsers u "
                        + "where u.EndUserID = s.EndUserID and u.PhoneNumber = ? returning SessionID",
                number);
        send(message(number, "Oi"));
        TwilioMessage other = awaitMessages(number, 2).getLast();
        provider.settle(other.sid(), "delivered");
        comuta.awaitNoOpenTask();

        retry();
        comuta.awaitNoOpenTask();

        TwilioMessage resent = awaitMessages(number, 3).getLast();
        assertEquals(Set.of(other.sid() + " Enviada", resent.sid() + " Enviada"), Set.copyOf(outgoing(number)));
    }

    /** Twilio receives the message, its response is lost, and then it rejects all requests because of a wrong token. */
    private TwilioMessage failAfterALostResponse() {
        provider.loseAnswers(1);
        send(message(number, "Oi"));
        TwilioMessage lost = awaitMessages(number, 1).getFirst();
        changeToken("errado");
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() ->
                        assertEquals("Incerta", comuta.value(outgoingOf("m.Status"), number), () -> outgoing(number)
                                .toString()));
        changeToken(account.authToken());
        return lost;
    }

    private void changeToken(String token) {
        String channel = "/clients/" + comuta.registered().clientId() + "/channels/" + account.channelId();
        JsonObject change = new JsonObject().put("credentials", new JsonObject().put("authToken", token));
        comuta.client().patch(channel, change).expect(200);
    }

    private void retry() {
        Object task = comuta.value(
                "select TaskID from BackgroundTasks t join Sessions s using (SessionID) "
                        + "join ClientEndUsers u using (EndUserID) "
                        + "where u.PhoneNumber = ? and t.TaskType = 'EnvioMensagem' and t.Status = 'Falhou'",
                number);
        String path = "/clients/" + comuta.registered().clientId() + "/tasks/" + task + "/retry";
        comuta.client().post(path, null).expect(200);
    }

    @Test
    void acceptsThePreviousTokenUntilItsEndOnly() {
        String channel = "/clients/" + comuta.registered().clientId() + "/channels/" + account.channelId();
        JsonObject ended = new JsonObject()
                .put("previousAuthToken", "ended")
                .put("previousUntil", Instant.now().minusSeconds(1).toString());
        comuta.platform()
                .patch(channel, new JsonObject().put("credentials", ended))
                .expect(200);

        // longer than the channel is cached
        SignedDelivery delivery = Conversation.twilio(comuta).signed(MESSAGES, message(number, "Oi"), "ended");
        await().during(Duration.ofSeconds(2))
                .atMost(Duration.ofSeconds(10))
                .until(() -> delivery.send(comuta).status() == 401);
        send(message(number, "Oi")).expect(200);
    }

    @Test
    void acceptsThePreviousTokenDuringARotationAndReturnsNoCredentials() {
        String channel = "/clients/" + comuta.registered().clientId() + "/channels/" + account.channelId();
        JsonObject previousToken =
                new JsonObject().put("credentials", new JsonObject().put("previousAuthToken", "former"));

        Answer changed = comuta.platform().patch(channel, previousToken).expect(200);

        assertFalse(changed.body().contains("credentials"));
        assertFalse(comuta.client().get(channel).expect(200).body().contains(account.authToken()));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> Conversation.twilio(comuta)
                .signed(MESSAGES, message(number, "Oi"), "former")
                .send(comuta)
                .expect(200));
        send(message(number, "Oi")).expect(200);
        assertEquals(
                0L,
                comuta.value(
                        "select count(*) from CommunicationChannels where position(? in Credentials) > 0",
                        account.authToken()));
    }

    private Map<String, String> message(String from, String text) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("MessageSid", "SM" + UUID.randomUUID().toString().replace("-", ""));
        form.put("AccountSid", account.accountSid());
        form.put("From", "whatsapp:" + from);
        form.put("To", "whatsapp:" + account.number());
        form.put("ProfileName", "Maria Ção");
        form.put("NumMedia", "0");
        form.put("Body", text);
        form.put("ChannelMetadata", "{\"type\":\"whatsapp\",\"data\":\"" + "x".repeat(3000) + "\"}");
        return form;
    }

    private static Map<String, String> form(String raw) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String field : raw.split("&", -1)) {
            String[] parts = field.split("=", 2);
            form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private Answer send(Map<String, String> form) {
        return Conversation.twilio(comuta).signed(MESSAGES, form).send(comuta);
    }

    /** Delivers a status to a URL that the server gave to Twilio. */
    private static Answer report(Map<String, String> form, String address) {
        return Conversation.twilio(comuta).signed(address, form).sendInvalid(comuta);
    }

    private void report(TwilioMessage sent, String status, String errorCode) {
        assertEquals(204, provider.report(sent.sid(), status, errorCode).join());
    }

    private List<TwilioMessage> awaitMessages(String to, int count) {
        await().atMost(Comuta.TIMEOUT).until(() -> provider.messagesTo(to).size() >= count);
        return provider.messagesTo(to);
    }

    private static String contentOf(String column) {
        return "select " + column + " from Messages m join Sessions s using (SessionID) "
                + "join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ? and m.SenderType = 'Usuário-Cliente'";
    }

    private static String outgoingOf(String column) {
        return "select " + column + " from Messages m join Sessions s using (SessionID) "
                + "join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ? "
                + "and m.SenderType = 'Assistente' order by m.MessageID";
    }

    private List<Object> outgoing(String to) {
        return comuta.column(outgoingOf("m.ProviderMessageID || ' ' || m.Status"), to);
    }

    private static List<Object> events(String of) {
        return comuta.column(
                "select e.EventType from Events e join Sessions s using (SessionID) "
                        + "join ClientEndUsers u using (EndUserID) where u.PhoneNumber = ? order by e.EventID",
                of);
    }

    private void awaitOutgoing(int count) {
        await().atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        count,
                        outgoing(number).stream()
                                .filter(row -> row != null && row.toString().endsWith("Enviada"))
                                .count()));
        comuta.awaitNoOpenTask();
    }
}
