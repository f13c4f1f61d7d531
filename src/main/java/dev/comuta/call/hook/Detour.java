package dev.comuta.call.hook;

import dev.comuta.call.CallRef;
import dev.comuta.call.answer.Hook;
import dev.comuta.call.answer.Verb;
import dev.comuta.call.plan.CallInput;
import dev.comuta.call.state.CallNews;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Port: steps at positions that are not in the script of a call, such as those of a transfer. */
public interface Detour {

    /** Whether a position is one of these. */
    boolean owns(String position);

    /** The steps after a step that asked for input, or when the next steps are asked for. */
    default Uni<List<Verb>> after(CallRef call, Hook hook, CallInput input) {
        return Uni.createFrom().item(List.of(new Verb.Hangup()));
    }

    /** The steps after dialling. */
    Uni<List<Verb>> dialed(CallRef call, Hook hook, boolean bridged);

    /** What the person hears who answered a dialled telephone. */
    Uni<List<Verb>> confirm(CallRef call, Hook hook);

    /** The steps after that person's answer: none connects the two. */
    Uni<List<Verb>> confirmed(CallRef call, Hook hook, boolean accepted);

    /**
     * News of a dialled telephone.
     *
     * @param providerId the provider's id of the leg; null when not reported
     */
    Uni<Void> leg(CallRef call, Hook hook, String providerId, CallNews news);
}
