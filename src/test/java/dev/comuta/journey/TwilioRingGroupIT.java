package dev.comuta.journey;

import static dev.comuta.journey.TwilioCompany.step;
import static dev.comuta.journey.TwilioCompany.steps;
import static dev.comuta.journey.TwilioCompany.takesCalls;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.TwilioSignature;
import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import dev.comuta.sandbox.voice.SentWebhook;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several telephones that ring for one call at Twilio. */
class TwilioRingGroupIT {

    private final TwilioCompany company = TwilioCompany.create();
    private final String ana = Comuta.newNumber();
    private long anaId;

    @BeforeEach
    void aTeamOfTwo() {
        anaId = company.user("Ana", ana);
        company.plan(steps(team()));
    }

    private JsonObject team() {
        return step("Equipe")
                .put("userIds", new JsonArray().add(company.brokerId).add(anaId));
    }

    @AfterEach
    void leave() {
        company.leave();
    }

    @Test
    void theFirstWhoAcceptsTakesTheCallAndTheOtherTelephoneStopsRinging() {
        company.phones.script(company.broker, PhoneScript.rings());
        company.phones.script(ana, PhoneScript.answers().presses("1"));

        PhoneLeg caller = company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "bridged: " + ana);
        company.phones.awaitEnded(company.broker);

        assertEquals(List.of("In Progress", Long.toString(anaId)), company.columns("CallStatus", "AttendedBy"));
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
        company.awaitLegs("p-0-0 Canceled", "p-0-1 Completed aceita");
    }

    /** Both press 1 at once: Twilio's question about the second one is on its way when the first has the call. */
    @Test
    void whoAcceptsLateHearsThatTheCallIsTaken() {
        company.phones.script(company.broker, PhoneScript.answers().presses("1"));
        company.phones.script(ana, PhoneScript.answers().staysSilent());
        PhoneLeg caller = company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "bridged: " + company.broker);

        String late = accept("p-0-1", ana, "1");
        assertTrue(late.contains("já foi atendida") && late.contains("<Hangup/>"), late);
        String again = accept("p-0-0", company.broker, "1");
        assertTrue(again.contains("<Response/>"), "the repeated request of who has the call: " + again);
        assertEquals(List.of(Long.toString(company.brokerId)), company.columns("AttendedBy"));
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
        assertEquals(1, company.count("ChamadaConectada"));
    }

    @Test
    void inTurnTheSecondTelephoneRingsAfterTheFirst() {
        company.plan(steps(team().put("inTurn", true).put("seconds", 5)));
        company.phones.script(company.broker, PhoneScript.noAnswer());
        company.phones.script(ana, takesCalls());

        PhoneLeg caller = company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "bridged: " + ana);
        caller.hangUp();

        company.awaitCall("Completed", "CallStatus");
        company.awaitLegs("p-0-0 No Answer", "p-0-1 Completed aceita");
    }

    /** Telephones of a ring group cost money, also those that nobody answered. */
    @Test
    void theTelephonesThatRangCountAgainstTheCeilings() {
        company.phones.script(company.broker, PhoneScript.busy());
        company.phones.script(ana, PhoneScript.noAnswer());
        company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "ninguém pode atender");
        company.phones.awaitEnded(company.person);
        company.awaitLegs("p-0-0 Busy", "p-0-1 No Answer");

        company.comuta
                .platform()
                .send("PUT", company.home + "/limits", "{\"limits\":{\"callsPerDay\":2}}")
                .expect(200);
        String refusal = company.makeCall(new JsonObject())
                .expectProblem(429, "limit-reached")
                .body();
        assertTrue(refusal.contains("callsPerDay"), refusal);
        company.comuta
                .platform()
                .send("PUT", company.home + "/limits", "{\"limits\":{\"callsPerDay\":3}}")
                .expect(200);
        company.makeCall(new JsonObject().put("connect", new JsonObject().put("say", "Bom dia.")))
                .expect(201);
    }

    /** Sends Twilio's request about a digit of a dialled telephone, and returns the document. */
    private String accept(String position, String telephone, String digits) {
        String question = company.twilio.webhooks().stream()
                .filter(SentWebhook::isDocument)
                .map(SentWebhook::url)
                .filter(url -> url.contains("hook=confirmed") || url.contains("hook=confirm&"))
                .filter(url -> url.contains("call=" + company.callId()))
                .findFirst()
                .orElseThrow();
        URI url = URI.create(question.replaceFirst("hook=confirm(ed)?", "hook=confirmed")
                .replaceFirst("at=[a-z0-9-]+", "at=" + position));
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", company.accountSid);
        form.put("CallSid", company.twilio.dialled(telephone).getFirst().sid());
        form.put("ParentCallSid", company.columns("ProviderCallID").getFirst());
        form.put("CallStatus", "in-progress");
        form.put("Direction", "outbound-dial");
        form.put("From", company.number);
        form.put("To", telephone);
        form.put("Digits", digits);
        String signed = url.toString().replaceFirst("#.*", "");
        return new SignedDelivery(
                        url.getPath() + "?" + url.getRawQuery(),
                        TwilioSignature.encoded(form),
                        Map.of(
                                "content-type",
                                "application/x-www-form-urlencoded",
                                "X-Twilio-Signature",
                                TwilioSignature.of(TwilioCompany.TOKEN, signed, form)))
                .send(company.comuta)
                .expect(200)
                .body();
    }
}
