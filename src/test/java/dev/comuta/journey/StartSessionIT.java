package dev.comuta.journey;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.Conversation.Line;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conversations that the company starts, the window for free content, and the end of both after an opt-out. */
class StartSessionIT {

    private static Comuta comuta;
    private static Api client;
    private static String home;
    private static Line gateway;
    private static Line meta;

    private String number;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        client = comuta.client();
        home = "/clients/" + comuta.registered().clientId();
        gateway = Conversation.gateway(comuta);
        meta = Conversation.meta(comuta);
    }

    @BeforeEach
    void useNewNumber() {
        number = Comuta.newNumber();
    }

    @Test
    void writesFirstToANumberAndUsesTheOpenSessionTheSecondTime() {
        JsonObject first =
                start(channel("Gateway"), text("Bom dia")).expect(201).json();
        JsonObject second =
                start(channel("Gateway"), text("Tudo bem?")).expect(201).json();

        assertEquals(List.of("Bom dia", "Tudo bem?"), gateway.awaitAnswers(number, 2));
        assertEquals(sessionIn(first), sessionIn(second));
        assertNull(first.getJsonObject("session").getValue("windowEndsAt"));
        assertNull(first.getJsonObject("session").getValue("handedOffAt"), "the assistant answers replies");
    }

    @Test
    void anOptOutOutlivesTheErasureUntilTheOptIn() {
        comuta.send(comuta.delivery(number, "SAIR")).expect(200);
        start(channel("Gateway"), text("Bom dia")).expectProblem(409, "consent-revoked");
        erase(person());

        start(channel("Gateway"), text("Bom dia")).expectProblem(409, "consent-revoked");
        assertNull(person(), "nothing is stored of rejected requests");
        comuta.send(comuta.delivery(number, "Oi")).expect(200);
        start(channel("Gateway"), text("Bom dia")).expectProblem(409, "consent-revoked");
        erase(person());

        comuta.send(comuta.delivery(number, "VOLTAR")).expect(200);
        start(channel("Gateway"), text("Bom dia")).expect(201);
        comuta.awaitNoOpenTask();
    }

    @Test
    void anErasedPersonsConsentThatIsRecordedAllowsMessages() {
        comuta.send(comuta.delivery(number, "SAIR")).expect(200);
        erase(person());
        String created = client.post(home + "/end-users", new JsonObject().put("phoneNumber", number))
                .expect(201)
                .location();
        assertEquals(
                "Revogado",
                client.get(created + "/consents")
                        .expect(200)
                        .items()
                        .getJsonObject(0)
                        .getString("status"));

        JsonObject granted = new JsonObject()
                .put("status", "Concedido")
                .put("channelType", "WhatsApp")
                .put("source", "Telefone");
        client.post(created + "/consents", granted).expect(201);

        start(channel("Gateway"), text("Bom dia")).expect(201);
        comuta.awaitNoOpenTask();
    }

    @Test
    void writesToTheNumberThatIsNamedOfSeveral() {
        String other = Comuta.newNumber();
        comuta.send(comuta.delivery(other, "Oi")).expect(200);
        comuta.send(comuta.delivery(number, "Oi")).expect(200);
        gateway.awaitAnswers(number, 1);
        gateway.awaitAnswers(other, 1);
        client.post(
                        home + "/end-users/" + personOf(number) + "/merge",
                        new JsonObject().put("mergedEndUserId", personOf(other)))
                .expect(200);
        comuta.send(comuta.delivery(number, "Sou eu")).expect(200);
        gateway.awaitAnswers(number, 2);
        JsonObject toOther = body(channel("Gateway"), text("Bom dia")).put("phoneNumber", other);

        String rejection = client.post(home + "/sessions", toOther)
                .expectProblem(409, "conflict")
                .body();
        assertTrue(rejection.contains("is with another number of this end user"), rejection);
        Object open = comuta.value(
                "select SessionID from Sessions where EndUserID = ? and EndTime is null", personOf(number));
        client.post(home + "/sessions/" + open + "/close", null).expect(200);
        client.post(home + "/sessions", toOther).expect(201);

        assertEquals("Bom dia", gateway.awaitAnswers(other, 2).getLast());
    }

    private static Object personOf(String phone) {
        return comuta.value(
                "select EndUserID from EndUserIdentities where ClientID = ? and Value = ?",
                comuta.registered().clientId(),
                phone);
    }

    private static void erase(Object person) {
        client.post(home + "/end-users/" + person + "/erase", null).expect(202);
        comuta.awaitNoOpenTask();
    }

    @Test
    void aRepeatedRequestStartsNothingTwice() {
        String key = UUID.randomUUID().toString();
        JsonObject body = body(channel("Gateway"), text("Bom dia"));

        Answer first =
                client.post(home + "/sessions", body, "Idempotency-Key", key).expect(201);
        Answer second =
                client.post(home + "/sessions", body, "Idempotency-Key", key).expect(201);

        assertEquals(first.json(), second.json());
        assertEquals(1L, comuta.value("select count(*) from Messages where SessionID = ?", sessionIn(first.json())));
    }

    @Test
    void namesTheTemplatesThatMayBeSentOutsideOfTheWindow() {
        long channel = channel("Meta");
        comuta.value(
                "insert into Templates (ClientID, ChannelID, Name, Language, Category, Status, Components) "
                        + "values (?, ?, 'visita', 'pt_BR', 'Utilidade', 'Aprovado', "
                        + "'{\"parts\": [{\"type\": \"BODY\", \"text\": \"Olá, {{1}}\"}]}') returning TemplateID",
                comuta.registered().clientId(), channel);

        String rejection = start(channel, text("Bom dia"))
                .expectProblem(409, "window-ended")
                .body();
        assertTrue(rejection.contains("visita (pt_BR)"), rejection);
        String missing =
                start(channel, template()).expectProblem(400, "invalid-request").body();
        assertTrue(missing.contains("content.body[0]") && missing.contains("{{1}}"), missing);
        String needless = start(channel, template("Ana").put("header", new JsonObject().put("text", "102")))
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(needless.contains("content.header"), needless);
        start(channel, template("Ana\nSilva")).expectProblem(400, "invalid-request");
        assertNull(person(), "nothing is stored of rejected requests");
        JsonObject sent = start(channel, template("Ana")).expect(201).json();
        assertEquals(
                "Olá, Ana",
                sent.getJsonObject("message").getJsonObject("content").getString("text"));
    }

    @Test
    void acceptsFreeContentInsideOfTheWindowOnly() {
        meta.say(number, "Oi");
        meta.awaitAnswers(number, 1);
        JsonObject session = client.get(home + "/sessions?open=true&endUserId=" + person())
                .expect(200)
                .items()
                .getJsonObject(0);
        assertTrue(Instant.parse(session.getString("windowEndsAt")).isAfter(Instant.now()));
        String messages = home + "/sessions/" + session.getLong("sessionId") + "/messages";

        client.post(messages, Conversation.text("Aqui é o João")).expect(201);
        comuta.value(
                "update Sessions set WindowEndsAt = now() where SessionID = ? returning SessionID",
                session.getLong("sessionId"));
        client.post(messages, Conversation.text("Ainda está aí?")).expectProblem(409, "window-ended");
    }

    @Test
    void freeContentIsAConflictAfterTheProviderEndedTheWindow() {
        meta.say(number, "Oi");
        meta.awaitAnswers(number, 1);
        given().delete(comuta.sandbox()
                        .providers()
                        .url()
                        .resolve("/_sandbox/meta/windows?person=" + number.substring(1)))
                .then()
                .statusCode(204);

        JsonObject sent =
                start(channel("Meta"), text("Aqui é o João")).expect(201).json();
        await().atMost(Comuta.TIMEOUT).until(() -> "Falhou"
                .equals(comuta.value(
                        "select Status from Messages where MessageID = ?",
                        sent.getJsonObject("message").getLong("messageId"))));

        start(channel("Meta"), text("Ainda está aí?")).expectProblem(409, "window-ended");
    }

    @Test
    void aReactionNamesAMessageOfTheSession() {
        meta.say(number, "Oi");
        await().atMost(Comuta.TIMEOUT).until(() -> person() != null);
        long message = (long) comuta.value(
                "select MessageID from Messages m join Sessions s using (SessionID) where s.EndUserID = ? "
                        + "and m.SenderType = 'Usuário-Cliente'",
                person());
        JsonObject reaction = new JsonObject().put("contentType", "Reação").put("emoji", "👍");

        String rejection = start(channel("Meta"), reaction.copy().put("target", "x"))
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(rejection.contains("content.target"), rejection);
        JsonObject sent = start(channel("Meta"), reaction.copy().put("target", Long.toString(message)))
                .expect(201)
                .json();
        assertEquals(
                comuta.value("select ProviderMessageID from Messages where MessageID = ?", message),
                sent.getJsonObject("message").getJsonObject("content").getString("target"));
    }

    @Test
    void nothingIsBegunAfterAnOptOutUntilAnOptIn() {
        gateway.say(number, "Oi");
        gateway.awaitAnswers(number, 1);

        gateway.say(number, "SAIR");
        gateway.say(number, "sair");
        await().atMost(Comuta.TIMEOUT).until(() -> gateway.answersTo(number).size() == 2);
        assertTrue(gateway.answersTo(number).getLast().contains("VOLTAR"));
        start(channel("Gateway"), text("Oferta")).expectProblem(409, "consent-revoked");
        start(channel("Gateway"), template()).expectProblem(409, "consent-revoked");

        gateway.say(number, "Mudei de ideia, quanto custa?");
        gateway.awaitAnswers(number, 3);
        start(channel("Gateway"), text("Oferta")).expectProblem(409, "consent-revoked");

        gateway.say(number, "voltar");
        gateway.awaitAnswers(number, 4);
        start(channel("Gateway"), text("Oferta")).expect(201);
        assertEquals("Oferta", gateway.awaitAnswers(number, 5).getLast());
        assertEquals(
                0L,
                comuta.value(
                        "select count(*) from Messages m join Sessions s using (SessionID) where s.EndUserID = ? "
                                + "and upper(m.Content) = 'SAIR' and m.TurnTaskID is distinct from 0",
                        person()));
    }

    @Test
    void peopleWhoCannotBeReachedGetNothing() {
        String people = home + "/end-users";
        long unreachable = client.post(people, new JsonObject().put("name", "Sem número"))
                .expect(201)
                .json()
                .getLong("endUserId");
        JsonObject nobody = body(channel("Gateway"), text("Oi")).put("endUserId", unreachable);
        nobody.remove("phoneNumber");
        String refused = client.post(home + "/sessions", nobody)
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(refused.contains("endUserId"), refused);

        number = (String) comuta.value(
                "select ChannelIdentifier from CommunicationChannels where ChannelID = ?", channel("Meta"));
        String own = start(channel("Gateway"), text("Oi"))
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(own.contains("phoneNumber"), own);

        number = Comuta.newNumber();
        long inactive = client.post(
                        people, new JsonObject().put("name", "Inativa").put("phoneNumber", number))
                .expect(201)
                .json()
                .getLong("endUserId");
        client.patch(people + "/" + inactive, new JsonObject().put("status", "Inativo"))
                .expect(200);
        String left = start(channel("Gateway"), text("Oi"))
                .expectProblem(409, "conflict")
                .body();
        assertTrue(left.contains("phoneNumber"), left);
        assertEquals(
                0L, comuta.value("select count(*) from Sessions where EndUserID in (?, ?)", unreachable, inactive));
    }

    @Test
    void aTemplateThatWhatsAppRefusesIsNotStored() {
        long call = (long) comuta.value(
                "select ChannelID from CommunicationChannels where ChannelType = 'VoiceCall' and ClientID = ? limit 1",
                comuta.registered().clientId());

        assertTrue(refusedTemplate(call, "Oi").contains("channelId"));
        assertTrue(refusedTemplate(channel("Meta"), "Oi, {{2}}").contains("components[0].text"));
        assertTrue(refusedTemplate(channel("Meta"), "Oi, {{1}}").contains("components[0].samples"));
        assertEquals(0L, comuta.value("select count(*) from Templates where Name = 'recusado'"));
    }

    private static String refusedTemplate(long channelId, String text) {
        JsonObject part = new JsonObject().put("type", "BODY").put("text", text);
        return client.post(
                        home + "/templates",
                        new JsonObject()
                                .put("channelId", channelId)
                                .put("name", "recusado")
                                .put("language", "pt_BR")
                                .put("category", "Utilidade")
                                .put("components", JsonArray.of(part)))
                .expectProblem(400, "invalid-request")
                .body();
    }

    private Answer start(long channelId, JsonObject content) {
        return client.post(home + "/sessions", body(channelId, content));
    }

    private JsonObject body(long channelId, JsonObject content) {
        return new JsonObject()
                .put("channelId", channelId)
                .put("phoneNumber", number)
                .put("content", content);
    }

    private static JsonObject text(String text) {
        return Conversation.text(text).getJsonObject("content");
    }

    private static JsonObject template(String... values) {
        return new JsonObject()
                .put("contentType", "Modelo")
                .put("name", "visita")
                .put("language", "pt_BR")
                .put("body", new JsonArray(List.of(values)));
    }

    private static Long sessionIn(JsonObject started) {
        return started.getJsonObject("session").getLong("sessionId");
    }

    private Long person() {
        return (Long) comuta.value(
                "select EndUserID from EndUserIdentities where Kind = 'phone' and Value = ? and ClientID = ?",
                number,
                comuta.registered().clientId());
    }

    private static long channel(String provider) {
        return (long) comuta.value(
                "select ChannelID from CommunicationChannels where Provider = ? and ChannelType = 'WhatsApp' "
                        + "and ClientID = ? and Status = 'Ativo' order by ChannelID limit 1",
                provider,
                comuta.registered().clientId());
    }
}
