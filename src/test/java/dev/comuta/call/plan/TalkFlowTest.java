package dev.comuta.call.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Hook.Kind;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.answer.Verb.Converse;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.answer.Verb.Listen;
import dev.comuta.call.answer.Verb.Pause;
import dev.comuta.call.answer.Verb.RecordMessage;
import dev.comuta.call.answer.Verb.Redirect;
import dev.comuta.call.answer.Verb.Say;
import dev.comuta.call.plan.CallScript.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The steps of a call in which the assistant speaks. */
class TalkFlowTest {

    private static final Step VOICEMAIL = new Step(StepKind.VOICEMAIL, List.of(), null, 60, false, true);
    private static final String GREETING = "Você fala com um assistente virtual. Em que posso ajudar?";

    private static CallFlow flow(boolean relay) {
        Step talk = new Step(
                StepKind.ASSISTANT, List.of(), "Em que posso ajudar?", 600, false, true, null, relay);
        return new CallFlow(
                7,
                new CallScript(
                        false, List.of(), null, List.of(talk, VOICEMAIL), null, false, null, null, 3600, null, null));
    }

    private static List<Verb> ended(CallFlow flow, Verb talk, TalkEnd end) {
        return flow.after(((Converse) talk).ended(), new CallInput.Talked(end));
    }

    @Test
    void theAssistantSaysThatItIsOneAndIsConnected() {
        Converse talk = assertInstanceOf(Converse.class, flow(true).start().getFirst());

        assertEquals(GREETING, talk.greeting());
        assertEquals(new Hook(Kind.RELAY, 7, "p-0-0"), talk.connection());
        assertEquals(new Hook(Kind.TALKED, 7, "p-0-0"), talk.ended());
        assertEquals(Duration.ofMinutes(10), flow(true).longestTalk("p-0-0"));
        assertNull(flow(true).longestTalk("p-1-0"), "voicemail");
        assertNull(flow(true).longestTalk("p-9-0"));
        assertNull(flow(true).longestTalk("rubbish"));
    }

    @Test
    void eachEndHasItsNextStep() {
        CallFlow flow = flow(true);
        Verb talk = flow.start().getFirst();

        assertInstanceOf(RecordMessage.class, ended(flow, talk, TalkEnd.HANDED_OVER).get(1));
        assertEquals(List.of(new Hangup()), ended(flow, talk, TalkEnd.GOODBYE));
        assertEquals(List.of(), ended(flow, talk, TalkEnd.HUNG_UP));
        assertEquals("p-0-1", connection(ended(flow, talk, TalkEnd.DRAINED)));
        assertEquals("p-0-10", connection(ended(flow, talk, TalkEnd.DROPPED)));
        assertEquals(List.of(new Say(GREETING)), listen(ended(flow, talk, TalkEnd.UNUSABLE)).prompts());
    }

    @Test
    void aLostConnectionIsReplacedThreeTimesAndNotGreetedAgain() {
        CallFlow flow = flow(true);
        List<Verb> steps = flow.start();
        for (String place : List.of("p-0-10", "p-0-20", "p-0-30")) {
            steps = ended(flow, steps.getFirst(), TalkEnd.DROPPED);
            assertEquals(place, connection(steps));
            assertNull(((Converse) steps.getFirst()).greeting());
        }
        Listen last = listen(ended(flow, steps.getFirst(), TalkEnd.DROPPED));
        assertEquals(List.of(new Say("Voltamos. Pode repetir, por favor?")), last.prompts());
        assertEquals(new Hook(Kind.SAID, 7, "p-0-40-0-0"), last.hook());
    }

    @Test
    void drainsDoNotCountAsLosses() {
        CallFlow flow = flow(true);
        List<Verb> steps = flow.start();
        for (int drain = 1; drain <= 9; drain++) {
            steps = ended(flow, steps.getFirst(), TalkEnd.DRAINED);
            assertEquals("p-0-" + drain, connection(steps));
        }
        assertEquals("p-0-19", connection(ended(flow, steps.getFirst(), TalkEnd.DROPPED)));
        assertInstanceOf(Listen.class, ended(flow, steps.getFirst(), TalkEnd.DRAINED).getFirst());
    }

    @Test
    void withoutAConnectionTheyTakeTurns() {
        CallFlow flow = flow(false);
        Listen first = listen(flow.start());
        assertEquals(List.of(new Say(GREETING)), first.prompts());

        TalkTurn turn = TalkTurn.of(first.hook().position());
        assertEquals("p-0-40-0", turn.place());
        assertEquals("p-0-40-1-0", listen(flow.listen(turn.next(), List.of("Sim."))).hook().position());
        assertEquals("p-0-40-1-1", listen(flow.listen(turn.afterSilence(), List.of("?"))).hook().position());
        assertEquals(
                List.of(new Pause(Duration.ofSeconds(1)), new Redirect(new Hook(Kind.AWAITED, 7, "p-0-40-0-1"))),
                flow.await(turn.again()));
        List<Verb> over = flow.afterTalk(turn, List.of("Um momento."));
        assertEquals(new Say("Um momento."), over.getFirst());
        assertTrue(over.stream().anyMatch(RecordMessage.class::isInstance));
        assertNull(TalkTurn.of("p-0-39-0-0"));
        assertNull(TalkTurn.of("p-0-0"));
    }

    private static String connection(List<Verb> steps) {
        return assertInstanceOf(Converse.class, steps.getFirst()).connection().position();
    }

    private static Listen listen(List<Verb> steps) {
        return assertInstanceOf(Listen.class, steps.getFirst());
    }
}
