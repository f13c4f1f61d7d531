package dev.comuta.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.channel.ChannelProbe.ProbedChannel;
import dev.comuta.channel.Credentials.Sealed;
import dev.comuta.platform.db.DatabaseFailures;
import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.http.ReturnedUrl;
import dev.comuta.platform.http.SsrfGuard;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.ActivationStatus;
import dev.comuta.platform.rest.Changes;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.Patch;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.TenantRows;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.platform.webhook.StandardWebhook;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jboss.resteasy.reactive.RestResponse;

/** Registers and changes channels. */
@ApplicationScoped
class ChannelService {

    private static final TenantRows<Channel> ROWS = new TenantRows<>(Channel.class, "channel");

    private static final String OUTBOUND_URL = "outboundUrl";

    /** Constraints across all clients, so that an inbound message has at most one owner. */
    private static final Set<String> ACTIVE_ONCE =
            Set.of("communicationchannels_active_number", "communicationchannels_active_provider_id");

    private final Transactions transactions;
    private final Changes changes;
    private final Secrets secrets;
    private final Credentials credentials;
    private final NumberClaims claims;
    private final ChannelReports reports;
    private final SsrfGuard outbound;
    private final Quotas quotas;
    private final ChannelRegistry registry;
    private final ChannelConfig config;
    private final Clock clock;

