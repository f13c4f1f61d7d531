package dev.comuta.journey;

import static dev.comuta.journey.TwilioCompany.step;
import static dev.comuta.journey.TwilioCompany.steps;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import dev.comuta.sandbox.voice.relay.RelayLine;
import dev.comuta.sandbox.voice.relay.RelaySocket;
import dev.comuta.sandbox.voice.relay.Relays;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller and the assistant speak over a connection that the caller can interrupt, through HTTP and WebSocket. */
class SpokenConversationJourneyTest {

    private static final String GREETING = "Você fala com um assistente virtual. Em que posso ajudar?";
    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static final String ANSWER = "Encontrei estes imóveis no bairro X: Imóvel A, Imóvel B.";
    private static final String WANTS_PERSON = "Quero falar com um corretor";
    private static final String HAND_OVER = "Vou chamar um corretor para falar com você.";

    /** Slow enough to speak while the assistant does. */
    private static final Duration SECOND = Duration.ofMillis(300);

    private final Comuta comuta = Comuta.shared();
    private final TwilioCompany company =
            TwilioCompany.of("/clients/" + comuta.registered().clientId());
    private final Relays relays = company.twilio.relays();

    @BeforeEach
    void theAssistantAnswersFirst() {
        comuta.sandbox().providers().properties("Imóvel A", "Imóvel B");
        company.simulation.pace().secondLasts(SECOND);
        comuta.platform()
                .patch(
                        company.home + "/channels/" + company.channelId,
                        new JsonObject().put("assistantId", comuta.registered().assistantId()))
                .expect(200);
        company.plan(steps(step("Assistente").put("text", "Em que posso ajudar?"), step("Corretor"))
                .put("greeting", "")
                .put("voice", "Google.pt-BR-Chirp3-HD-Aoede"));
        company.phones.script(company.broker, TwilioCompany.takesCalls());
        company.phones.script(company.person, PhoneScript.rings());
    }

    @AfterEach
    void leave() {
        relays.clear();
        company.leave();
        comuta.sandbox().providers().clearFaults();
    }

    @Test
    void theCallerAsksTheCrmInterruptsAndIsHandedOver() {
        PhoneLeg caller = company.twilio.call(company.person, company.number);
        relays.awaitOpen(caller.callSid());
        company.awaitCall("In Progress", "CallStatus");
        company.phones.awaitHeard(company.person, "relay: " + GREETING);

        caller.say(QUESTION);
        await("the answer").atMost(Comuta.TIMEOUT).until(() -> caller.speaking().startsWith("Encontrei"));
        caller.say(WANTS_PERSON);
        company.phones.awaitHeard(company.person, "bridged: " + company.broker);

        assertEquals(
                List.of(
                        "Usuário-Cliente " + QUESTION,
                        "Assistente " + ANSWER,
                        "Usuário-Cliente " + WANTS_PERSON,
                        "Assistente " + HAND_OVER),
                messages("m.SenderType || ' ' || m.Content"));
        String heard = (String) messages("m.Heard").get(1);
        assertTrue(heard != null && heard.length() < ANSWER.length() && ANSWER.startsWith(heard), "heard " + heard);
        assertEachSaidOnce(caller.callSid());
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
        assertEquals(0, company.count("ChamadaPerdida"));
    }

    @Test
    void aLostConnectionIsReplacedAndNothingIsSaidTwice() {
        PhoneLeg caller = company.twilio.call(company.person, company.number);
        RelaySocket first = relays.awaitOpen(caller.callSid());
        company.phones.awaitHeard(company.person, "relay: " + GREETING);
        caller.say(QUESTION);
        company.phones.awaitHeard(company.person, "relay: " + ANSWER);

        first.drop();
        relays.awaitOpen(caller.callSid(), 2);
        company.phones.awaitHeard(company.person, "Voltamos.");
        caller.say("Oi");
        company.phones.awaitHeard(company.person, "Posso procurar imóveis para você");

        assertEachSaidOnce(caller.callSid());
        assertEquals(4, messages("m.Content").size());
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
    }

    @Test
    void unknownFramesAreIgnored() {
        PhoneLeg caller = company.twilio.call(company.person, company.number);
        RelaySocket socket = relays.awaitOpen(caller.callSid());
        socket.send("{\"type\":\"novidade\",\"x\":1}");
        socket.send("isto não é JSON");
        company.phones.awaitHeard(company.person, "relay: " + GREETING);
        caller.say(QUESTION);
        company.phones.awaitHeard(company.person, "relay: " + ANSWER);
        assertTrue(socket.isOpen());
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
    }

    @Test
    void replayedForgedAndForeignConnectionsAreRefusedBeforeTheyOpen() {
        PhoneLeg caller = company.twilio.call(company.person, company.number);
        RelaySocket socket = relays.awaitOpen(caller.callSid());
        RelayLine line =
                RelayLine.inbound(company.accountSid, caller.callSid(), company.person, company.number);

        assertEquals(409, status(line, socket.url()), "a replay");
        TwilioCompany other = TwilioCompany.create();
        RelayLine forged = RelayLine.inbound(other.accountSid, caller.callSid(), company.person, company.number);
        comuta.sandbox().providers().voice().registerTwilio(other.accountSid, "outro", other.number, comuta.server().baseUrl());
        assertEquals(401, status(forged, socket.url().replace("-0-0", "-0-10")), "another token");
        assertEquals(
                404, status(line, socket.url().replaceFirst("/[0-9]+/p-0-0$", "/999999999/p-0-0")), "an unknown call");
        assertEquals(404, status(line, socket.url().replaceFirst("p-0-0$", "p-1-0")), "no step of an assistant");
        assertTrue(socket.isOpen());
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
    }

    private int status(RelayLine line, String url) {
        return relays.connect(line, url).join().status();
    }

    private void assertEachSaidOnce(String callSid) {
        List<String> said = relays.texts(callSid);
        assertEquals(said.size(), new HashSet<>(said).size(), said::toString);
    }

    private List<Object> messages(String column) {
        return comuta.column("select " + column + """
                 from Messages m join Calls c using (SessionID)
                where c.ChannelID = ? order by m.OrderedAt, m.MessageID""", company.channelId);
    }
}
