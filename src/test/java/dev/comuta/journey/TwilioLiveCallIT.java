package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.voice.PhoneLeg;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of live calls at Twilio: hold, mute, digits and the end. */
class TwilioLiveCallIT {

    private final TwilioCompany company = TwilioCompany.create();

    @AfterEach
    void leave() {
        company.leave();
    }

    @Test
    void theEndUserIsHeldAndComesBack() {
        PhoneLeg caller = company.conversation();

        change("hold");
        company.phones.awaitHeard(company.person, "hold: " + room());
        company.awaitCall("true", "Held");
        assertTrue(company.shown().getBoolean("held"));
        change("resume");
        company.phones.awaitHeard(company.person, "unhold: " + room());
        company.awaitCall("false", "Held");

        assertFalse(heard(company.broker, "hold: "), "the broker hears no music");
        caller.hangUp();
        company.phones.awaitEnded(company.broker);
        company.awaitCall("Completed", "CallStatus");
        assertEquals(1, company.count("ChamadaConectada"));
        assertEquals(1, company.count("ChamadaEncerrada"));
    }

    @Test
    void theEndUserWhomTheBrokerCalledIsHeldAndNotTheBroker() {
        company.clickToCall();

        change("hold");
        company.phones.awaitHeard(company.person, "hold: " + room());

        assertFalse(heard(company.broker, "hold: "));
        company.phones.calls(company.person).getFirst().hangUp();
        company.phones.awaitEnded(company.broker);
        company.awaitCall("Completed", "CallStatus");
        assertEquals(1, company.count("ChamadaEncerrada"));
    }

    @Test
    void theBrokerIsMutedAndHeardAgain() {
        company.conversation();
        String leg = company.twilio.dialled(company.broker).getFirst().sid();

        change("mute");
        company.awaitCall("true", "Muted");
        assertEquals(true, participant(leg).get("muted"));
        change("unmute");
        company.awaitCall("false", "Muted");

        assertEquals(false, participant(leg).get("muted"));
        company.phones.calls(company.broker).getFirst().hangUp();
        company.phones.awaitEnded(company.person);
        company.awaitCall("Completed", "CallStatus");
    }

    @Test
    void theEndUsersSideGetsTheDigitsAndTheCallGoesOn() {
        PhoneLeg caller = company.conversation();

        company.change("digits", new JsonObject().put("digits", "1w23#")).expect(202);
        company.phones.awaitHeard(company.person, "tones: 1w23#");
        await("both in the conference")
                .atMost(Comuta.TIMEOUT)
                .until(() -> times(company.person, "conference: " + room()) == 2);

        assertEquals(List.of("In Progress"), company.columns("CallStatus"));
        assertEquals(0L, company.comuta.value("""
                select count(*) from BackgroundTasks t join Calls c using (SessionID)
                where c.ChannelID = ? and t.RequestData::text like '%1w23#%'""", company.channelId), "digits may be a secret");
        caller.hangUp();
        company.phones.awaitEnded(company.broker);
        company.awaitCall("Completed", "CallStatus");
    }

    @Test
    void aCallIsHungUp() {
        company.conversation();

        change("hangup");
        company.phones.awaitEnded(company.person);
        company.phones.awaitEnded(company.broker);
        company.awaitCall("Completed", "CallStatus");

        change("hangup");
        company.change("hold", null).expectProblem(409, "conflict");
        assertEquals(1, company.count("ChamadaEncerrada"));
    }

    /** The news of the end are lost: the server believes that the call goes on. */
    @Test
    void aCallThatHasEndedAtTwilioIsHungUpWithoutAFailure() {
        PhoneLeg caller = company.conversation();
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
        company.comuta.column(
                "update Calls set CallStatus = 'In Progress', EndTime = null where ChannelID = ? returning CallID",
                company.channelId);

        change("hangup");
        await("the task")
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(List.of("Concluída"), company.comuta.column("""
                        select t.Status from BackgroundTasks t join Calls c using (SessionID)
                        where c.ChannelID = ? and t.RequestData ->> 'comando' = 'Desligar'""", company.channelId)));
        assertEquals(
                404,
                company.rest()
                        .formParam("Status", "completed")
                        .post(company.twilioUrl("/Calls/" + caller.callSid() + ".json"))
                        .statusCode(),
                "what Twilio answers");
        company.check();
        company.awaitCall("Completed", "CallStatus");
    }

    private void change(String what) {
        company.change(what, null).expect(202);
    }

    private String room() {
        return "comuta-" + company.callId();
    }

    /** A telephone in the conference of the call, as Twilio shows it. */
    private JsonView participant(String sid) {
        String conference = company.rest()
                .queryParam("FriendlyName", room())
                .get(company.twilioUrl("/Conferences.json"))
                .jsonPath()
                .getString("conferences[0].sid");
        return field -> company.rest()
                .get(company.twilioUrl("/Conferences/" + conference + "/Participants/" + sid + ".json"))
                .jsonPath()
                .get(field);
    }

    /** A resource of Twilio. */
    private interface JsonView {
        Object get(String field);
    }

    private boolean heard(String phone, String text) {
        return times(phone, text) > 0;
    }

    private long times(String phone, String text) {
        return company.phones.heard(phone).stream()
                .filter(one -> one.startsWith(text))
                .count();
    }
}
