package dev.comuta.call.hook;

import dev.comuta.call.CallRef;
import dev.comuta.call.Calls;
import dev.comuta.call.InboundCall;
import dev.comuta.call.RungCall;
import dev.comuta.call.StoredCall;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.SpokenLanguage;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.plan.CallFlow;
import dev.comuta.call.plan.CallInput;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * The steps of calls. A repeated report gets the same steps: what a hook leads to depends on the call's script, the hook
 * and the report. Every method fails with 404 when the client has no such call, and as unavailable when the database is.
 */
@ApplicationScoped
public class CallHooks {

    private static final String LANGUAGE = "pt-BR";
    private static final String ACCEPT = "1";
    private static final List<Verb> HANG_UP = List.of(new Verb.Hangup());

    private final Calls calls;
    private final List<Detour> detours;

    CallHooks(Calls calls, @All List<Detour> detours) {
        this.calls = calls;
        this.detours = detours;
    }

    private Optional<Detour> detour(Hook hook) {
        return detours.stream().filter(detour -> detour.owns(hook.position())).findFirst();
    }

    private Uni<Steps> with(CallRef call, Uni<List<Verb>> verbs) {
        return verbs.chain(next -> calls.get(call).map(stored -> steps(stored, next)));
    }

    /**
     * News of a call to a number of a channel, which may be the first.
     *
     * @return the steps of the begin, for each news that the call has not been answered yet, and for the first; otherwise
     *     none, because the provider is doing them
     */
    public Uni<Steps> ring(InboundCall call) {
        return calls.ring(call).map(rung -> steps(rung.call(), isBegin(call, rung) ? opening(rung.call()) : List.of()));
    }

    private static boolean isBegin(InboundCall call, RungCall rung) {
        CallStatus status = call.news().status();
        return rung.isNew() || (status != null && !status.isAnswered() && !status.isFinal());
    }

    /** What a caller of a number hears that is no channel's. */
    public static Steps unknownNumber() {
        return new Steps(CallFlow.unknownNumber(), new SpokenLanguage(LANGUAGE, null));
    }

    /** The answer to a report after which the provider goes on with what it does. */
    public static Steps noSteps() {
        return new Steps(List.of(), new SpokenLanguage(LANGUAGE, null));
    }

    private static List<Verb> opening(StoredCall call) {
        return call.script() == null || call.state().status().isFinal()
                ? HANG_UP
                : flow(call).start();
    }

    /**
     * News of a call of the company. A provider that dialled may report before it answers our request to dial.
     *
     * @param providerId the provider's id of the call
     */
    public Uni<Steps> reported(CallRef call, String providerId, CallNews news) {
        return calls.reportAccepted(call, providerId, news).map(stored -> steps(stored, List.of()));
    }

    /** News of a telephone that was dialled for a call. */
    public Uni<Steps> leg(CallRef call, Hook hook, String providerId, CallNews news) {
        return detour(hook)
                .map(detour ->
                        with(call, detour.leg(call, hook, providerId, news).replaceWith(List.of())))
                .orElseGet(() -> calls.reportLeg(call, hook.position(), providerId, news)
                        .map(stored -> steps(stored, List.of())));
    }

    /** The result of a step that asked for input, or a request for the next steps. */
    public Uni<Steps> after(CallRef call, Hook hook, CallInput input) {
        return detour(hook)
                .map(detour -> with(call, detour.after(call, hook, input)))
                .orElseGet(() -> afterByScript(call, hook, input));
    }

    private Uni<Steps> afterByScript(CallRef call, Hook hook, CallInput input) {
        return calls.get(call).chain(stored -> {
            List<Verb> next = stepsAfter(stored, hook, input);
            return dialing(stored, next).replaceWith(steps(stored, next));
        });
    }

    /** The end user is dialled when the broker, who is rung first, has accepted the call. */
    private Uni<StoredCall> dialing(StoredCall call, List<Verb> next) {
        return next.stream()
                .filter(verb -> call.ringsBrokerFirst() && verb instanceof Verb.Dial)
                .map(verb -> calls.dialing(call.ref(), positionOf((Verb.Dial) verb)))
                .findFirst()
                .orElseGet(() -> Uni.createFrom().item(call));
    }

    private static String positionOf(Verb.Dial dial) {
        return switch (dial.targets().getFirst()) {
            case Verb.Target.Phone phone -> phone.status().position();
            case Verb.Target.Sip sip -> sip.status().position();
            case Verb.Target.Conference conference -> dial.hook().position();
        };
    }

    private static List<Verb> stepsAfter(StoredCall call, Hook hook, CallInput input) {
        return call.script() == null ? HANG_UP : flow(call).after(hook, input);
    }

    /**
     * Dialling has ended.
     *
     * @param bridged whether somebody was connected with the caller
     */
    public Uni<Steps> dialed(CallRef call, Hook hook, boolean bridged) {
        return detour(hook)
                .map(detour -> with(call, detour.dialed(call, hook, bridged)))
                .orElseGet(() -> dialedByScript(call, hook, bridged));
    }

    private Uni<Steps> dialedByScript(CallRef call, Hook hook, boolean bridged) {
        return (bridged ? calls.attended(call, hook.position()) : calls.get(call))
                .map(stored -> steps(stored, stepsAfter(stored, hook, new CallInput.Dialed(stored.isAttended()))));
    }

    /** The steps of the caller, whose connection moves to the conference of the call. */
    public Uni<Steps> conference(CallRef call) {
        return calls.get(call)
                .map(stored -> steps(
                        stored, stored.script() == null ? HANG_UP : flow(stored).conference()));
    }

    /** A dialled telephone was answered, and its person is asked whether to take the call. */
    public Uni<Steps> confirm(CallRef call, Hook hook) {
        return detour(hook)
                .map(detour -> with(call, detour.confirm(call, hook)))
                .orElseGet(() -> calls.get(call).map(stored -> steps(stored, question(stored, hook))));
    }

    private static List<Verb> question(StoredCall call, Hook hook) {
        if (call.script() == null) {
            return HANG_UP;
        }
        return call.state().status().isFinal()
                ? CallFlow.gone()
                : call.isAttended() ? CallFlow.taken() : flow(call).confirm(hook);
    }

    /** The answer of that person: without steps the provider connects the two. */
    public Uni<Steps> confirmed(CallRef call, Hook hook, String digits) {
        return detour(hook)
                .map(detour -> with(call, detour.confirmed(call, hook, ACCEPT.equals(digits))))
                .orElseGet(() -> confirmedByScript(call, hook, digits));
    }

    private Uni<Steps> confirmedByScript(CallRef call, Hook hook, String digits) {
        return ACCEPT.equals(digits)
                ? calls.accept(call, hook.position()).chain(accepted -> calls.get(call)
                        .map(stored -> steps(stored, accepted ? List.of() : rejection(stored))))
                : calls.get(call).map(stored -> steps(stored, HANG_UP));
    }

    private static List<Verb> rejection(StoredCall call) {
        return call.state().status().isFinal() ? CallFlow.gone() : CallFlow.taken();
    }

    private static CallFlow flow(StoredCall call) {
        return new CallFlow(call.ref().callId(), call.script());
    }

    private static Steps steps(StoredCall call, List<Verb> verbs) {
        String voice = call.script() == null ? null : call.script().voice();
        return new Steps(verbs, new SpokenLanguage(LANGUAGE, voice));
    }
}
