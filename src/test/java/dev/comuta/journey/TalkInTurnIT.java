package dev.comuta.journey;

import static dev.comuta.journey.TwilioCompany.step;
import static dev.comuta.journey.TwilioCompany.steps;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The assistant speaks with callers in turn, where it has no connection that they could interrupt. */
class TalkInTurnIT {

    private static final String GREETING = "Você fala com um assistente virtual. Em que posso ajudar?";
    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static final String ANSWER = "Encontrei estes imóveis no bairro X: Imóvel A, Imóvel B.";
    private static final String WANTS_PERSON = "Quero falar com um corretor";
    private static final String HAND_OVER = "Vou chamar um corretor para falar com você.";

    private final Comuta comuta = Comuta.shared();
    private final TwilioCompany company =
            TwilioCompany.of("/clients/" + comuta.registered().clientId());

    @BeforeEach
    void theAssistantAnswersFirst() {
        comuta.sandbox().providers().properties("Imóvel A", "Imóvel B");
        comuta.platform()
                .patch(
                        company.home + "/channels/" + company.channelId,
                        new JsonObject().put("assistantId", comuta.registered().assistantId()))
                .expect(200);
        company.plan(steps(
                        step("Assistente").put("text", "Em que posso ajudar?").put("relay", false), step("Corretor"))
                .put("greeting", ""));
        company.phones.script(company.broker, TwilioCompany.takesCalls());
    }

    @AfterEach
    void leave() {
        company.leave();
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void theCallerAsksTheCrmAndIsHandedOver() {
        company.phones.script(
                company.person, PhoneScript.rings().says(QUESTION).says(WANTS_PERSON));
        PhoneLeg caller = company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "bridged: " + company.broker);

        List<String> heard = company.phones.heard(company.person);
        List<String> said = heard.stream().filter(one -> one.startsWith("say: ")).toList();
        assertEquals(List.of("say: " + GREETING, "say: " + ANSWER, "say: " + HAND_OVER), said, heard::toString);
        assertEquals(
                List.of(
                        "Usuário-Cliente " + QUESTION,
                        "Assistente " + ANSWER,
                        "Usuário-Cliente " + WANTS_PERSON,
                        "Assistente " + HAND_OVER),
                messages());
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
        assertEquals(0, company.count("ChamadaPerdida"));
    }

    @Test
    void whoHangsUpAfterTheAnswerHasNotMissedTheCompany() {
        company.phones.script(company.person, PhoneScript.rings().says(QUESTION));
        PhoneLeg caller = company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "say: " + ANSWER);
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");

        await("the decision about missed calls").atMost(Comuta.TIMEOUT).until(() -> comuta.value("""
                select count(*) from BackgroundTasks t join Sessions s using (SessionID)
                where s.ChannelID = ? and t.TaskType = 'ChamadaPerdida' and t.Status = 'Concluída'""", company.channelId)
                .equals(1L));
        assertEquals(0, company.count("ChamadaPerdida"));
        assertEquals(1, company.count("ChamadaConectada"));
        assertEquals(1, company.count("ChamadaEncerrada"));
    }

    @Test
    void aSilentCallerHearsAGoodbye() {
        company.phones.script(company.person, PhoneScript.rings().staysSilent().staysSilent());
        company.twilio.call(company.person, company.number);
        company.phones.awaitEnded(company.person);

        String heard = company.phones.heard(company.person).toString();
        assertTrue(heard.contains("Ainda está aí?") && heard.contains("Até logo!"), heard);
        assertEquals(List.of(), messages());
    }

    private List<Object> messages() {
        return comuta.column("""
                select m.SenderType || ' ' || m.Content from Messages m join Calls c using (SessionID)
                where c.ChannelID = ? order by m.OrderedAt, m.MessageID""", company.channelId);
    }
}
