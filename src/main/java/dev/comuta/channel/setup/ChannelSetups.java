package dev.comuta.channel.setup;

import dev.comuta.channel.ChannelConfig;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.ChannelProof;
import dev.comuta.channel.ChannelProof.Proof;
import dev.comuta.channel.ChannelRef;
import dev.comuta.channel.ChannelType;
import dev.comuta.channel.ChannelView;
import dev.comuta.channel.OutboundChannel;
import dev.comuta.channel.setup.SetupCheck.CheckedChannel;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.rest.Revision;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * Verifies a channel: proves its number, and asks its provider which steps of the set-up are done. The provider is asked
 * between two transactions.
 */
@ApplicationScoped
class ChannelSetups {

    private static final String STATE = """
            select ChannelType as type, Status = 'Ativo' as active, LastWebhookAt as last_webhook_at
            from CommunicationChannels where ClientID = $1 and ChannelID = $2""";

    private final Map<String, SetupCheck> checks;
    private final ChannelProof proof;
    private final ChannelDirectory channels;
    private final Transactions transactions;
    private final ChannelConfig config;

    ChannelSetups(
            @All List<SetupCheck> checks,
            ChannelProof proof,
            ChannelDirectory channels,
            Transactions transactions,
            ChannelConfig config) {
        this.checks = checks.stream()
                .collect(Collectors.toMap(check -> check.provider().stored(), Function.identity()));
        this.proof = proof;
        this.channels = channels;
        this.transactions = transactions;
        this.config = config;
    }

    /** The answer of the provider, and the steps that it found. */
    private record Verified(Proof proof, List<SetupStep> steps) {

        Revision<ChannelSetup> of(Revision<ChannelView> channel) {
            ChannelView view = channel.body();
            return new Revision<>(
                    new ChannelSetup(view.channelId(), view.status(), proof.reason(), steps), channel.number());
        }
    }

    /**
     * The state of the channel, 'Ativo' when its number is proved, and the steps of its set-up. Fails as unavailable when
     * the provider cannot be reached, and with a conflict when the channel was changed meanwhile.
     */
    <V> Uni<RestResponse<V>> verify(ChannelRef ref, IdempotentResponse<Revision<ChannelSetup>, V> once) {
        return proof.ask(ref)
                .chain(asked -> steps(ref).map(steps -> new Verified(asked, steps)))
                .chain(verified -> proof.conclude(ref, verified.proof(), verified::of, once));
    }

    private Uni<List<SetupStep>> steps(ChannelRef ref) {
        return transactions
                .statementsInTenant(Workload.API, ref.clientId(), tx -> channels.getOutbound(tx, ref)
                        .chain(channel -> checked(tx, channel)))
                .chain(this::check);
    }

    private static Uni<CheckedChannel> checked(Tx tx, OutboundChannel channel) {
        return tx.get(
                STATE,
                row -> checked(channel, row),
                "channel",
                channel.ref().clientId(),
                channel.ref().channelId());
    }

    private static CheckedChannel checked(OutboundChannel channel, Row row) {
        OffsetDateTime last = row.getOffsetDateTime("last_webhook_at");
        return new CheckedChannel(
                channel,
                new ChannelType(row.getString("type")),
                row.getBoolean("active"),
                last == null ? null : last.toInstant());
    }

    private Uni<List<SetupStep>> check(CheckedChannel channel) {
        SetupCheck check = checks.get(channel.channel().provider().stored());
        return check == null ? Uni.createFrom().item(List.of()) : check.check(channel, config.proofTimeLimit());
    }
}
