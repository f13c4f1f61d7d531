package dev.comuta.call.plan;

import dev.comuta.channel.Provider;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of plans by provider. A provider without rules follows all steps but agents, and has no relay. */
@ApplicationScoped
class Rules {

    private final Map<Provider, PlanRules> byProvider;

    Rules(@All List<PlanRules> rules) {
        this.byProvider =
                rules.stream().collect(Collectors.toUnmodifiableMap(PlanRules::provider, Function.identity()));
    }

    /** Whether calls of a provider can have a connection over which an assistant speaks. */
    boolean relays(Provider provider) {
        PlanRules rules = byProvider.get(provider);
        return rules != null && rules.relays();
    }

    /** Fails with a problem that names the first field which the calls of a provider cannot follow. */
    void require(Provider provider, CallPlan plan) {
        PlanRules rules = byProvider.get(provider);
        if (rules == null) {
            plan.requireNoAgent();
        } else {
            rules.require(plan);
        }
    }
}
