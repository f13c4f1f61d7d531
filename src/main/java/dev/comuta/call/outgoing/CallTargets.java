package dev.comuta.call.outgoing;

import dev.comuta.people.UserStore;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The telephones that a client may dial besides those of end users. */
@ApplicationScoped
public class CallTargets {

    private static final List<Limit> CEILINGS = List.of(Limit.CALLS_PER_HOUR, Limit.CALLS_PER_DAY);

    private final CallRuleStore rules;
    private final UserStore users;
    private final Quotas quotas;

    CallTargets(CallRuleStore rules, UserStore users, Quotas quotas) {
        this.rules = rules;
        this.users = users;
        this.quotas = quotas;
    }

    /**
     * The number of an internal user, or a number itself. Fails as invalid when it must not be called, and when the client
     * has reached a limit of calls.
     *
     * @param userId null when a number is named
     * @param number null when a user is named
     * @return E.164
     */
    public Uni<String> require(Tx tx, long clientId, Long userId, String number) {
        return InOrder.each(CEILINGS, limit -> quotas.requireRoom(tx, clientId, limit))
                .chain(() -> rules.effective(tx, clientId))
                .chain(own -> userId == null
                        ? Uni.createFrom().item(() -> CallableNumbers.require("number", number, own.countries())
                                .e164())
                        : ofUser(tx, clientId, userId, own.countries()));
    }

    /** The number of an active internal user, E.164. Fails as invalid when there is none that may be called. */
    Uni<String> ofUser(Tx tx, long clientId, long userId, Set<String> countries) {
        return users.findNumbers(tx, clientId, new Long[] {userId})
                .map(numbers -> required(numbers, userId, countries));
    }

    private static String required(Map<Long, String> numbers, long userId, Set<String> countries) {
        if (!numbers.containsKey(userId)) {
            throw Problem.invalid("userId", "is not an active internal user of this client");
        }
        String number = numbers.get(userId);
        if (number == null) {
            throw Problem.invalid("userId", "has no phone number; add it to the internal user");
        }
        return CallableNumbers.require("userId", number, countries).e164();
    }
}
