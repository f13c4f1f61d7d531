package dev.comuta.call.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.ChannelTerms;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Revision;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads and changes the call plans of channels. */
@ApplicationScoped
class CallPlans {

    private final Transactions transactions;
    private final PlanStore plans;
    private final ChannelDirectory channels;
    private final UserStore users;
    private final Changes changes;
    private final Rules rules;
    private final DialedNumbers numbers;

    CallPlans(
            Transactions transactions,
            PlanStore plans,
            ChannelDirectory channels,
            UserStore users,
            Changes changes,
            Rules rules,
            DialedNumbers numbers) {
        this.transactions = transactions;
        this.plans = plans;
        this.channels = channels;
        this.users = users;
        this.changes = changes;
        this.rules = rules;
        this.numbers = numbers;
    }

    /** The plan of a voice channel. Fails with 404 for an unknown channel, and with a conflict for another type. */
    Uni<Revision<CallPlan>> get(ChannelRef channel) {
        return transactions.statementsInTenant(
                channel.clientId(), tx -> requireVoice(tx, channel).chain(() -> plans.find(tx, channel)));
    }

    /** Changes the plan. Calls that begin later follow the new one. */
    Uni<Revision<CallPlan>> change(ChannelRef channel, ObjectNode patch, String ifMatch) {
        return transactions.statementsInTenant(channel.clientId(), tx -> requireVoice(tx, channel)
                .chain(() -> plans.lock(tx, channel))
                .chain(current -> change(tx, channel, current.require(ifMatch).body(), patch)));
    }

    private Uni<Revision<CallPlan>> change(Tx tx, ChannelRef channel, CallPlan before, ObjectNode patch) {
        CallPlan next = changes.merged(before, patch);
        next.requireValid();
        return requireFollowed(tx, channel, next)
                .chain(() -> requireUsers(tx, channel.clientId(), before, next))
                .chain(() -> requireNumbers(tx, channel.clientId(), next))
                .chain(() -> requireSender(tx, next.followUpOrDefault()))
                .chain(() -> plans.change(tx, channel, next));
    }

    private Uni<ChannelTerms> requireVoice(Tx tx, ChannelRef channel) {
        return channels.getTerms(tx, channel.channelId()).invoke(terms -> {
            if (!ChannelTypes.VOICE_CALL.equals(terms.type())) {
                throw Problem.of(ProblemType.NOT_FOUND, "only a channel of type 'VoiceCall' has a call plan");
            }
        });
    }

    /** A step that no call would follow is refused here, not passed over when somebody calls. */
    private Uni<Void> requireFollowed(Tx tx, ChannelRef channel, CallPlan plan) {
        return channels.getProvider(tx, channel.channelId())
                .invoke(provider -> rules.require(provider, plan))
                .replaceWithVoid();
    }

    private Uni<Void> requireSender(Tx tx, FollowUp followUp) {
        return Unis.when(followUp.sends(), () -> channels.getTerms(tx, followUp.channelId())
                .onFailure(Problem.class)
                .transform(unknown -> Problem.invalid("followUp.channelId", "is not a channel of this client"))
                .invoke(CallPlans::requireWhatsApp)
                .replaceWithVoid());
    }

    private static void requireWhatsApp(ChannelTerms terms) {
        if (!ChannelTypes.WHATSAPP.equals(terms.type())) {
            throw Problem.invalid("followUp.channelId", "is not a channel of type 'WhatsApp'");
        }
    }

    /** A user who was in the plan before may have become 'Inativo' since. */
    private Uni<Void> requireUsers(Tx tx, long clientId, CallPlan before, CallPlan next) {
        Set<Long> kept = Set.of(before.users());
        return users.findNumbers(tx, clientId, next.users())
                .invoke(known -> next.stepsByField().forEach((field, step) -> step.users().stream()
                        .filter(user -> !known.containsKey(user) && !kept.contains(user))
                        .findFirst()
                        .ifPresent(user -> {
                            throw Problem.invalid(
                                    field + ".userIds",
                                    "the user " + user + " is not an active internal user of this client");
                        })))
                .replaceWithVoid();
    }

    private Uni<Void> requireNumbers(Tx tx, long clientId, CallPlan plan) {
        return InOrder.each(
                plan.stepsByField().entrySet(), step -> requireNumbers(tx, clientId, step.getKey(), step.getValue()));
    }

    private Uni<Void> requireNumbers(Tx tx, long clientId, String field, CallStep step) {
        return step.numbers() == null
                ? Uni.createFrom().voidItem()
                : InOrder.each(
                        IntStream.range(0, step.numbers().size()).boxed().toList(),
                        i -> numbers.require(
                                tx,
                                clientId,
                                field + ".numbers[" + i + "]",
                                step.numbers().get(i)));
    }
}
