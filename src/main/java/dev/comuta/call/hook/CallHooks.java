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
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

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

    CallHooks(Calls calls) {
        this.calls = calls;
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
        return calls.reportLeg(call, hook.position(), providerId, news).map(stored -> steps(stored, List.of()));
    }

    /** The result of a step that asked for input, or a request for the next steps. */
    public Uni<Steps> after(CallRef call, Hook hook, CallInput input) {
        return calls.get(call).map(stored -> steps(stored, stepsAfter(stored, hook, input)));
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
        return (bridged ? calls.attended(call, hook.position()) : calls.get(call))
                .map(stored -> steps(stored, stepsAfter(stored, hook, new CallInput.Dialed(stored.isAttended()))));
    }

    /** A dialled telephone was answered, and its person is asked whether to take the call. */
    public Uni<Steps> confirm(CallRef call, Hook hook) {
        return calls.get(call).map(stored -> steps(stored, question(stored, hook)));
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
