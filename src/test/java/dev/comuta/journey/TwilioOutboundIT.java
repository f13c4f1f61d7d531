package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import dev.comuta.sandbox.voice.CallbackFaults;
import dev.comuta.sandbox.voice.PhoneScript;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of the company through Twilio: the seed's request, machines, the broker first, and a later time. */
class TwilioOutboundIT {

    private static final String MESSAGE = "Olá, é da Imobiliária XPTO. Ligaremos mais tarde.";
    private static final String SPOKEN = "Sua visita está confirmada para amanhã às dez horas.";

    private final TwilioCompany company = TwilioCompany.create();

    @AfterEach
    void leave() {
        company.comuta.sandbox().providers().clearFaults();
        company.twilio.callbacks(CallbackFaults.none());
        company.leave();
    }

    @Test
    void theSeedsRequestCallsThePersonAndItsEventsFollow() {
        company.phones.script(company.person, PhoneScript.answers());
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        assertEquals(
                "Initiated",
                company.makeCall(new JsonObject()).expect(201).json().getString("callStatus"));

        company.phones.awaitHeard(company.person, "bridged: " + company.broker);
        company.awaitCall("In Progress", "CallStatus");
        company.phones.calls(company.person).getFirst().hangUp();
        company.awaitCall("Completed", "CallStatus");

        assertEquals(List.of("Outbound", "Trunk_X"), company.columns("CallDirection", "SIPTrunkID"));
        company.awaitEvent("SessãoEncerrada");
        assertEquals(
                List.of("SessãoIniciada", "ChamadaConectada", "ChamadaEncerrada", "SessãoEncerrada"), company.events());
        assertEquals(1, company.twilio.dialled(company.person).size());
    }

    @Test
    void theVoicemailGetsTheMessageAfterItsTone() {
        company.phones.script(company.person, PhoneScript.voicemail());
        machine(new JsonObject().put("onMachine", "Deixar mensagem").put("message", MESSAGE));

        company.phones.awaitHeard(company.person, MESSAGE);
        company.phones.awaitEnded(company.person);

        company.awaitCall("Completed", "CallStatus");
        assertEquals(List.of("caixa postal"), company.columns("AnsweredBy"));
        List<String> heard = company.phones.heard(company.person);
        assertTrue(
                heard.contains("beep: ") && heard.indexOf("beep: ") < heard.indexOf("say: " + MESSAGE),
                heard::toString);
        assertEquals(0, company.count("ChamadaPerdida"));
    }

    /** The broker's telephone rings already when the machine is recognized. */
    @Test
    void aMachineIsHungUpOn() {
        company.phones.script(company.person, PhoneScript.fax());
        company.phones.script(company.broker, PhoneScript.rings());
        company.makeCall(new JsonObject().put("onMachine", "Desligar")).expect(201);

        company.phones.awaitEnded(company.person);

        company.awaitCall("Completed", "CallStatus");
        assertEquals(List.of("fax"), company.columns("AnsweredBy"));
        company.awaitLegs("p-0-0 Canceled");
        assertTrue(company.phones.heard(company.person).stream().noneMatch(one -> one.contains("recado")));
    }

    /** Twilio is not sure; a person must not be hung up on. */
    @Test
    void whatIsUncertainIsTreatedAsAPerson() {
        company.phones.script(company.person, PhoneScript.answers().detectedAs("unknown"));
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        company.makeCall(new JsonObject().put("onMachine", "Desligar")).expect(201);

        company.phones.awaitHeard(company.person, "bridged: " + company.broker);
        company.awaitCall("incerto", "AnsweredBy");
        company.phones.calls(company.person).getFirst().hangUp();
        company.awaitCall("Completed", "CallStatus");
    }

    private void machine(JsonObject rule) {
        company.makeCall(rule.put("connect", new JsonObject().put("say", SPOKEN + SPOKEN + SPOKEN + SPOKEN)))
                .expect(201);
    }

