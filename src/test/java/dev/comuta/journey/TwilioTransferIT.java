package dev.comuta.journey;

import static dev.comuta.journey.TwilioCompany.takesCalls;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfers of live calls at Twilio, whose simulation moves the telephones. */
class TwilioTransferIT {

    private static final String SUMMARY = "Maria quer visitar o apartamento da rua X no sábado.";

    private final TwilioCompany company = TwilioCompany.create();
    private final String ana = Comuta.newNumber();
    private long anaId;

    @BeforeEach
    void anAgentWhoMayGetCalls() {
        anaId = company.user("Ana", ana);
    }

    @AfterEach
    void leave() {
        company.leave();
    }

    @Test
    void theNewPersonTakesTheCallAndTheBrokerIsFree() {
        PhoneLeg caller = company.conversation();
        company.phones.script(ana, takesCalls());

        long transfer = transfer("Direta", null);
        company.phones.awaitHeard(company.person, "bridged: " + ana);
        company.phones.awaitEnded(company.broker);

        awaitTransfer("Conectada");
        assertTrue(heard(company.person, "está sendo transferida"));
        assertTrue(heard(ana, "Transferência de") && heard(ana, company.person.substring(1)), "who is transferred");
        assertEquals(List.of("In Progress", Long.toString(anaId)), company.columns("CallStatus", "AttendedBy"));
        assertEquals(1, company.count("ChamadaTransferida"));
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
        awaitTransfer("Concluída");
        company.awaitLegs("p-0-0 Completed aceita", "t-" + transfer + " Completed aceita");
        company.check();
        awaitPriced(3);
        assertEquals(1, company.count("ChamadaConectada"));
        assertEquals(1, company.count("ChamadaEncerrada"));
        assertEquals(1, company.count("ChamadaTransferida"));
    }

    @Test
    void anAssistedTransferSpeaksTheSummaryFirst() {
        company.conversation();
        company.phones.script(ana, takesCalls());

        transfer("Assistida", SUMMARY);
        company.phones.awaitHeard(company.person, "bridged: " + ana);

        assertTrue(heard(ana, SUMMARY));
        assertFalse(heard(company.person, SUMMARY), "the summary is for the new person only");
        assertEquals(SUMMARY, latest().getString("summary"));
        company.phones.calls(ana).getFirst().hangUp();
        company.phones.awaitEnded(company.person);
        awaitTransfer("Concluída");
        company.awaitCall("Completed", "CallStatus");
    }

    /** The voicemail of the new person answers, but takes no call. */
    @Test
    void theEndUserGoesBackToTheBrokerWhenTheNewPersonDoesNotAnswer() {
        company.conversation();
        company.phones.script(ana, PhoneScript.voicemail());

        long transfer = transfer("Direta", null);
        company.phones.awaitHeard(company.broker, "não foi atendida");
        await("back with the broker")
                .atMost(Comuta.TIMEOUT)
                .until(() -> times(company.person, "bridged: " + company.broker) == 2);

        assertEquals("Recusada", latest().getString("status"));
        assertEquals(0, company.count("ChamadaTransferida"));
        assertEquals(
                List.of("In Progress", Long.toString(company.brokerId)), company.columns("CallStatus", "AttendedBy"));
        company.phones.calls(company.person).getFirst().hangUp();
        company.awaitCall("Completed", "CallStatus");
        company.awaitLegs(
                "p-0-0 Completed aceita", "r-" + transfer + " Completed aceita", "t-" + transfer + " Completed");
    }

    @Test
    void theEndUserLeavesAMessageWhenTheBrokerIsGone() {
        company.phones.script(company.person, PhoneScript.rings().leavesMessageAndHangsUp(Duration.ofSeconds(3)));
        company.phones.script(company.broker, takesCalls(), PhoneScript.busy());
        company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "bridged: " + company.broker);
        company.phones.script(ana, PhoneScript.busy());

        long transfer = transfer("Direta", null);
        company.phones.awaitEnded(company.person);

