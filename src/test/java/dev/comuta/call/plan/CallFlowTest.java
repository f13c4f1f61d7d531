package dev.comuta.call.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Hook.Kind;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.answer.Verb.Dial;
import dev.comuta.call.answer.Verb.Gather;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.answer.Verb.RecordMessage;
import dev.comuta.call.answer.Verb.Reject;
import dev.comuta.call.answer.Verb.Say;
import dev.comuta.call.answer.Verb.Target;
import dev.comuta.call.plan.CallScript.Callee;
import dev.comuta.call.plan.CallScript.Menu;
import dev.comuta.call.plan.CallScript.Option;
import dev.comuta.call.plan.CallScript.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The steps of calls at each position of their scripts. */
class CallFlowTest {

    private static final Callee ANA = new Callee(1L, "+5511900000001", null);
    private static final Callee BIA = new Callee(2L, "+5511900000002", null);
    private static final Step VOICEMAIL = new Step(StepKind.VOICEMAIL, List.of(), null, 60, false, true);

    private static Step ring(boolean inTurn, Callee... callees) {
        return new Step(StepKind.TEAM, List.of(callees), null, 20, inTurn, true);
    }

    private static CallScript script(Menu menu, Step... steps) {
        return new CallScript(
                false,
                List.of("Bom dia!"),
                menu,
                List.of(steps),
                "Até logo.",
                false,
                "Maria",
                "+5511999999999",
                3600,
                null,
                null);
    }

    private static CallFlow flow(Menu menu, Step... steps) {
        return new CallFlow(7, script(menu, steps));
    }

    private static List<String> numbers(Verb verb) {
        return assertInstanceOf(Dial.class, verb).targets().stream()
                .map(target -> ((Target.Phone) target).number())
                .toList();
    }

    @Test
    void ringsOneAfterTheOtherThenTheNextStep() {
        CallFlow flow = flow(null, ring(true, ANA, BIA), VOICEMAIL);

        List<Verb> first = flow.start();
        assertEquals(new Say("Bom dia!"), first.getFirst());
        assertEquals(List.of(ANA.number()), numbers(first.get(1)));

        List<Verb> second = flow.after(((Dial) first.get(1)).hook(), new CallInput.Dialed(false));
        assertEquals(List.of(BIA.number()), numbers(second.getFirst()));

        List<Verb> last = flow.after(((Dial) second.getFirst()).hook(), new CallInput.Dialed(false));
        assertInstanceOf(RecordMessage.class, last.get(1));
        assertEquals(BIA, flow.callee(((Dial) second.getFirst()).hook().position()));
    }

    @Test
    void ringsAllAtOnceAndNamesEachByItsPosition() {
        CallFlow flow = flow(null, ring(false, ANA, BIA));

        Dial dial = (Dial) flow.start().get(1);

        assertEquals(List.of(ANA.number(), BIA.number()), numbers(dial));
        Target.Phone second = (Target.Phone) dial.targets().get(1);
        assertEquals(BIA, flow.callee(second.status().position()));
        assertTrue(flow.asksAt(second.confirm().position()));
        assertEquals(List.of(new Say("Até logo."), new Hangup()), flow.after(dial.hook(), new CallInput.Dialed(false)));
    }

    @Test
    void aTakenCallEndsAfterwards() {
        CallFlow flow = flow(null, ring(true, ANA), VOICEMAIL);
        Dial dial = (Dial) flow.start().get(1);

        assertEquals(List.of(new Hangup()), flow.after(dial.hook(), new CallInput.Dialed(true)));
    }

    @Test
    void somebodyWithoutANumberIsPassedOver() {
        assertInstanceOf(
                RecordMessage.class, flow(null, ring(true), VOICEMAIL).start().get(2));
    }

    @Test
    void aMenuIsChosenByDigitOrWordsAndAskedTwice() {
        Menu menu = new Menu(
                "Vendas ou locação?",
                List.of(
                        new Option("1", List.of("vendas"), List.of(ring(true, ANA))),
                        new Option("2", List.of("locação", "alugar"), List.of(ring(true, BIA)))),
                6,
                2);
        CallFlow flow = flow(menu, VOICEMAIL);
        Hook asked = ((Gather) flow.start().get(1)).hook();

        assertEquals(
                List.of(ANA.number()),
                numbers(flow.after(asked, new CallInput.Digits("1")).getFirst()));
        assertEquals(
                List.of(BIA.number()),
                numbers(flow.after(asked, new CallInput.Speech("Quero ALUGAR, por favor"))
                        .getFirst()));
        assertEquals(
                List.of(BIA.number()),
                numbers(flow.after(asked, new CallInput.Speech("locacao")).getFirst()));

        Gather again = (Gather) flow.after(asked, new CallInput.Digits("9")).getFirst();
        assertInstanceOf(
                RecordMessage.class,
                flow.after(again.hook(), new CallInput.Digits("")).get(1));
    }

    @Test
    void aBlockedCallerIsRefused() {
        CallScript refused = new CallScript(
                true, List.of(), null, List.of(VOICEMAIL), null, false, null, "+5511999999999", 60, null, null);

        assertEquals(List.of(new Reject()), new CallFlow(7, refused).start());
    }

    @Test
    void theQuestionNamesTheCaller() {
        Gather question = (Gather) flow(null, ring(true, ANA))
                .confirm(new Hook(Kind.CONFIRM, 7, "p-0-0"))
                .getFirst();

        assertEquals(List.of(new Say("Ligação de Maria. Tecle 1 para atender.")), question.prompts());
        assertEquals(new Hook(Kind.CONFIRMED, 7, "p-0-0"), question.hook());
    }

    @Test
    void aPositionThatDoesNotExistEndsTheCallAndOneThatIsNoneStartsIt() {
        CallFlow flow = flow(null, ring(true, ANA));

        assertEquals(
                List.of(new Say("Até logo."), new Hangup()),
                flow.after(new Hook(Kind.NEXT, 7, "p-50-0"), new CallInput.Nothing()));
        assertEquals(flow.start(), flow.after(new Hook(Kind.NEXT, 7, ""), new CallInput.Nothing()));
    }

    @Test
    void whatAMachineHearsHasAPositionOfItsOwn() {
        CallScript.Outgoing begin = new CallScript.Outgoing("+5511987654321", 30, MachineRule.LEAVE_MESSAGE, "Oi");
        CallScript script = new CallScript(
                false, List.of("Bom dia"), null, List.of(), null, false, null, "+5511999999999", 60, null, begin);

        assertEquals(
                List.of(new Say("Oi"), new Hangup()),
                new CallFlow(7, script).after(new Hook(Kind.NEXT, 7, CallFlow.MACHINE), new CallInput.Nothing()));
        assertEquals(
                List.of(new Hangup()),
                flow(null).after(new Hook(Kind.NEXT, 7, CallFlow.MACHINE), new CallInput.Nothing()));
    }
}
