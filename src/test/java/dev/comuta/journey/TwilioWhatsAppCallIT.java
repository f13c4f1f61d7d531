package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Voice calls over WhatsApp, which Twilio carries. */
class TwilioWhatsAppCallIT {

    private final TwilioCompany company = TwilioCompany.create();
    private final String person = "whatsapp:" + company.person;
    private final String number = "whatsapp:" + company.number;

    @AfterEach
    void leave() {
        company.leave();
    }

    @Test
    void aPersonCallsOverWhatsAppAndTheBrokersTelephoneRings() {
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        PhoneLeg caller = company.twilio.call(person, number);
        company.phones.awaitHeard(person, "bridged: " + company.broker);
        company.awaitCall("In Progress", "CallStatus");

        assertEquals(
                List.of("Inbound", company.person, company.number),
                company.columns("CallDirection", "FromNumber", "ToNumber"));
        assertEquals(
                company.number,
                company.phones.calls(company.broker).getFirst().other(),
                "an address at WhatsApp is no caller id of a telephone");
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
        assertEquals(company.person, endUser().getString("phoneNumber"), "the same person as of a telephone call");
    }

    @Test
    void anEndUserWhoPermittedItIsCalledOverWhatsApp() {
        permit();
        company.phones.script(person, PhoneScript.answers());
        company.phones.script(company.broker, TwilioCompany.takesCalls());

        assertEquals(company.person, call().expect(201).json().getString("to"));
        company.phones.awaitHeard(person, "bridged: " + company.broker);

        assertEquals(number, company.phones.calls(person).getFirst().other());
        assertEquals(List.of(), company.twilio.dialled(company.person), "the telephone does not ring");
        company.phones.calls(person).getFirst().hangUp();
        company.awaitCall("Completed", "CallStatus");
        assertEquals(1, company.count("ChamadaConectada"));
    }

    @Test
    void theBrokerIsRungByTelephoneAndThenTheEndUserOverWhatsApp() {
        permit();
        company.phones.script(person, PhoneScript.answers());
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        company.comuta
                .platform()
                .post(company.home + "/calls", body().put("userId", company.brokerId))
                .expect(201);

        company.phones.awaitHeard(person, "bridged: " + company.broker);

        assertEquals(number, company.phones.calls(person).getFirst().other());
        assertEquals(
                company.number, company.phones.calls(company.broker).getFirst().other());
        company.phones.calls(person).getFirst().hangUp();
        company.awaitCall("Completed", "CallStatus");
        company.awaitLegs("1-0-0 Completed aceita");
    }

    @Test
    void nobodyIsCalledOverWhatsAppWithoutPermission() {
        String refusal = call().expectProblem(409, "conflict").body();
        assertTrue(refusal.contains("permitted"), refusal);
        assertEquals(0L, company.comuta.value("select count(*) from Calls where ChannelID = ?", company.channelId));

        permit();
        consent("Revogado");
        call().expectProblem(409, "conflict");
        assertEquals(List.of(), company.twilio.dialled(person));
    }

    @Test
    void otherProvidersMakeNoCallsOverWhatsApp() {
        String other = Comuta.newNumber();
        company.comuta
                .platform()
                .post(
                        company.home + "/channels",
                        new JsonObject()
                                .put("channelType", "VoiceCall")
                                .put("channelIdentifier", other)
                                .put("status", "Ativo")
                                .put("outboundUrl", "https://example.com/calls"))
                .expect(201);

        String refusal = company.comuta
                .platform()
                .post(company.home + "/calls", body().put("from", other))
                .expectProblem(400, "invalid-request")
                .body();
        assertTrue(refusal.contains("WhatsApp"), refusal);
    }

    private Api.Answer call() {
        return company.comuta.platform().post(company.home + "/calls", body());
    }

    private JsonObject body() {
        return new JsonObject().put("to", person).put("from", company.number);
    }

    /** The end user is known, and has permitted calls. */
    private void permit() {
        company.comuta
                .platform()
                .post(
                        company.home + "/end-users",
                        new JsonObject().put("phoneNumber", company.person).put("name", "Maria"))
                .expect(201);
        consent("Concedido");
    }

    private void consent(String status) {
        company.comuta
                .platform()
                .post(
                        company.home + "/end-users/" + endUser().getLong("endUserId") + "/consents",
                        new JsonObject()
                                .put("status", status)
                                .put("channelType", "WhatsApp")
                                .put("purpose", "Chamada")
                                .put("source", "Mensagem"))
                .expect(201);
    }

    private JsonObject endUser() {
        return company.comuta
                .platform()
                .get(company.home + "/end-users")
                .expect(200)
                .items()
                .getJsonObject(0);
    }
}
