package dev.comuta.call;

import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Calls as their providers know them, for commands to them. */
@ApplicationScoped
public class CallsAtProvider {

    private final CallStore store;
    private final ChannelDirectory channels;
    private final CallProviders providers;

    CallsAtProvider(CallStore store, ChannelDirectory channels, CallProviders providers) {
        this.store = store;
        this.channels = channels;
        this.providers = providers;
    }

    /**
     * A call and what its provider needs.
     *
     * @param atProvider its id is null until the provider accepted the call
     */
    public record Found(StoredCall call, ProviderCall atProvider) {}

    /** Locks the session of a call, and the call. Fails with 404 when the client has no such call. */
    public Uni<StoredCall> lock(Tx tx, CallRef call) {
        return store.lock(tx, call);
    }

    /** Reads a call without a lock. Fails with 404 when the client has no such call. */
    public Uni<Found> get(Tx tx, CallRef call) {
        return store.get(tx, call).chain(stored -> get(tx, stored));
    }

    private Uni<Found> get(Tx tx, StoredCall call) {
        return channels.getOutbound(tx, new ChannelRef(call.ref().clientId(), call.channelId()))
                .chain(channel -> store.legs(tx, call.ref())
                        .map(legs -> new Found(
                                call,
                                new ProviderCall(call.ref(), call.sessionId(), channel, call.providerId(), legs))));
    }

    /** Fails with a conflict when the provider of a call cannot carry out a command. */
    public Uni<Void> requireSupported(Tx tx, StoredCall call, CallCommand command) {
        return channels.getProvider(tx, call.channelId())
                .map(providers::require)
                .invoke(provider -> {
                    if (!provider.supports(command)) {
                        throw Problem.of(ProblemType.CONFLICT, provider.refusal(command));
                    }
                })
                .replaceWithVoid();
    }

    /** Whether the steps of a call record it. */
    public Uni<Boolean> recordsBySteps(Tx tx, StoredCall call) {
        return channels.getProvider(tx, call.channelId())
                .map(provider ->
                        providers.of(provider).map(CallProvider::recordsBySteps).orElse(true));
    }

    /** Carries out a command, outside of any transaction. */
    public Uni<Void> command(ProviderCall call, CallCommand command) {
        return providers.require(call.channel().provider()).command(call, command);
    }
}
