package dev.comuta.call.transfer;

import dev.comuta.call.StoredCall;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Hook.Kind;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.answer.Verb.Dial;
import dev.comuta.call.answer.Verb.Gather;
import dev.comuta.call.answer.Verb.Hangup;
import dev.comuta.call.answer.Verb.Say;
import dev.comuta.call.answer.Verb.Target;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.call.plan.CallInput;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The steps of a transfer, and their positions: {@code t-<id>} of the new person, {@code r-<id>} of the way back. Pure. */
final class TransferSteps {

    private static final Pattern POSITION = Pattern.compile("([tr])-([0-9]{1,18})");
    private static final Duration SILENCE = Duration.ofSeconds(8);
    private static final Duration BACK_RINGS = Duration.ofSeconds(25);
    private static final String WAIT = "Aguarde um momento, por favor. Sua ligação está sendo transferida.";
    private static final String UNNAMED = "um número não identificado";
    private static final String NO_STEP = "p-98-99";

    private TransferSteps() {}

    /**
     * A position.
     *
     * @param isBack whether it is on the way back
     */
    record Place(long transferId, boolean isBack) {}

    /** {@return the place of a position, or null when it is none of a transfer} */
    static Place place(String position) {
        Matcher parts = POSITION.matcher(position);
        return parts.matches() ? new Place(Long.parseLong(parts.group(2)), "r".equals(parts.group(1))) : null;
    }

    /** The end user waits while the new person's telephone rings. */
    static List<Verb> toNewPerson(StoredCall call, StoredTransfer transfer) {
        String position = "t-" + transfer.transferId();
        return List.of(
                new Say(WAIT), dial(call, position, transfer.toNumber(), Duration.ofSeconds(transfer.ringSeconds())));
    }

    /** The end user goes back to the person who transferred. */
    static List<Verb> back(StoredCall call, StoredTransfer transfer, String number) {
        return List.of(dial(call, "r-" + transfer.transferId(), number, BACK_RINGS));
    }

    private static Dial dial(StoredCall call, String position, String number, Duration ringTime) {
        long id = call.ref().callId();
        Target target =
                new Target.Phone(number, new Hook(Kind.LEG, id, position), new Hook(Kind.CONFIRM, id, position));
        return new Dial(
                List.of(target),
                ringTime,
                Duration.ofSeconds(call.script().maxSeconds()),
                call.script().callerId(),
                call.script().recorded(),
                new Hook(Kind.DIALED, id, position));
    }

    /**
     * The next step of the plan, when nobody is left.
     *
     * @param takenAt where somebody took the call; null when it is not known
     */
    static List<Verb> afterAll(StoredCall call, String takenAt) {
        long id = call.ref().callId();
        Hook hook = new Hook(Kind.DIALED, id, takenAt == null ? NO_STEP : takenAt);
        return new CallFlow(id, call.script()).after(hook, new CallInput.Dialed(false));
    }

    /** What the person hears who answers. */
    static List<Verb> question(StoredCall call, StoredTransfer transfer, Hook hook, boolean isBack) {
        String name = call.script().caller() == null ? UNNAMED : call.script().caller();
        String text = isBack
                ? "A transferência de " + name + " não foi atendida. Tecle 1 para voltar à ligação."
                : "Transferência de " + name + "." + summary(transfer) + " Tecle 1 para atender.";
        return List.of(
                new Gather(
                        List.of(new Say(text)),
                        1,
                        SILENCE,
                        List.of(),
                        new Hook(Kind.CONFIRMED, call.ref().callId(), hook.position())),
                new Hangup());
    }

    private static String summary(StoredTransfer transfer) {
        return transfer.summary() == null ? "" : " " + transfer.summary();
    }
}
