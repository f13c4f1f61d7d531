package dev.comuta.channel;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.comuta.platform.db.CoalescingCache;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.platform.secret.Secrets;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** Finds the channel of a number, and the data for sending from a channel. */
@ApplicationScoped
public class ChannelDirectory {

    private static final String ROUTE = """
            select ChannelID, ClientID, ChannelType, ChannelIdentifier, Provider, WebhookSecret, Credentials,
                   case when PreviousSecretUntil > clock_timestamp() then PreviousWebhookSecret end as previous_secret
            from CommunicationChannels
            where Status = 'Ativo' and comuta_client_is_active(ClientID)""";
    private static final String BY_NUMBER = ROUTE + " and ChannelType = $1 and NumberKey = $2";
    private static final String BY_ID = ROUTE + " and ChannelID = $1";
    private static final String BY_PROVIDER_ID = ROUTE + " and Provider = $1 and ProviderID = $2";
    private static final String OF_ACCOUNT = ROUTE + " and Provider = $1 and ProviderAccount = $2 order by ChannelID";
    private static final String OUTBOUND = """
            select ChannelID, ClientID, Provider, ProviderID, ChannelIdentifier, SIPTrunkID, OutboundUrl, WebhookSecret,
                   Credentials, Settings
            from CommunicationChannels where ChannelID = $1""";

    private static final String ANY_TERMS = """
            select ChannelID, ClientID, ChannelType, Provider, Status = 'Ativo' as active, DefaultUserID, AssistantID,
                   Settings
            from CommunicationChannels
            """;
    private static final String TERMS = ANY_TERMS + "where ChannelID = $1";
    private static final String ACTIVE_TERMS =
            ANY_TERMS + "where ClientID = $1 and ChannelType = $2 and NumberKey = $3 and Status = 'Ativo'";

    private static final String ACTIVE = """
            select ClientID, ChannelID from CommunicationChannels
            where Provider = $1 and Status = 'Ativo' and ChannelID > $2 order by ChannelID limit $3""";

    private static final String OWN = """
            select from CommunicationChannels
            where ClientID = $1 and ChannelType = $2 and NumberKey = $3 and Status = 'Ativo'""";

    private static final String PROVIDER = "select Provider from CommunicationChannels where ChannelID = $1";

    private static final String ATTENDANCE = """
            select ChannelIdentifier, Settings -> 'businessHours' as hours, AssistantID is not null as assistant
            from CommunicationChannels where ChannelID = $1""";

    private static final int MAX_CACHED = 10_000;

    private final com.github.benmanes.caffeine.cache.Cache<Versioned, OutboundChannel> outbounds =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();
    private final ChannelRegistry registry;
    private final Transactions transactions;
    private final Secrets secrets;
    private final Credentials credentials;
    private final Cache routes;
    private final Clock clock;

    ChannelDirectory(
            ChannelRegistry registry,
            Transactions transactions,
            Secrets secrets,
            Credentials credentials,
            @CacheName("channel-routes") Cache routes,
            Clock clock) {
        this.registry = registry;
        this.transactions = transactions;
        this.secrets = secrets;
        this.credentials = credentials;
        this.routes = routes;
        this.clock = clock;
    }

    /**
     * How a channel is attended to.
     *
     * @param channelIdentifier the number in E.164
     * @param hours the hours in which people answer; null when they always do
     * @param assistant whether an assistant answers
     */
    public record Attendance(String channelIdentifier, BusinessHours hours, boolean assistant) {}

    /** One version of one channel. */
    private record Versioned(long channelId, int version) {}

    /**
     * The active channel with this number, in whichever of its forms, among all active clients. The result may be one
     * second old.
     *
     * @return null when there is none; fails only when the database is unavailable (may be retried)
     */
    public Uni<ChannelRoute> findRoute(ChannelType channelType, PhoneNumber number) {
        String key = number.identityKey();
        return findCached(List.of(channelType.stored(), key), BY_NUMBER, channelType.stored(), key);
    }

    /** The active channel with this id, of an active client. The result may be one second old. */
    public Uni<ChannelRoute> findRoute(long channelId) {
        return findCached(channelId, BY_ID, channelId);
    }

    /**
     * The active channel of an active client with this id at the provider (for Meta phone_number_id). The result may be
     * one second old.
     */
    public Uni<ChannelRoute> findRouteByProviderId(Provider provider, String providerId) {
        return findCached(List.of("", provider.stored(), providerId), BY_PROVIDER_ID, provider.stored(), providerId);
    }

    /** The same as {@link #findRouteByProviderId}, as the database has it now. */
    public Uni<ChannelRoute> readRouteByProviderId(Provider provider, String providerId) {
        return lookUp(BY_PROVIDER_ID, provider.stored(), providerId).map(route -> route.orElse(null));
    }

    /** The active channels of active clients whose numbers belong to this account of a provider. */
    public Uni<List<ChannelRoute>> findRoutesOfAccount(Provider provider, String account) {
        return transactions.statementsAsPlatform(
                PlatformReason.ROUTING, tx -> tx.list(OF_ACCOUNT, this::route, provider.stored(), account));
    }

