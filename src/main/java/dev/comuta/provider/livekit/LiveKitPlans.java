package dev.comuta.provider.livekit;

import dev.comuta.call.plan.CallPlan;
import dev.comuta.call.plan.CallStep;
import dev.comuta.call.plan.PlanRules;
import dev.comuta.call.plan.StepKind;
import dev.comuta.channel.Provider;
import dev.comuta.platform.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * What calls in rooms can do of a call plan: wait until somebody of the company joins the room, and request agents. LiveKit
 * speaks no texts, asks for no digits, rings no telephones one after the other, and takes no messages.
 */
@ApplicationScoped
class LiveKitPlans implements PlanRules {

    private static final Set<StepKind> FOLLOWED = Set.of(StepKind.BROKER, StepKind.TEAM, StepKind.AGENT);

    /** Whether a call in a room can do a step of this kind. */
    static boolean follows(StepKind kind) {
        return FOLLOWED.contains(kind);
    }

    @Override
    public Provider provider() {
        return LiveKitProvider.LIVEKIT;
    }

    @Override
    public void require(CallPlan plan) {
        requireSilent("greeting", plan.greeting());
        requireSilent("recordingNotice", plan.recordingNotice());
        requireSilent("closedText", plan.closedText());
        requireSilent("voice", plan.voice());
        if (plan.menu() != null) {
            throw Problem.invalid("menu", "LiveKit asks for no digits and no words: leave the menu out");
        }
        plan.each(LiveKitPlans::requireFollowed);
    }

    private static void requireSilent(String field, String text) {
        if (text != null) {
            throw Problem.invalid(field, "LiveKit speaks no texts: leave it out");
        }
    }

    private static void requireFollowed(String field, CallStep step) {
        if (!follows(step.kind())) {
            throw Problem.invalid(
                    field + ".kind",
                    "LiveKit cannot follow a step '" + step.kind().stored()
                            + "': only 'Corretor', 'Equipe' and 'Agente', whose people and agents join the room");
        }
        if (Boolean.TRUE.equals(step.inTurn())) {
            throw Problem.invalid(field + ".inTurn", "LiveKit rings nobody in turn: use one step for each user");
        }
    }
}
