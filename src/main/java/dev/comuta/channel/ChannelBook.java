package dev.comuta.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.Changes;
import dev.comuta.platform.DatabaseFailures;
import dev.comuta.platform.Once;
import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.Revision;
import dev.comuta.platform.Secrets;
import dev.comuta.platform.StandardWebhook;
import dev.comuta.platform.Standing;
import dev.comuta.platform.TenantRows;
import dev.comuta.platform.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/** Registering channels (design document, scenario 1.2). */
@ApplicationScoped
class ChannelBook {

    private static final TenantRows<Channel> ROWS = new TenantRows<>(Channel.class, "channel");

    /** Unique over all clients, so that a message finds one owner. */
    private static final Set<String> ACTIVE_ONCE =
            Set.of("communicationchannels_active_number", "communicationchannels_active_provider_id");

    private final Transactions transactions;
    private final Changes changes;
    private final Secrets secrets;
    private final ChannelConfig config;
    private final Clock clock;

    ChannelBook(Transactions transactions, Changes changes, Secrets secrets, ChannelConfig config, Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.secrets = secrets;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Registers a channel. It is 'Pendente' when the caller is not the platform, or when another channel is active with
     * this number: then somebody has to find out whose the number is.
     */
    <V> Uni<RestResponse<V>> create(Registration asked, Once<Revision<NewChannel>, V> once) {
        ChannelFields fields = asked.fields();
        String status = asked.byPlatform() ? Standing.orActive(fields.status()) : Standing.PENDING;
        return insert(asked.clientId(), complete(fields, status), once)
                .onFailure(ChannelBook::isActiveElsewhere)
                .recoverWithUni(() -> insert(asked.clientId(), complete(fields, Standing.PENDING), once));
    }

    Uni<Page<ChannelView>> list(long clientId, PageRequest page, ChannelFilter filter) {
        return transactions
                .inTenant(clientId, tx -> ROWS.of(clientId)
                        .with("channelType", filter.channelType())
                        .with("status", filter.status())
                        .page(tx, page, Channel::channelId))
                .map(channels -> channels.map(channel -> channel.view().body()));
    }

    Uni<Revision<ChannelView>> get(long clientId, long channelId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.get(tx, clientId, channelId))
                .map(Channel::view);
    }

    Uni<Revision<ChannelView>> change(Edit edit) {
        return transactions
                .inTenant(edit.clientId(), tx -> ROWS.get(tx, edit.clientId(), edit.channelId())
                        .map(channel -> apply(edit, channel))
                        .call(() -> tx.session().flush()))
                .map(Channel::view);
    }

    Uni<Void> deactivate(long clientId, long channelId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.get(tx, clientId, channelId)
                        .map(channel -> channel.deactivate(clock.instant())))
                .replaceWithVoid();
    }

    <V> Uni<RestResponse<V>> rotate(long clientId, long channelId, Once<WebhookSecret, V> once) {
        WebhookSecret secret = new WebhookSecret(StandardWebhook.newSecret());
        String sealed = secrets.seal(secret.webhookSecret());
        return transactions.inTenant(clientId, once.of(tx -> ROWS.get(tx, clientId, channelId)
                .map(channel -> channel.rotate(sealed, clock.instant()))
                .replaceWith(secret)));
    }

    private <V> Uni<RestResponse<V>> insert(long clientId, ChannelFields fields, Once<Revision<NewChannel>, V> once) {
        String secret = StandardWebhook.newSecret();
        Channel channel = new Channel(clientId, fields, secrets.seal(secret), clock.instant());
        return transactions.inTenant(
                clientId, once.of(tx -> tx.session().persist(channel).map(persisted -> channel.issued(secret))));
    }

    private Channel apply(Edit edit, Channel channel) {
        ChannelFields next =
                changes.merged(channel.fields().require(edit.ifMatch()).body(), edit.patch());
        String asked = Standing.orActive(next.status());
        ChannelFields complete = complete(next, asked);
        boolean unproved = !edit.byPlatform()
                && Standing.ACTIVE.equals(asked)
                && !(Standing.ACTIVE.equals(channel.status()) && channel.isSameNumber(complete));
        return channel.change(unproved ? complete(next, Standing.PENDING) : complete, clock.instant());
    }

    private ChannelFields complete(ChannelFields fields, String status) {
        return new ChannelFields(
                fields.channelType(),
                fields.channelIdentifier(),
                status,
                fields.provider() == null ? config.defaultProvider() : fields.provider(),
                fields.providerId(),
                fields.outboundUrl(),
                fields.sipTrunkId(),
                fields.defaultUserId(),
                fields.assistantId());
    }

    private static boolean isActiveElsewhere(Throwable failure) {
        String constraint = DatabaseFailures.brokenConstraint(failure);
        return constraint != null && ACTIVE_ONCE.contains(constraint);
    }

    /** What a caller wants to register. */
    record Registration(long clientId, ChannelFields fields, boolean byPlatform) {}

    /** What a caller wants to change. A client's key cannot make a number active that was not proved. */
    record Edit(long clientId, long channelId, ObjectNode patch, String ifMatch, boolean byPlatform) {}
}