    /** Neither the response nor any news arrives: the call is found in Twilio's list. */
    @Test
    void aResponseThatIsLostDialsOnce() {
        company.simulation.pace().secondLasts(Duration.ofSeconds(1));
        company.twilio.callbacks(CallbackFaults.seeded(7).dropping(1));
        company.phones.script(company.person, PhoneScript.rings());
        company.comuta
                .sandbox()
                .providers()
                .fault(Fault.of("twilio-voice", Mode.CUT).times(1).containing("To=%2B" + company.person.substring(1)));
        company.makeCall(new JsonObject().put("ringSeconds", 120)).expect(201);
        company.phones.awaitRinging(company.person);

        String dialled = company.twilio.dialled(company.person).getFirst().sid();
        company.awaitCall(dialled, "ProviderCallID");
        assertEquals(1, company.twilio.dialled(company.person).size());
        company.phones.calls(company.person).getFirst().decline();
        company.phones.awaitEnded(company.person);
        company.check();
        company.awaitCall("Busy", "CallStatus");
    }

    @Test
    void aRefusedNumberIsAFailedCallWithItsReason() {
        company.phones.script(company.person, PhoneScript.refused(21_215));
        company.makeCall(new JsonObject()).expect(201);

        company.awaitCall("Failed", "CallStatus");
        assertEquals(List.of("bloqueada"), company.columns("EndReason"));
    }

    @Test
    void aBusyTelephoneIsABusyCall() {
        company.phones.script(company.person, PhoneScript.busy());
        company.makeCall(new JsonObject()).expect(201);

        company.awaitCall("Busy", "CallStatus");
        assertEquals(1, company.twilio.dialled(company.person).size());
        assertEquals(0, company.count("ChamadaConectada"));
        assertEquals(1, company.count("ChamadaEncerrada"));
    }

    @Test
    void theBrokerIsRungFirstAndThenTheEndUser() {
        company.clickToCall();

        assertTrue(company.phones.heard(company.broker).stream().anyMatch(one -> one.contains("Tecle 1 para ligar")));
        assertEquals(
                company.number,
                company.phones.calls(company.person).getFirst().other(),
                "the end user sees the company's number");
        company.phones.calls(company.person).getFirst().hangUp();
        company.awaitCall("Completed", "CallStatus");
        assertEquals(1L, company.comuta.value("select count(*) from Calls where ChannelID = ?", company.channelId));
        assertEquals(1, company.count("ChamadaConectada"));
        assertEquals(1, company.count("ChamadaEncerrada"));
    }

    /** The voicemail of the broker presses no key. */
    @Test
    void theEndUserIsNotCalledWhenTheBrokersVoicemailAnswers() {
        company.phones.script(company.broker, PhoneScript.voicemail());
        company.makeCall(new JsonObject().put("userId", company.brokerId)).expect(201);

        company.awaitCall("Canceled", "CallStatus");
        assertEquals(List.of("corretor não atendeu"), company.columns("EndReason"));
        assertEquals(List.of(), company.twilio.dialled(company.person));
    }

    @Test
    void aScheduledCallIsMadeAtItsTime() {
        company.phones.script(company.person, PhoneScript.answers());
        Instant time = Instant.now().plusSeconds(4);
        JsonObject created = company.makeCall(new JsonObject()
                        .put("scheduledAt", time.toString())
                        .put("connect", new JsonObject().put("say", SPOKEN)))
                .expect(201)
                .json();
        assertEquals("Initiated", created.getString("callStatus"));
        assertNull(created.getString("providerCallId"));

        company.phones.awaitHeard(company.person, SPOKEN);

        Instant dialled = company.twilio.dialled(company.person).getFirst().at();
        assertFalse(dialled.isBefore(time), () -> dialled + " is before " + time);
        company.awaitCall("Completed", "CallStatus");
    }

