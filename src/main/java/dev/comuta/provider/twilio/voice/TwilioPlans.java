package dev.comuta.provider.twilio.voice;

import dev.comuta.call.answer.RelayVoice;
import dev.comuta.call.plan.CallPlan;
import dev.comuta.call.plan.PlanRules;
import dev.comuta.channel.Provider;
import dev.comuta.platform.problem.Problem;
import dev.comuta.provider.twilio.TwilioProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.TreeSet;

/** What calls at Twilio can do of a call plan: everything but agents. An assistant has a voice that both its forms know. */
@ApplicationScoped
class TwilioPlans implements PlanRules {

    @Override
    public Provider provider() {
        return TwilioProvider.TWILIO;
    }

    @Override
    public boolean relays() {
        return true;
    }

    @Override
    public void require(CallPlan plan) {
        plan.requireNoAgent();
        if (plan.hasAssistant() && plan.voice() != null && !RelayVoice.NAMES.contains(plan.voice())) {
            throw Problem.invalid(
                    "voice",
                    "no voice with which an assistant speaks: leave it out, or choose one of "
                            + String.join(", ", new TreeSet<>(RelayVoice.NAMES)));
        }
    }
}