        assertTrue(heard(company.person, "recado"));
        assertEquals("Falhou", latest().getString("status"));
        company.awaitLegs("p-0-0 Completed aceita", "r-" + transfer + " Busy", "t-" + transfer + " Busy");
    }

    @Test
    void anEndUserOnHoldIsTransferredAndIsHeldNoLonger() {
        company.conversation();
        company.change("hold", null).expect(202);
        company.phones.awaitHeard(company.person, "hold: ");
        company.awaitCall("true", "Held");
        company.phones.script(ana, takesCalls());

        transfer("Direta", null);
        company.phones.awaitHeard(company.person, "bridged: " + ana);

        company.phones.awaitEnded(company.broker);
        assertFalse(company.shown().getBoolean("held"));
        company.phones.calls(ana).getFirst().hangUp();
        company.awaitCall("Completed", "CallStatus");
    }

    /** The call is the broker's telephone at first. It goes on without it. */
    @Test
    void aCallThatRangTheBrokerFirstGoesOnWithTheNewPerson() {
        company.clickToCall();
        String brokersLeg = company.columns("ProviderCallID").getFirst();
        company.phones.script(ana, takesCalls());

        long transfer = transfer("Direta", null);
        company.phones.awaitHeard(company.person, "bridged: " + ana);
        company.phones.awaitEnded(company.broker);

        company.awaitLegs("1-0-0 In Progress aceita", "b Completed aceita", "t-" + transfer + " In Progress aceita");
        assertEquals(brokersLeg, company.comuta.value("""
                select l.ProviderCallID from CallLegs l join Calls c using (CallID)
                where c.ChannelID = ? and l.Position = 'b'""", company.channelId));
        assertEquals(List.of("In Progress", Long.toString(anaId)), company.columns("CallStatus", "AttendedBy"));
        company.phones.calls(company.person).getFirst().hangUp();
        company.awaitCall("Completed", "CallStatus");
        awaitTransfer("Concluída");
        company.check();
        awaitPriced(3);
        assertEquals(1, company.count("ChamadaConectada"));
        assertEquals(1, company.count("ChamadaEncerrada"));
        assertEquals(0, company.count("ChamadaPerdida"));
        company.phones.awaitEnded(ana);
    }

    @Test
    void aCallThatRangTheBrokerFirstGoesBackToTheBroker() {
        company.clickToCall();
        company.phones.script(ana, PhoneScript.busy());

        transfer("Direta", null);
        company.phones.awaitHeard(company.broker, "não foi atendida");
        await("back with the broker")
                .atMost(Comuta.TIMEOUT)
                .until(() -> times(company.person, "bridged: " + company.broker) == 2);

        assertEquals(List.of("In Progress"), company.columns("CallStatus"));
        company.change("hangup", null).expect(202);
        company.phones.awaitEnded(company.person);
        company.phones.awaitEnded(company.broker);
        company.awaitCall("Completed", "CallStatus");
    }

    private long transfer(String kind, String summary) {
        return company.change(
                        "transfer",
                        new JsonObject().put("kind", kind).put("userId", anaId).put("summary", summary))
                .expect(202)
                .json()
                .getLong("transferId");
    }

    private JsonObject latest() {
        return company.comuta
                .platform()
                .get(company.path() + "/transfer")
                .expect(200)
                .json();
    }

    private void awaitTransfer(String status) {
        await("transfer")
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(status, latest().getString("status")));
    }

    /** Every telephone that was connected has its price, the call itself included. */
    private void awaitPriced(long telephones) {
        await("prices")
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        telephones, company.comuta.value("""
                select count(Price) from (
                    select c.Price from Calls c where c.ChannelID = $1
                    union all
                    select l.Price from CallLegs l join Calls c using (CallID)
                    where c.ChannelID = $1 and l.ProviderCallID <> c.ProviderCallID) charged""".replace("$1", Long.toString(company.channelId)))));
    }

    private boolean heard(String phone, String text) {
        return company.phones.heard(phone).stream().anyMatch(one -> one.contains(text));
    }

    private long times(String phone, String text) {
        return company.phones.heard(phone).stream()
                .filter(one -> one.contains(text))
                .count();
    }
}
