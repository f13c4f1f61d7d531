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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls at Twilio that nobody of the company took, and what follows: the template and the task 'Retorno'. */
class TwilioMissedCallIT {

    private static final String TEMPLATE = "ligacao_perdida";

    private final TwilioCompany company = TwilioCompany.create();

    @BeforeEach
    void withATemplate() {
        long whatsApp = company.comuta
                .platform()
                .post(
                        company.home + "/channels",
                        new JsonObject()
                                .put("channelType", "WhatsApp")
                                .put("channelIdentifier", Comuta.newNumber())
                                .put("status", "Ativo")
                                .put(
                                        "outboundUrl",
                                        company.comuta
                                                .sandbox()
                                                .providers()
                                                .url()
                                                .resolve("/gateway/messages")
                                                .toString()))
                .expect(201)
                .json()
                .getLong("channelId");
        company.comuta.column("""
                insert into Templates (ClientID, ChannelID, Name, Language, Category, Status, Components)
                select ClientID, ChannelID, ?, 'pt_BR', 'Utilidade', 'Aprovado',
                    '{"parts": [{"type": "BODY", "text": "Olá {{1}}, não conseguimos atender."}]}'
                from CommunicationChannels where ChannelID = ? returning TemplateID""", TEMPLATE, whatsApp);
        JsonObject followUp = new JsonObject()
                .put("channelId", whatsApp)
                .put("template", TEMPLATE)
                .put("parameters", new JsonArray().add("{nome}"));
        company.plan(steps(step("Corretor").put("seconds", 5)).put("followUp", followUp));
        company.phones.script(company.broker, PhoneScript.noAnswer());
    }

    @AfterEach
    void leave() {
        company.leave();
    }

    @Test
    void theCallerGetsATemplateAndTheBrokerATask() {
        missCall();

        company.awaitEvent("ChamadaPerdida");
        awaitTemplates(1);
        assertTrue(company.shown().getBoolean("missed"));
        assertEquals(List.of("Pendente"), callBacks());
        await("the template at the gateway")
                .atMost(Comuta.TIMEOUT)
                .until(() -> company.comuta.sandbox().providers().requests("gateway").stream()
                        .anyMatch(request -> request.body().contains(company.person)
                                && request.body().contains("não conseguimos atender")));
        assertEquals(
                1,
                company.comuta
                        .platform()
                        .get(company.home + "/calls?missed=true")
                        .expect(200)
                        .items()
                        .size());
    }

    @Test
    void whoCallsTwiceInAMinuteIsFollowedOnce() {
        missCall();
        missCall();

        awaitMissed(2);
        awaitTemplates(1);
        company.comuta.awaitNoOpenTask();
        assertEquals(List.of("Pendente"), callBacks());
        awaitTemplates(1);
    }

    @Test
    void whoRangAgainAndWasAnsweredIsNotFollowed() {
        missCall();
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        PhoneLeg again = company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "bridged: " + company.broker);

        awaitMissed(1);
        again.hangUp();
        company.phones.awaitEnded(company.broker);
        awaitDecided();
        assertEquals(List.of(), callBacks());
        awaitTemplates(0);
    }

    @Test
    void theNextAnsweredCallOfTheCompanyEndsTheTask() {
        missCall();
        awaitMissed(1);
        await("the task").atMost(Comuta.TIMEOUT).until(() -> callBacks().equals(List.of("Pendente")));

        company.phones.script(company.broker, TwilioCompany.takesCalls());
        company.phones.script(company.person, PhoneScript.answers().hangsUpAfter(Duration.ofSeconds(5)));
        company.comuta
                .platform()
                .send(
                        "PUT",
                        company.home + "/call-rules",
                        "{\"callingHours\":{\"from\":\"00:00\",\"until\":\"24:00\"}}")
                .expect(200);
        company.makeCall(new JsonObject().put("userId", company.brokerId)).expect(201);

        await("the task").atMost(Comuta.TIMEOUT).until(() -> callBacks().equals(List.of("Concluída")));
    }

    /** The broker answered, the end user did not: the end user has missed a call, and not the company. */
    @Test
    void anEndUserWhoDoesNotAnswerTheBrokersCallIsNoMissedCall() {
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        company.phones.script(company.person, PhoneScript.noAnswer());
        company.makeCall(new JsonObject().put("userId", company.brokerId).put("ringSeconds", 5))
                .expect(201);

        company.phones.awaitHeard(company.broker, "não atendeu");
        company.awaitCall("No Answer", "CallStatus");
        company.comuta.awaitNoOpenTask();

        assertEquals(0, company.count("ChamadaPerdida"));
        assertEquals(0, company.count("ChamadaConectada"));
        assertEquals(List.of(), callBacks());
        assertEquals(false, company.shown().getBoolean("missed"));
        awaitTemplates(0);
    }

    private void missCall() {
        company.twilio.call(company.person, company.number);
        company.phones.awaitEnded(company.person);
    }

    private void awaitMissed(long calls) {
        await("missed")
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(calls, company.count("ChamadaPerdida")));
    }

    /** Every decision whether a call was missed is made. */
    private void awaitDecided() {
        await("decisions")
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(0L, company.comuta.value("""
                select count(*) from BackgroundTasks t join Calls c using (SessionID)
                where c.ChannelID = ? and t.TaskType in ('ChamadaPerdida', 'MensagemChamadaPerdida')
                  and t.Status in ('Pendente', 'Em Andamento')""", company.channelId)));
    }

    private List<Object> callBacks() {
        return company.comuta.column("""
                select t.Status from BackgroundTasks t join Calls c using (SessionID)
                where c.ChannelID = ? and t.TaskType = 'Retorno' order by t.TaskID""", company.channelId);
    }

    private void awaitTemplates(long count) {
        await("templates")
                .atMost(Comuta.TIMEOUT)
                .untilAsserted(() -> assertEquals(count, company.comuta.value("""
                select count(*) from Messages m join Sessions s using (SessionID)
                join ClientEndUsers p on p.EndUserID = s.EndUserID
                where m.ContentType = 'Modelo' and p.PhoneNumber = ?""", company.person)));
    }
}
