package dev.comuta.call.outgoing;

import dev.comuta.call.plan.DialedNumbers;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelTerms;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The telephones that a client may dial besides those of end users. */
@ApplicationScoped
public class CallTargets implements DialedNumbers {

    private static final List<Limit> CEILINGS = List.of(Limit.CALLS_PER_HOUR, Limit.CALLS_PER_DAY);

    private final CallRuleStore rules;
    private final UserStore users;
    private final ChannelDirectory channels;
    private final Quotas quotas;

    CallTargets(CallRuleStore rules, UserStore users, ChannelDirectory channels, Quotas quotas) {
        this.rules = rules;
        this.users = users;
        this.channels = channels;
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
                .chain(() -> userId == null
                        ? callable(tx, clientId, "number", number).map(PhoneNumber::e164)
                        : rules.effective(tx, clientId).chain(own -> ofUser(tx, clientId, userId, own.countries())));
    }

    @Override
    public Uni<Void> require(Tx tx, long clientId, String field, String number) {
        return callable(tx, clientId, field, number).replaceWithVoid();
    }

    private Uni<PhoneNumber> callable(Tx tx, long clientId, String field, String text) {
        return rules.effective(tx, clientId)
                .map(own -> CallableNumbers.require(field, text, own.countries()))
                .call(number -> channels.findActive(tx, clientId, ChannelTypes.VOICE_CALL, number)
                        .invoke(channel -> requireForeign(field, channel)));
    }

    /** A call to a channel of the client would come back to its call plan. */
    private static void requireForeign(String field, ChannelTerms channel) {
        if (channel != null) {
            throw Problem.invalid(field, "is the number of a channel of this client");
        }
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
