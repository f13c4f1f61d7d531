package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.TwilioSignature;
import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import dev.comuta.sandbox.voice.Phones;
import dev.comuta.sandbox.voice.TwilioVoice;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scenario 3 of the design document through Twilio, whose simulation follows the server's documents. */
class TwilioVoiceIT {

    private static final List<String> EVENTS =
            List.of("SessãoIniciada", "ChamadaRecebida", "ChamadaConectada", "ChamadaEncerrada", "SessãoEncerrada");

    private final TwilioCompany xpto = TwilioCompany.create();
    private final Comuta comuta = xpto.comuta;
    private final TwilioVoice twilio = xpto.twilio;
    private final Phones phones = xpto.phones;
    private final String company = xpto.number;
    private final String person = xpto.person;
    private final String broker = xpto.broker;

    @AfterEach
    void leave() {
        xpto.leave();
    }

    @Test
    void aCallRingsIsTakenByTheBrokerWhoPressesTheKeyAndEnds() {
        phones.script(broker, PhoneScript.answers().presses("1"));
        PhoneLeg caller = twilio.call(person, company);
        phones.awaitHeard(person, "bridged: " + broker);

        awaitCall("In Progress", "CallStatus");
        assertTrue(
                phones.heard(broker).stream().anyMatch(heard -> heard.contains(person)), "the broker hears who calls");
        caller.hangUp();
        awaitCall("Completed", "CallStatus");
        awaitCall("true", "Seconds > 0");

        assertEquals(
                List.of("Inbound", "Trunk_X", person, company, "true", Long.toString(xpto.brokerId)),
                call("CallDirection", "SIPTrunkID", "FromNumber", "ToNumber", "EndTime is not null", "AttendedBy"));
        awaitEvents(EVENTS);
        assertEquals("{\"CallID\": \"" + callId() + "\"}", comuta.value("""
                select EventData::text from Events where EventType = 'ChamadaConectada' and ClientID = ?""", clientId()));
        awaitValue(
                "Completed " + xpto.brokerId + " true",
                "select concat_ws(' ', LegStatus, UserID, (AcceptedAt is not null)::text) from CallLegs where ClientID = ?");
        assertEquals(List.of(), errors(caller));
    }

    /** Whatever answers a mobile has not taken the call; nor has a broker who does nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"voicemail", "no answer", "busy"})
    void whenNobodyTakesTheCallTheCallerLeavesAMessage(String what) {
        phones.script(
                broker,
                switch (what) {
                    case "voicemail" -> PhoneScript.voicemail();
                    case "busy" -> PhoneScript.busy();
                    default -> PhoneScript.noAnswer();
                });
        phones.script(person, PhoneScript.rings().leavesMessageAndHangsUp(Duration.ofSeconds(3)));

        PhoneLeg caller = twilio.call(person, company);
        phones.awaitEnded(person);

        awaitCall("Completed", "CallStatus");
        assertEquals(List.of("true", "true"), call("AttendedAt is null", "AttendedBy is null"));
        assertTrue(phones.heard(person).stream().anyMatch(heard -> heard.contains("recado")), "voicemail");
        assertTrue(phones.heard(person).stream().noneMatch(heard -> heard.startsWith("bridged")));
        awaitEvents(EVENTS);
        assertEquals(List.of(), errors(caller));
    }

    @Test
    void aCallerWhoHangsUpWhileTheBrokersTelephoneRings() {
        twilio.call(person, company);
        phones.awaitRinging(broker);
        phones.calls(person).getFirst().hangUp();

        awaitValue("true", "select (EndTime is not null)::text from Calls where ClientID = ?");
        assertEquals(List.of("true"), call("AttendedAt is null"));
        awaitValue("Canceled", "select LegStatus from CallLegs where ClientID = ?");
        assertEquals(
                1L,
                comuta.value(
                        "select count(*) from Events where EventType = 'ChamadaEncerrada' and ClientID = ?",
                        clientId()));
    }

    @Test
    void aRepeatedFirstRequestGetsTheSameDocument() {
        String sid = twilio.call(person, company).callSid();
        phones.awaitRinging(broker);

        String document = twilio.repeatFirstRequest(sid);

        assertEquals(document, twilio.repeatFirstRequest(sid));
        assertTrue(document.contains(broker), document);
        assertEquals(1L, comuta.value("select count(*) from Sessions where ClientID = ?", clientId()));
        phones.calls(person).getFirst().hangUp();
    }

    @Test
    void anUnknownNumberOfAKnownAccountIsRefusedPolitelyAndAlertedOnce() {
        twilio.call(person, company).hangUp();
        awaitValue(xpto.accountSid, "select ProviderAccount from CommunicationChannels where ClientID = ?");
        String other = Comuta.newNumber();
        xpto.numberAtTwilio(other);

        for (int call = 1; call <= 2; call++) {
            twilio.call(person, other);
            phones.awaitHeard(person, "não está em uso");
            phones.awaitEnded(person);
        }

        awaitValue("1 2", """
                select count(*) || ' ' || sum(Occurrences) from Alerts
                where Cause like 'numero-sem-canal/%' and ClientID = ?""");
        assertEquals(1L, comuta.value("select count(*) from Calls where ClientID = ?", clientId()));
    }

    @Test
    void aForgedRequestIsRejected() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallSid", "CA-forged");
        form.put("AccountSid", xpto.accountSid);
        form.put("From", person);
        form.put("To", company);
        form.put("Direction", "inbound");
        form.put("CallStatus", "ringing");
        for (String path : List.of(
                TwilioCompany.VOICE,
                TwilioCompany.VOICE + "/status",
                "/webhooks/twilio/amd",
                "/webhooks/twilio/recordings")) {
            signed(path, form, "errado").expectProblem(401, "unauthenticated");
            signed(path + "?channel=" + xpto.channelId + "&call=1&hook=next", form, "errado")
                    .expectProblem(401, "unauthenticated");
        }
        assertEquals(0L, comuta.value("select count(*) from Calls where ClientID = ?", clientId()));
    }

    private Api.Answer signed(String path, Map<String, String> form, String token) {
        String url = comuta.server().baseUrl().toString().replaceFirst("/+$", "") + path;
        return new SignedDelivery(
                        path,
                        TwilioSignature.encoded(form),
                        Map.of(
                                "content-type",
                                "application/x-www-form-urlencoded",
                                "X-Twilio-Signature",
                                TwilioSignature.of(token, url, form)))
                .send(comuta);
    }

    /** The end of a connection whose sides move to their conference is not the end of the call. */
    @Test
    void aCallThatMovesToItsConferenceGoesOn() {
        phones.script(broker, PhoneScript.answers().presses("1"));
        PhoneLeg caller = twilio.call(person, company);
        phones.awaitHeard(person, "bridged: " + broker);
        awaitCall("In Progress", "CallStatus");
        String room = "comuta-" + callId();
        comuta.sandbox().postgres().query("update Calls set Conference = true where CallID = ?", callId());

        xpto.rest()
                .formParam(
                        "Twiml",
                        "<Response><Dial><Conference endConferenceOnExit=\"true\">" + room
                                + "</Conference></Dial></Response>")
                .post(xpto.twilioUrl(
                        "/Calls/" + twilio.dialled(broker).getFirst().sid() + ".json"))
                .then()
                .statusCode(200);

        phones.awaitHeard(person, "conference: " + room);
        phones.awaitHeard(broker, "conference: " + room);
        assertEquals(List.of("In Progress"), call("CallStatus"));
        phones.calls(broker).getFirst().hangUp();
        phones.awaitEnded(person);
        awaitCall("Completed", "CallStatus");
        awaitEvents(EVENTS);
        assertEquals(List.of(), errors(caller));
    }

