package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.journey.Api.Answer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Consents that end users give and revoke, in messages and through the API. */
class ConsentIT {

    private static Comuta comuta;
    private static Api client;
    private static String home;

    private String number;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        client = comuta.client();
        home = "/clients/" + comuta.registered().clientId();
    }

    @BeforeEach
    void useNewNumber() {
        number = Comuta.newNumber();
    }

    @Test
    void revokesConsentsByAnOptOutMessage() {
        comuta.send(comuta.delivery(number, "Olá")).expect(200);
        String person = person();
        assertEquals("Desconhecido", state(person, "WhatsApp", "Marketing"));

        comuta.send(comuta.delivery(number, "quero sair de casa")).expect(200);
        assertEquals("Desconhecido", state(person, "WhatsApp", "Marketing"));
        comuta.send(comuta.delivery(number, " Sair! ")).expect(200);

        assertEquals("Revogado", state(person, "WhatsApp", "Marketing"));
        assertEquals("Revogado", state(person, "WhatsApp", null));
        assertEquals("Desconhecido", state(person, "VoiceCall", "Marketing"));
        JsonObject entry = client.get(person + "/consents").expect(200).items().getJsonObject(0);
        assertEquals("Mensagem", entry.getString("source"));
        assertEquals(
                " Sair! ",
                comuta.value("select Content from Messages where MessageID = ?", entry.getLong("messageId")));
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from Events where EventType = 'ConsentimentoRevogado' "
                                + "and EventData ->> 'ConsentID' = ?",
                        entry.getLong("consentId").toString()));
    }

    @Test
    void latestEntryThatAppliesDecides() {
        String person = client.post(home + "/end-users", new JsonObject().put("name", "Ana"))
                .expect(201)
                .location();

        record(person, "Concedido", null, null);
        record(person, "Revogado", "WhatsApp", null);
        record(person, "Concedido", "WhatsApp", "Pesquisa");

        assertEquals("Revogado", state(person, "WhatsApp", "Marketing"));
        assertEquals("Concedido", state(person, "WhatsApp", "Pesquisa"));
        assertEquals("Concedido", state(person, "VoiceCall", "Marketing"));
        assertEquals(3, client.get(person + "/consents").items().size());
    }

    @Test
    void entriesCannotBeChangedOrRemoved() {
        String person = client.post(home + "/end-users", new JsonObject().put("name", "Bia"))
                .expect(201)
                .location();
        Answer recorded = record(person, "Revogado", "WhatsApp", null);
        long consentId = recorded.json().getLong("consentId");

        assertEquals(
                recorded.json(), client.get(recorded.location()).expect(200).json());
        for (String change : new String[] {"update Consents set Status = 'Concedido'", "delete from Consents"}) {
            IllegalStateException rejection = assertThrows(
                    IllegalStateException.class,
                    () -> comuta.value(change + " where ConsentID = ? returning ConsentID", consentId));
            assertTrue(rejection.getMessage().contains("permission denied"), rejection.getMessage());
        }
    }

    @Test
    void rejectsAnUnknownChannelType() {
        String person = client.post(home + "/end-users", new JsonObject().put("name", "Caio"))
                .expect(201)
                .location();

        String rejection = client.post(person + "/consents", consent("Revogado", "whatsapp", null))
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(rejection.contains("channelType: must be one of VoiceCall, WhatsApp"), rejection);
        client.get(person + "/consents/state?channelType=whatsapp").expectProblem(400, "invalid-request");
    }

    @Test
    void returns404ForAnUnknownPerson() {
        client.get(home + "/end-users/999999999/consents").expectProblem(404, "not-found");
        client.get(home + "/end-users/999999999/consents/state").expectProblem(404, "not-found");
        client.post(home + "/end-users/999999999/consents", consent("Revogado", null, null))
                .expectProblem(404, "not-found");
    }

    private Answer record(String person, String status, String channelType, String purpose) {
        return client.post(person + "/consents", consent(status, channelType, purpose))
                .expect(201);
    }

    private static JsonObject consent(String status, String channelType, String purpose) {
        return new JsonObject()
                .put("status", status)
                .put("channelType", channelType)
                .put("purpose", purpose)
                .put("source", "Telefone");
    }

    private String person() {
        return home + "/end-users/"
                + client.get(home + "/end-users?phoneNumber=" + number)
                        .items()
                        .getJsonObject(0)
                        .getLong("endUserId");
    }

    private static String state(String person, String channelType, String purpose) {
        String query = "?channelType=" + channelType + (purpose == null ? "" : "&purpose=" + purpose);
        return client.get(person + "/consents/state" + query).expect(200).json().getString("status");
    }
}
