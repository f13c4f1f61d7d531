package dev.comuta.journey;

import static dev.comuta.journey.TwilioCompany.step;
import static dev.comuta.journey.TwilioCompany.steps;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Recordings of calls at Twilio, which are stored, and messages on the voicemail. */
class TwilioRecordingIT {

    private final TwilioCompany company = TwilioCompany.create();

    @AfterEach
    void leave() {
        company.twilio.lateMedia(1);
        company.leave();
    }

    /** Twilio announces a recording some seconds before its file can be read. */
    @Test
    void aConversationIsKeptInTwoChannelsAndAnnounced() {
        company.twilio.lateMedia(2);
        company.plan(new JsonObject().put("recorded", true));
        PhoneLeg caller = company.conversation();
        assertTrue(heard(company.person, "será gravada"));
        caller.hangUp();

        company.awaitEvent("GravaçãoDisponível");

        JsonObject recording = onlyRecording();
        assertEquals(new JsonArray().add("chamador").add("corretor"), recording.getJsonArray("channelRoles"));
        assertEquals("conversa", recording.getString("purpose"));
        assertEquals("Gravada", recording.getString("status"));
        assertEquals("audio/wav Disponível", company.comuta.value("""
                select MimeType || ' ' || Status from MediaObjects where MediaID = ?""", recording.getLong("mediaId")));
        assertEquals(
                "{\"CallID\": \"" + company.callId() + "\", \"RecordingID\": \"" + recording.getLong("recordingId")
                        + "\"}",
                company.comuta.value("""
                        select EventData::text from Events e join Calls c using (SessionID)
                        where c.ChannelID = ? and EventType = 'GravaçãoDisponível'""", company.channelId));
    }

    @Test
    void theChoiceToRecordIsThatOfTheBeginOfTheCall() {
        company.plan(new JsonObject().put("recorded", true));
        company.phones.script(company.broker, PhoneScript.rings().presses("1"));
        company.simulation.pace().secondLasts(Duration.ofSeconds(1));
        PhoneLeg caller = company.twilio.call(company.person, company.number);
        PhoneLeg ringing = company.phones.awaitRinging(company.broker);
        company.plan(new JsonObject().put("recorded", false));
        company.simulation.pace().secondLasts(TwilioCompany.SECOND);
        ringing.answer();
        company.phones.awaitHeard(company.person, "bridged: " + company.broker);
        caller.hangUp();

        company.awaitEvent("GravaçãoDisponível");
        company.awaitCall("Completed", "CallStatus");
        String other = Comuta.newNumber();
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        PhoneLeg later = company.twilio.call(other, company.number);
        company.phones.awaitHeard(other, "bridged: " + company.broker);
        later.hangUp();
        company.phones.awaitEnded(company.broker);
        assertTrue(company.phones.heard(other).stream().noneMatch(one -> one.contains("gravada")));
        assertEquals(1L, company.comuta.value("""
                select count(*) from CallRecordings r join Calls c using (CallID) where c.ChannelID = ?""", company.channelId));
    }

    @Test
    void aRecordingIsStartedPausedResumedAndStopped() {
        PhoneLeg caller = company.conversation();

        record("Iniciar", "in-progress");
        record("Pausar", "paused");
        awaitStatus("Pausada");
        record("Retomar", "in-progress");
        awaitStatus("Gravando");
        record("Parar", "completed");
        company.awaitEvent("GravaçãoDisponível");

        assertEquals(List.of("In Progress"), company.columns("CallStatus"), "the call goes on");
        assertEquals(
                new JsonArray().add("chamador").add("corretor"), onlyRecording().getJsonArray("channelRoles"));
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
    }

    /** The first channel is the broker's, whose telephone is the call. */
    @Test
    void ofACallThatRangTheBrokerFirstTheFirstChannelIsTheBrokers() {
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        company.phones.script(company.person, PhoneScript.answers().hangsUpAfter(Duration.ofSeconds(10)));
        company.makeCall(new JsonObject().put("userId", company.brokerId).put("recorded", true))
                .expect(201);

        company.awaitEvent("GravaçãoDisponível");

        assertTrue(heard(company.broker, "será gravada"));
        assertEquals(
                new JsonArray().add("corretor").add("chamado"), onlyRecording().getJsonArray("channelRoles"));
    }

    @Test
    void aMessageOnTheVoicemailIsAMessageOfThePersonAndTheBrokerIsTold() {
        company.plan(steps(step("Correio de voz")));
        company.phones.script(company.person, PhoneScript.rings().leavesMessageAndHangsUp(Duration.ofSeconds(4)));

        company.twilio.call(company.person, company.number);
        company.awaitEvent("GravaçãoDisponível");

        JsonObject recording = onlyRecording();
        assertEquals("recado", recording.getString("purpose"));
        JsonObject message = company.comuta
                .platform()
                .get(company.home + "/sessions/" + company.shown().getLong("sessionId") + "/messages")
                .expect(200)
                .items()
                .getJsonObject(0);
        assertEquals(recording.getLong("messageId"), message.getLong("messageId"));
        assertEquals("Usuário-Cliente", message.getString("senderType"));
        assertEquals("Áudio", message.getJsonObject("content").getString("contentType"));
        await("mail to the broker")
                .atMost(Comuta.TIMEOUT)
                .until(() -> company.comuta.sandbox().mailbox().mails().stream()
                        .anyMatch(mail -> mail.to().contains(TwilioCompany.address(company.broker))
                                && mail.toString().contains("Recado")));
        assertEquals(company.person, company.comuta.value("""
                select p.PhoneNumber from Messages m join Sessions s using (SessionID)
                join ClientEndUsers p on p.EndUserID = s.EndUserID where m.MessageID = ?""", message.getLong("messageId")));
    }

    /** Requests a change, and waits until Twilio has made it. */
    private void record(String action, String status) {
        company.change("recording", new JsonObject().put("action", action)).expect(202);
        await(action)
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(
                        List.of(status),
                        company.rest()
                                .get(company.twilioUrl("/Calls/"
                                        + company.columns("ProviderCallID").getFirst() + "/Recordings.json"))
                                .jsonPath()
                                .getList("recordings.status")));
    }

    private void awaitStatus(String status) {
        await(status)
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(status, onlyRecording().getString("status")));
    }

    private JsonObject onlyRecording() {
        JsonArray all = company.comuta
                .platform()
                .get(company.path() + "/recordings")
                .expect(200)
                .items();
        assertEquals(1, all.size(), all::encode);
        return all.getJsonObject(0);
    }

    private boolean heard(String phone, String text) {
        return company.phones.heard(phone).stream().anyMatch(one -> one.contains(text));
    }
}