    @Test
    void aCallOfTheCompanyIsDialledOnceAndReportsWhatAnswered() {
        phones.script(person, PhoneScript.voicemail());
        comuta.sandbox().postgres().query("""
                insert into Calls (SessionID, CallDirection, CallStatus, ToNumber, FromNumber, Script)
                values (comuta_open_call_session(?, ?, null, null, null), 'Outbound', 'Initiated', ?, ?, ?::jsonb)""", clientId(), xpto.channelId, person, company, script());
        comuta.sandbox().postgres().query("""
                insert into BackgroundTasks (ClientID, TaskType, Status, RequestData)
                values (?, 'ChamadaSaida', 'Pendente', jsonb_build_object('callId', ?::bigint))""", clientId(), callId());

        phones.awaitHeard(person, "say: Oi");
        awaitCall("Completed", "CallStatus");
        awaitCall("caixa postal", "AnsweredBy");

        assertEquals(1, twilio.dialled(person).size());
        assertEquals(
                twilio.dialled(person).getFirst().sid(), call("ProviderCallID").getFirst());
        assertEquals(1L, comuta.value("""
                select count(*) from Events where EventType = 'ChamadaConectada' and ClientID = ?""", clientId()));
    }

    private String script() {
        return new JsonObject()
                .put("refused", false)
                .put("opening", List.of("Bom dia, aqui é da Imobiliária XPTO, temos um recado."))
                .put("steps", List.of())
                .put("closing", "Até logo.")
                .put("recorded", false)
                .put("maxSeconds", 3600)
                .put(
                        "outgoing",
                        new JsonObject()
                                .put("number", person)
                                .put("ringSeconds", 25)
                                .put("onMachine", "Deixar mensagem")
                                .put("message", "Oi"))
                .encode();
    }

    private List<Object> errors(PhoneLeg caller) {
        return twilio.errors().stream()
                .filter(error -> error.callSid().equals(caller.callSid()))
                .<Object>map(error -> error)
                .toList();
    }

    private long clientId() {
        return Long.parseLong(xpto.home.substring(xpto.home.lastIndexOf('/') + 1));
    }

    private Object callId() {
        return xpto.callId();
    }

    private List<String> call(String... columns) {
        return xpto.columns(columns);
    }

    private void awaitCall(String expected, String column) {
        xpto.awaitCall(expected, column);
    }

    private void awaitValue(String expected, String sql) {
        await(sql)
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(expected, String.valueOf(comuta.value(sql, clientId()))));
    }

    /** The events of a call, without those of its recording and of what follows. */
    private void awaitEvents(List<String> expected) {
        await("events")
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        expected,
                        xpto.events().stream().filter(EVENTS::contains).toList()));
    }
}