    ChannelService(
            Transactions transactions,
            Changes changes,
            Secrets secrets,
            Credentials credentials,
            NumberClaims claims,
            ChannelReports reports,
            SsrfGuard outbound,
            Quotas quotas,
            ChannelRegistry registry,
            ChannelConfig config,
            Clock clock) {
        this.transactions = transactions;
        this.changes = changes;
        this.secrets = secrets;
        this.credentials = credentials;
        this.claims = claims;
        this.reports = reports;
        this.outbound = outbound;
        this.quotas = quotas;
        this.registry = registry;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Registers a channel. It is 'Pendente' when the caller is not the platform. It is also 'Pendente', and an alert
     * opens, when another client has an active channel with the number.
     */
    <V> Uni<RestResponse<V>> create(Registration request, IdempotentResponse<Revision<NewChannel>, V> once) {
        ChannelFields fields = request.fields();
        String status = request.byPlatform() ? ActivationStatus.orActive(fields.status()) : ActivationStatus.PENDING;
        return requireReachable(request.clientId(), fields.outboundUrl(), fields::credential)
                .chain(() -> insert(request.clientId(), complete(null, fields, status), claims::replayParked, once))
                .onFailure(ChannelService::isActiveElsewhere)
                .recoverWithUni(() -> insert(
                        request.clientId(), complete(null, fields, ActivationStatus.PENDING), claims::dispute, once));
    }

    Uni<Page<ChannelView>> list(long clientId, PageRequest page, ChannelFilter filter) {
        return transactions
                .inTenant(clientId, tx -> ROWS.of(clientId)
                        .with("channelType", filter.channelType())
                        .with("numberKey", filter.numberKey())
                        .with("provider", filter.provider())
                        .with("status", filter.status())
                        .page(tx, page, Channel::channelId))
                .map(channels -> channels.map(channel -> channel.view().body()));
    }

    Uni<Revision<ChannelView>> get(ChannelRef ref) {
        return transactions
                .inTenant(ref.clientId(), tx -> ROWS.get(tx, ref.clientId(), ref.channelId()))
                .map(Channel::view);
    }

    /**
     * Changes a channel. When its new number is active at another client it becomes 'Pendente', and an alert opens.
     * Fails with a conflict when the request sets it 'Ativo' and it cannot become so.
     */
    Uni<Revision<ChannelView>> change(Edit edit) {
        return requireReachable(
                        edit.ref().clientId(),
                        Patch.text(edit.patch(), "/" + OUTBOUND_URL),
                        name -> Patch.text(edit.patch(), "/credentials/" + name))
                .chain(() -> withLock(edit.ref(), (tx, channel) -> apply(tx, edit, channel)))
                .onFailure(ChannelService::isActiveElsewhere)
                .recoverWithUni(() -> edit.activates() ? activeElsewhere() : markPending(edit))
                .map(Channel::view);
    }

    /** @param credential the credential with a name in the request; null for none */
    private Uni<Void> requireReachable(long clientId, String url, UnaryOperator<String> credential) {
        ReturnedUrl.require(OUTBOUND_URL, url, "the webhook secret of the channel signs each request");
        return outbound.require(clientId, OUTBOUND_URL, url)
                .chain(() -> InOrder.each(
                        registry.urlCredentials(),
                        name -> outbound.require(clientId, "credentials." + name, credential.apply(name))));
    }

    private Uni<Channel> markPending(Edit edit) {
        return withLock(edit.ref(), (tx, channel) -> merge(tx, edit, channel)
                .chain(merged -> claims.dispute(tx, merged.markPending(clock.instant()))));
    }

    private static <T> Uni<T> activeElsewhere() {
        return Uni.createFrom()
                .failure(Problem.of(ProblemType.CONFLICT, "status: the number is active at another client"));
    }

    /** The data for asking a channel's provider about its number. */
    Uni<Candidate> candidate(ChannelRef ref) {
        return transactions
                .inTenant(ref.clientId(), tx -> ROWS.get(tx, ref.clientId(), ref.channelId()))
                .map(channel -> channel.candidate(credentials.open(channel.credentials())));
    }

    /** Activates a channel whose provider confirmed the number. Fails with a conflict when its version has changed. */
    <R, V> Uni<RestResponse<V>> activate(
            ChannelRef ref, int version, Function<Revision<ChannelView>, R> as, IdempotentResponse<R, V> once) {
        ChannelWork activation = (tx, channel) -> claims.replayParked(tx, channel.activate(version, clock.instant()));
        return respond(ref, activation, as, once)
                .onFailure(ChannelService::isActiveElsewhere)
                .recoverWithUni(() -> respond(ref, claims::dispute, as, once));
    }

    /** Responds with the channel and changes nothing. */
    <R, V> Uni<RestResponse<V>> unchanged(
            ChannelRef ref, Function<Revision<ChannelView>, R> as, IdempotentResponse<R, V> once) {
        return respond(ref, (tx, channel) -> Uni.createFrom().voidItem(), as, once);
    }

    Uni<Void> deactivate(ChannelRef ref) {
        return transactions
                .inTenant(ref.clientId(), tx -> ROWS.lock(tx, ref.clientId(), ref.channelId())
                        .map(channel -> channel.deactivate(clock.instant())))
                .replaceWithVoid();
    }

    /** Replaces the webhook secret; the previous one stays valid for the overlap. */
    <V> Uni<RestResponse<V>> rotate(ChannelRef ref, int overlapSeconds, IdempotentResponse<WebhookSecret, V> once) {
        return transactions.inTenant(ref.clientId(), once.of(tx -> ROWS.lock(tx, ref.clientId(), ref.channelId())
                .chain(channel -> tx.now().map(now -> replaceSecret(channel, now, overlapSeconds)))));
    }

    private WebhookSecret replaceSecret(Channel channel, Instant now, int overlapSeconds) {
        WebhookSecret secret = WebhookSecret.replacing(now, overlapSeconds);
        channel.rotate(secrets.seal(secret.webhookSecret()), secret.previousValidUntil(), now);
        return secret;
    }

    private <V> Uni<RestResponse<V>> insert(
            long clientId, ChannelFields fields, ChannelWork work, IdempotentResponse<Revision<NewChannel>, V> once) {
        String secret = StandardWebhook.newSecret();
        Sealed sealed = credentials.seal(registry.providerOf(fields.provider()), fields.credentials());
        String sealedSecret = secrets.seal(secret);
        return transactions.inTenant(clientId, once.of(tx -> quotas.requireRoom(tx, clientId, Limit.CHANNELS)
                .chain(() -> tx.persist(() -> new Channel(clientId, fields, sealed, sealedSecret, clock.instant())))
                .call(channel -> work.of(tx, channel))
                .map(channel -> channel.withSecret(secret))));
    }

    private Uni<Channel> withLock(ChannelRef ref, ChannelWork work) {
        return transactions.inTenant(ref.clientId(), tx -> withLock(tx, ref, work));
    }

    private <R, V> Uni<RestResponse<V>> respond(
            ChannelRef ref, ChannelWork work, Function<Revision<ChannelView>, R> as, IdempotentResponse<R, V> once) {
        return transactions.inTenant(
                ref.clientId(), once.of(tx -> withLock(tx, ref, work).map(channel -> as.apply(channel.view()))));
    }

    /** Locks the channel, does the work and returns the channel. */
    private static Uni<Channel> withLock(EntityTx tx, ChannelRef ref, ChannelWork work) {
        return ROWS.lock(tx, ref.clientId(), ref.channelId())
                .call(channel -> work.of(tx, channel))
                .call(() -> tx.session().flush());
    }

    private Uni<Void> apply(EntityTx tx, Edit edit, Channel channel) {
        String before = channel.address();
        return merge(tx, edit, channel)
                .chain(() -> tx.session().flush())
                .chain(() -> Objects.equals(before, channel.address())
                        ? Uni.createFrom().voidItem()
                        : claims.replayParked(tx, channel));
    }

    private static void requireProved(Edit edit, boolean unproved) {
        if (unproved && edit.activates()) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "status: the number is not proved; POST …/verify asks its provider, and a channel of 'Gateway' or 'LiveKit' "
                            + "is set 'Ativo' with a platform key");
        }
    }

    private Uni<Channel> merge(EntityTx tx, Edit edit, Channel channel) {
        ChannelFields current = channel.fields(credentials.openMap(channel.credentials()))
                .require(edit.ifMatch())
                .body();
        ChannelFields next = changes.merged(current, edit.patch());
        String wantedStatus = ActivationStatus.orActive(next.status());
        ChannelFields complete = complete(current.credentials(), next, wantedStatus);
        boolean unproved = !edit.byPlatform()
                && ActivationStatus.ACTIVE.equals(wantedStatus)
                && !(ActivationStatus.ACTIVE.equals(channel.status()) && channel.isSameNumber(complete));
        return quotas.requireRoomToReturn(tx, edit.ref().clientId(), Limit.CHANNELS, channel.status(), wantedStatus)
                .chain(() -> Unis.when(!channel.isNormal(), () -> reports.recovered(tx, edit.ref())))
                .invoke(() -> requireProved(edit, unproved))
                .map(allowed -> channel.change(
                        unproved ? complete.withStatus(ActivationStatus.PENDING) : complete,
                        credentials.seal(registry.providerOf(complete.provider()), complete.credentials()),
                        clock.instant()));
    }

    /**
     * The fields with a status, a provider, and the end of former secrets. Fails with a problem when the provider does
     * not carry the type, or has other ids or credentials.
     *
     * @param stored the stored credentials; may be null
     */
    private ChannelFields complete(Map<String, Object> stored, ChannelFields fields, String status) {
        String name = fields.provider() == null ? config.defaultProvider() : fields.provider();
        registry.requireCarried(fields.channelType(), name);
        Provider provider = registry.providerOf(name);
        provider.requireIds(fields.providerId(), fields.sipTrunkId());
        provider.requireCredentials(fields.credentials());
        if (fields.settings() != null) {
            fields.settings().requireValid();
        }
        return fields.completed(
                status, name, FormerSecrets.withEnd(provider, stored, fields.credentials(), clock.instant()));
    }

    private static boolean isActiveElsewhere(Throwable failure) {
        String constraint = DatabaseFailures.brokenConstraint(failure);
        return constraint != null && ACTIVE_ONCE.contains(constraint);
    }

    /** Work on a channel inside a transaction. */
    @FunctionalInterface
    private interface ChannelWork {

        Uni<Void> of(EntityTx tx, Channel channel);
    }

    /**
     * A channel whose provider is asked about its number.
     *
     * @param version the version of the row
     */
    record Candidate(String status, String provider, ProbedChannel channel, int version) {}

    /** A request to register a channel. */
    record Registration(long clientId, ChannelFields fields, boolean byPlatform) {}

    /** A request to change a channel. With a client key an unproved number cannot become active. */
    record Edit(ChannelRef ref, ObjectNode patch, String ifMatch, boolean byPlatform) {

        /** Whether the request itself sets the channel 'Ativo'. */
        private boolean activates() {
            return ActivationStatus.ACTIVE.equals(Patch.text(patch, "/status"));
        }
    }
}
