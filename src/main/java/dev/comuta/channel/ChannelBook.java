package dev.comuta.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.platform.Changes;
import dev.comuta.platform.DatabaseFailures;
import dev.comuta.platform.EntityTx;
import dev.comuta.platform.Page;
import dev.comuta.platform.PageRequest;
import dev.comuta.platform.Revision;
import dev.comuta.platform.Secrets;
import dev.comuta.platform.StandardWebhook;
import dev.comuta.platform.Standing;
import dev.comuta.platform.TenantRows;
import dev.comuta.platform.Transactions;
import dev.comuta.task.NewTask;
import dev.comuta.task.TaskType;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

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
    private final Credentials credentials;
    private final Tasks tasks;
    private final ChannelConfig config;
    private final Clock clock;

    ChannelBook(
            Transactions transactions,
            Changes changes,
            Secrets secrets,
            Credentials credentials,
            Tasks tasks,
            ChannelConfig config,
            Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.secrets = secrets;
        this.credentials = credentials;
        this.tasks = tasks;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Registers a channel. It is 'Pendente' when the caller is not the platform, or when another channel is active with
     * this number: then somebody has to find out whose the number is.
     */
    Uni<Revision<NewChannel>> create(long clientId, ChannelFields fields, boolean byPlatform) {
        String status = byPlatform ? Standing.orActive(fields.status()) : Standing.PENDING;
        String secret = StandardWebhook.newSecret();
        return insert(clientId, complete(fields, status), secret)
                .onFailure(ChannelBook::isActiveElsewhere)
                .recoverWithUni(() -> insert(clientId, complete(fields, Standing.PENDING), secret));
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
                .inTenant(edit.clientId(), tx -> ROWS.lock(tx, edit.clientId(), edit.channelId())
                        .chain(channel -> apply(tx, edit, channel)))
                .map(Channel::view);
    }

    Uni<Void> deactivate(long clientId, long channelId) {
        return transactions
                .inTenant(clientId, tx -> ROWS.lock(tx, clientId, channelId)
                        .map(channel -> channel.deactivate(clock.instant())))
                .replaceWithVoid();
    }

    Uni<WebhookSecret> rotate(long clientId, long channelId) {
        WebhookSecret secret = new WebhookSecret(StandardWebhook.newSecret());
        String sealed = secrets.seal(secret.webhookSecret());
        return transactions
                .inTenant(clientId, tx -> ROWS.lock(tx, clientId, channelId)
                        .map(channel -> channel.rotate(sealed, clock.instant())))
                .replaceWith(secret);
    }

    private Uni<Revision<NewChannel>> insert(long clientId, ChannelFields fields, String secret) {
        String sealed = credentials.seal(fields.credentials());
        Channel channel = new Channel(clientId, fields, sealed, secrets.seal(secret), clock.instant());
        return transactions
                .inTenant(clientId, tx -> tx.session().persist(channel).chain(() -> replayParked(tx, channel, null)))
                .map(persisted -> channel.issued(secret));
    }

    private Uni<Channel> apply(EntityTx tx, Edit edit, Channel channel) {
        String before = channel.address();
        merge(edit, channel);
        return tx.session()
                .flush()
                .chain(() -> replayParked(tx, channel, before))
                .replaceWith(channel);
    }

    /** What came for the number before it was known is taken in, once nobody can still find it unknown. */
    private Uni<Void> replayParked(EntityTx tx, Channel channel, String before) {
        if (channel.address() == null || channel.address().equals(before)) {
            return Uni.createFrom().voidItem();
        }
        JsonObject request = new JsonObject().put("channelId", channel.channelId());
        Instant notBefore = clock.instant().plus(config.replayDelay());
        return tasks.request(
                tx,
                new NewTask(
                        TaskType.REPLAY_PARKED,
                        channel.clientId(),
                        null,
                        request,
                        null,
                        "estacionados:" + channel.channelId(),
                        notBefore));
    }

    private void merge(Edit edit, Channel channel) {
        ChannelFields current = channel.fields(credentials.openMap(channel.credentials()))
                .require(edit.ifMatch())
                .body();
        ChannelFields next = changes.merged(current, edit.patch());
        String asked = Standing.orActive(next.status());
        ChannelFields complete = complete(next, asked);
        boolean unproved = !edit.byPlatform()
                && Standing.ACTIVE.equals(asked)
                && !(Standing.ACTIVE.equals(channel.status()) && channel.isSameNumber(complete));
        channel.change(
                unproved ? complete(next, Standing.PENDING) : complete,
                credentials.seal(next.credentials()),
                clock.instant());
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
                fields.assistantId(),
                fields.credentials());
    }

    private static boolean isActiveElsewhere(Throwable failure) {
        String constraint = DatabaseFailures.brokenConstraint(failure);
        return constraint != null && ACTIVE_ONCE.contains(constraint);
    }

    /** What a caller wants to change. A client's key cannot make a number active that was not proved. */
    record Edit(long clientId, long channelId, ObjectNode patch, String ifMatch, boolean byPlatform) {}
}
