package dev.comuta.call.outgoing;

import dev.comuta.call.plan.CallPlan;
import dev.comuta.call.plan.CallScript;
import dev.comuta.call.plan.CallScript.Callee;
import dev.comuta.call.plan.CallScript.Menu;
import dev.comuta.call.plan.CallScript.Option;
import dev.comuta.call.plan.CallScript.Outgoing;
import dev.comuta.call.plan.CallScript.Step;
import dev.comuta.call.plan.MachineRule;
import dev.comuta.call.plan.StepKind;
import java.util.List;

/**
 * The script of a call of the company. Pure.
 *
 * @param fields of the request
 * @param called the end user's number, E.164, or address at WhatsApp
 * @param broker number of the internal user who is rung first, E.164; null for none
 * @param ringSeconds how long a telephone rings
 * @param maxSeconds the longest call that the client may make
 */
record OutgoingScript(OutgoingCallFields fields, String called, String broker, int ringSeconds, int maxSeconds) {

    private static final String ACCEPT = "1";
    private static final int QUESTION_SECONDS = 8;
    private static final int QUESTIONS = 2;
    private static final String RECORDED = "Esta ligação será gravada.";
    private static final String NOT_ANSWERED = "A pessoa não atendeu. Obrigado.";
    private static final String UNNAMED = "o cliente";

    /**
     * The script.
     *
     * @param plan of the channel
     * @param open what an incoming call of the end user would do in business hours
     */
    CallScript of(CallPlan plan, CallScript open) {
        boolean recorded = fields.recorded() == null ? open.recorded() : fields.recorded();
        List<String> notice = recorded ? List.of(notice(plan)) : List.of();
        boolean speaks = fields.connect() != null;
        return new CallScript(
                false,
                speaks ? List.of(fields.connect().say()) : broker == null ? notice : List.of(),
                broker == null ? null : question(open.caller(), notice),
                speaks || broker != null ? List.of() : open.steps(),
                speaks || broker != null ? null : open.closing(),
                recorded,
                open.caller(),
                open.callerId(),
                Math.min(open.maxSeconds(), maxSeconds),
                open.voice(),
                new Outgoing(
                        broker == null ? called : broker,
                        ringSeconds,
                        fields.onMachine() == null ? MachineRule.CONNECT : fields.onMachine(),
                        fields.message()));
    }

    private static String notice(CallPlan plan) {
        return plan.recordingNotice() == null ? RECORDED : plan.recordingNotice();
    }

    /** What the broker hears who is rung first. Without the digit the end user is not called. */
    private Menu question(String name, List<String> notice) {
        String end = notice.isEmpty() ? "" : " " + notice.getFirst();
        String text = "Ligação para " + (name == null ? UNNAMED : name) + ". Tecle 1 para ligar." + end;
        Step endUser =
                new Step(StepKind.NUMBERS, List.of(new Callee(null, called, null)), null, ringSeconds, false, false);
        Step otherwise = new Step(StepKind.SAY, List.of(), NOT_ANSWERED, ringSeconds, false, false);
        return new Menu(
                text, List.of(new Option(ACCEPT, List.of(), List.of(endUser, otherwise))), QUESTION_SECONDS, QUESTIONS);
    }
}
