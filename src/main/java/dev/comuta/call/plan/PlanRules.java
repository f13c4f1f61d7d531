package dev.comuta.call.plan;

import dev.comuta.channel.Provider;

/** Port: what the calls of one provider can do of a call plan. A provider without rules follows all but agents. */
public interface PlanRules {

    /** The provider of the channels whose plans are checked. */
    Provider provider();

    /** Whether an assistant can speak with callers over a connection that they can interrupt. */
    default boolean relays() {
        return false;
    }

    /** Fails with a problem that names the first field which the calls cannot follow. */
    void require(CallPlan plan);
}
