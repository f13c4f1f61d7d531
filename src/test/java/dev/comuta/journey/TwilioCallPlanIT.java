package dev.comuta.journey;

import static dev.comuta.journey.TwilioCompany.step;
import static dev.comuta.journey.TwilioCompany.steps;
import static dev.comuta.journey.TwilioCompany.takesCalls;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.voice.PhoneLeg;
import dev.comuta.sandbox.voice.PhoneScript;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What incoming calls at Twilio hear and which telephones ring: greeting, menu, hours and refused numbers. */
class TwilioCallPlanIT {

    private static final String MENU = "Para vendas, tecle 1. Para locação, tecle 2.";

    private static final List<String> DAYS =
            List.of("Segunda", "Terça", "Quarta", "Quinta", "Sexta", "Sábado", "Domingo");

    private final TwilioCompany company = TwilioCompany.create();
    private final String ana = Comuta.newNumber();
    private long anaId;

    @BeforeEach
    void anAgent() {
        anaId = company.user("Ana", ana);
        company.phones.script(ana, takesCalls());
        company.phones.script(company.broker, takesCalls());
    }

    @AfterEach
    void leave() {
        company.leave();
    }

    /** A digit and a word choose the same. Neither is a message to the assistant. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "Quero alugar, por favor"})
    void theMenuLeadsToTheTelephoneOfTheChoice(String choice) {
        menu();
        company.phones.script(
                company.person,
                choice.length() == 1
                        ? PhoneScript.rings().presses(choice)
                        : PhoneScript.rings().says(choice));

        PhoneLeg caller = company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "bridged: " + ana);

        List<String> heard = company.phones.heard(company.person);
        assertTrue(heard.indexOf("say: Imobiliária XPTO, bom dia!") < heard.indexOf("say: " + MENU), heard::toString);
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
        company.awaitLegs("2-0-0 Completed aceita");
        assertEquals(0, company.count("MensagemRecebida"));
        assertEquals(0L, company.comuta.value("""
                select count(*) from Messages m join Calls c using (SessionID) where c.ChannelID = ?""", company.channelId));
    }

    @Test
    void whoChoosesNothingIsAskedAgainAndThenGetsTheStepsOfThePlan() {
        menu();
        company.phones.script(company.person, PhoneScript.rings().presses("9").staysSilent());

        PhoneLeg caller = company.twilio.call(company.person, company.number);
        company.phones.awaitHeard(company.person, "bridged: " + company.broker);

        assertEquals(
                2,
                company.phones.heard(company.person).stream()
                        .filter(one -> one.equals("say: " + MENU))
                        .count());
        caller.hangUp();
        company.awaitCall("Completed", "CallStatus");
        company.awaitLegs("p-0-0 Completed aceita");
    }

    private void menu() {
        JsonArray options =
                new JsonArray().add(option("1", "comprar", company.brokerId)).add(option("2", "alugar", anaId));
        company.plan(steps(step("Corretor"))
                .put("greeting", "Imobiliária XPTO, bom dia!")
                .put("menu", new JsonObject().put("text", MENU).put("options", options)));
    }

    private static JsonObject option(String digit, String word, long userId) {
        return new JsonObject()
                .put("digit", digit)
                .put("words", new JsonArray().add(word))
                .put("steps", new JsonArray().add(step("Equipe").put("userIds", new JsonArray().add(userId))));
    }

    @Test
    void outsideOfTheHoursNobodyIsRungAndTheCallerLeavesAMessage() {
        company.comuta
                .platform()
                .patch(
                        company.home + "/channels/" + company.channelId,
                        new JsonObject().put("settings", new JsonObject().put("businessHours", closed())))
                .expect(200);
        company.plan(new JsonObject().put("closedText", "Estamos fechados agora."));
        company.phones.script(company.person, PhoneScript.rings().leavesMessageAndHangsUp(Duration.ofSeconds(3)));

        company.twilio.call(company.person, company.number);
        company.phones.awaitEnded(company.person);

        List<String> heard = company.phones.heard(company.person);
        assertTrue(heard.contains("say: Estamos fechados agora.") && heard.contains("beep: "), heard::toString);
        company.awaitEvent("GravaçãoDisponível");
        assertEquals(List.of(), company.legs());
        assertEquals(List.of(), company.phones.calls(company.broker));
    }

    /** Open only on a day that is far from today. */
    private static JsonObject closed() {
        String day =
                DAYS.get(LocalDate.now(ZoneOffset.UTC).getDayOfWeek().minus(3).getValue() - 1);
        JsonObject open = new JsonObject().put("day", day).put("from", "00:00").put("until", "24:00");
        return new JsonObject()
                .put("timeZone", "UTC")
                .put("weekly", new JsonArray().add(open))
                .put("outOfHoursText", "Fechado")
                .put("assistant", "Avisa");
    }

    @Test
    void aBlockedNumberIsRefusedAndNotMissed() {
        company.plan(new JsonObject().put("blockedNumbers", new JsonArray().add(company.person)));

        company.twilio.call(company.person, company.number);
        company.phones.awaitEnded(company.person);

        company.awaitCall("true", "EndTime is not null");
        assertEquals(List.of(), company.phones.calls(company.broker));
        assertFalse(company.shown().getBoolean("missed"));
    }

    @Test
    void withheldNumbersAreCallsWithoutAPerson() {
        PhoneLeg caller = company.twilio.callWithheld(company.person, company.number);
        company.phones.awaitHeard(company.broker, "número não identificado");
        company.phones.awaitHeard(company.person, "bridged: " + company.broker);
        caller.hangUp();

        company.awaitCall("Completed", "CallStatus");
        assertEquals(List.of("null"), company.columns("FromNumber"));
        assertEquals(null, company.shown().getValue("endUserId"));
    }

    /** A carrier may send a national number. */
    @Test
    void aNumberInAnotherFormIsTheSamePerson() {
        String national = "0" + company.person.substring(3);
        PhoneLeg caller = company.twilio.call(national, company.number);
        company.phones.awaitHeard(national, "bridged: " + company.broker);
        caller.hangUp();

        company.awaitCall("Completed", "CallStatus");
        assertEquals(List.of(company.person), company.columns("FromNumber"));
    }

    @Test
    void theCallsThatGoOnAreListedAndTheirEventsStreamed() {
        long clientId = Long.parseLong(company.home.substring(company.home.lastIndexOf('/') + 1));
        try (Follower follower = new Follower(company.comuta.platform(), clientId, null)) {
            follower.awaitOpen();
            PhoneLeg caller = company.conversation();

            assertEquals(1, open().size());
            assertEquals("In Progress", open().getJsonObject(0).getString("callStatus"));
            assertEquals(
                    1,
                    company.comuta
                            .platform()
                            .get(company.home + "/calls?open=true&userId=" + company.brokerId)
                            .items()
                            .size(),
                    "the broker's");
            caller.hangUp();
            company.awaitCall("Completed", "CallStatus");
            assertEquals(0, open().size());
            follower.awaitTypes(5);
            assertTrue(
                    follower.types().containsAll(List.of("ChamadaRecebida", "ChamadaConectada", "ChamadaEncerrada")),
                    () -> follower.types().toString());
        }
    }

    private JsonArray open() {
        return company.comuta
                .platform()
                .get(company.home + "/calls?open=true")
                .expect(200)
                .items();
    }
}