    @Test
    void aScheduledCallIsWithdrawn() {
        company.makeCall(new JsonObject()
                        .put("scheduledAt", Instant.now().plusSeconds(3600).toString()))
                .expect(201);

        company.change("hangup", null).expect(202);

        company.awaitCall("Canceled", "CallStatus");
        await("the task")
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(0L, company.comuta.value("""
                select count(*) from BackgroundTasks t join Calls c using (SessionID)
                where c.ChannelID = ? and t.Status in ('Pendente', 'Em Andamento')""", company.channelId)));
        assertEquals(List.of(), company.twilio.dialled(company.person));
    }

    @Test
    void aCallEndsAfterTheLongestTimeOfTheClientAndOnlySoManyGoOnAtOnce() {
        limits("{\"callMinutes\":1,\"callsAtOnce\":1}");
        company.phones.script(company.person, PhoneScript.answers());
        company.phones.script(company.broker, PhoneScript.rings());
        company.makeCall(new JsonObject()).expect(201);
        company.phones.awaitConnected(company.person);

        String refusal = company.makeCall(new JsonObject())
                .expectProblem(429, "limit-reached")
                .body();
        assertTrue(refusal.contains("callsAtOnce"), refusal);
        company.phones.awaitEnded(company.person);
        company.awaitCall("Completed", "CallStatus");
        assertEquals("60", company.columns("Script ->> 'maxSeconds'").getFirst());
        company.awaitCall("true", "Seconds between 55 and 80");
    }

    private void limits(String limits) {
        company.comuta
                .platform()
                .send("PUT", company.home + "/limits", "{\"limits\":" + limits + "}")
                .expect(200);
    }

    @Test
    void whoOptedOutIsNotCalled() {
        String endUser = company.comuta
                .platform()
                .post(company.home + "/end-users", new JsonObject().put("phoneNumber", company.person))
                .expect(201)
                .location();
        company.comuta
                .platform()
                .post(
                        endUser + "/consents",
                        new JsonObject()
                                .put("status", "Revogado")
                                .put("channelType", "VoiceCall")
                                .put("source", "Telefone"))
                .expect(201);

        company.makeCall(new JsonObject()).expectProblem(409, "consent-revoked");
        assertEquals(List.of(), company.twilio.dialled(company.person));
    }

    /** Every callback is lost: the server asks Twilio, and does not guess. */
    @Test
    void aCallWhoseNewsAreLostReachesItsEnd() {
        company.twilio.callbacks(CallbackFaults.seeded(7).dropping(1));
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        company.phones.script(company.person, PhoneScript.answers());
        company.makeCall(new JsonObject().put("userId", company.brokerId)).expect(201);
        company.phones.awaitHeard(company.person, "bridged: " + company.broker);
        company.phones.calls(company.person).getFirst().hangUp();
        company.phones.awaitEnded(company.broker);

        company.awaitCall("In Progress", "CallStatus");
        company.check();

        company.awaitCall("Completed", "CallStatus");
        company.awaitLegs("1-0-0 Completed");
        company.awaitCall("true", "Seconds > 0 and Price > 0");
        assertEquals(1, company.count("ChamadaConectada"));
        assertEquals(1, company.count("ChamadaEncerrada"));
    }

    @Test
    void newsThatComeTwiceAndInAnotherOrderLeadToOneCall() {
        company.twilio.callbacks(CallbackFaults.seeded(7).duplicating(0.7).shuffling(Duration.ofMillis(400)));
        company.clickToCall();
        company.phones.calls(company.person).getFirst().hangUp();

        company.awaitCall("Completed", "CallStatus");
        company.awaitLegs("1-0-0 Completed aceita");
        company.comuta.awaitNoOpenTask();
        assertEquals(List.of("Completed"), company.columns("CallStatus"));
        assertEquals(1, company.count("ChamadaConectada"));
        assertEquals(1, company.count("ChamadaEncerrada"));
    }
}