    /**
     * The data for sending from a channel, regardless of its status. It is read in the caller's transaction, and cached
     * until the row has another version. Fails with a problem when the transaction sees no such channel.
     *
     * @param version of the channel's row, as the caller's transaction sees it
     */
    public Uni<OutboundChannel> getOutbound(Tx tx, long channelId, int version) {
        Versioned key = new Versioned(channelId, version);
        OutboundChannel cached = outbounds.getIfPresent(key);
        return cached != null
                ? Uni.createFrom().item(cached)
                : tx.get(OUTBOUND, this::outbound, "channel", channelId).invoke(found -> outbounds.put(key, found));
    }

    /** The same as the row has them now. */
    public Uni<OutboundChannel> getOutbound(Tx tx, ChannelRef channel) {
        return tx.get(OUTBOUND, this::outbound, "channel", channel.channelId());
    }

    /** The provider of a channel. Fails with a problem when the transaction sees no such channel. */
    public Uni<Provider> getProvider(Tx tx, long channelId) {
        return tx.get(PROVIDER, row -> registry.providerOf(row.getString(0)), "channel", channelId);
    }

    /** The active channels of a provider that the transaction sees, in the order of their ids after one of them. */
    public Uni<List<ChannelRef>> active(Tx tx, Provider provider, long after, int atMost) {
        return tx.list(ACTIVE, ChannelDirectory::ref, provider.stored(), after, atMost);
    }

    /** Whether a number is that of an active channel of the client with the type of this one. */
    public Uni<Boolean> isOwn(Tx tx, ChannelTerms channel, PhoneNumber number) {
        return tx.sql(OWN, channel.ref().clientId(), channel.type().stored(), number.identityKey())
                .map(rows -> rows.size() > 0);
    }

    /** {@return the active channel of a client with this type and number, or null when there is none} */
    public Uni<ChannelTerms> findActive(Tx tx, long clientId, ChannelType type, PhoneNumber number) {
        return tx.find(ACTIVE_TERMS, this::terms, clientId, type.stored(), number.identityKey());
    }

    /** What may be sent from a channel. Fails with a problem when the transaction sees no such channel. */
    public Uni<ChannelTerms> getTerms(Tx tx, long channelId) {
        return tx.get(TERMS, this::terms, "channel", channelId);
    }

    private ChannelTerms terms(Row row) {
        return new ChannelTerms(
                ref(row),
                new ChannelType(row.getString("channeltype")),
                registry.providerOf(row.getString("provider")),
                row.getBoolean("active"),
                row.getLong("defaultuserid"),
                row.getLong("assistantid"),
                ChannelSettings.of(row.getJsonObject("settings").getMap())
                        .pace()
                        .hasWindow());
    }

    /** How a channel is attended to. Fails with a problem when the transaction sees no such channel. */
    public Uni<Attendance> getAttendance(Tx tx, long channelId) {
        return tx.get(ATTENDANCE, ChannelDirectory::attendance, "channel", channelId);
    }

    private static Attendance attendance(Row row) {
        return new Attendance(
                row.getString("channelidentifier"),
                BusinessHours.of(row.getJsonObject("hours")),
                row.getBoolean("assistant"));
    }

    private Uni<ChannelRoute> findCached(Object key, String statement, Object... parameters) {
        CompletableFuture<Optional<ChannelRoute>> cached =
                routes.as(CaffeineCache.class).getIfPresent(key);
        // the usual case of every message: a cached route needs no wait and no change of context
        return cached != null && cached.state() == Future.State.SUCCESS
                ? Uni.createFrom().item(cached.resultNow().orElse(null))
                : CoalescingCache.in(routes, key, same -> lookUp(statement, parameters))
                        .map(route -> route.orElse(null));
    }

    private Uni<Optional<ChannelRoute>> lookUp(String statement, Object... parameters) {
        return transactions
                .statementsAsPlatform(PlatformReason.ROUTING, tx -> tx.find(statement, this::route, parameters))
                .map(Optional::ofNullable);
    }

    private static ChannelRef ref(Row row) {
        return new ChannelRef(row.getLong("clientid"), row.getLong("channelid"));
    }

    private ChannelRoute route(Row row) {
        List<String> sealed = Stream.of(row.getString("webhooksecret"), row.getString("previous_secret"))
                .filter(Objects::nonNull)
                .map(secrets::open)
                .toList();
        Provider provider = registry.providerOf(row.getString("provider"));
        return new ChannelRoute(
                ref(row),
                new ChannelType(row.getString("channeltype")),
                row.getString("channelidentifier"),
                provider,
                sealed,
                FormerSecrets.valid(provider, credentials.open(row.getString("credentials")), clock.instant()));
    }

    private OutboundChannel outbound(Row row) {
        String sealed = row.getString("webhooksecret");
        return new OutboundChannel(
                ref(row),
                registry.providerOf(row.getString("provider")),
                row.getString("providerid"),
                row.getString("channelidentifier"),
                row.getString("siptrunkid"),
                row.getString("outboundurl"),
                sealed == null ? null : secrets.open(sealed),
                ChannelSettings.of(row.getJsonObject("settings").getMap()).pace(),
                credentials.open(row.getString("credentials")));
    }
}
