package dev.comuta.channel;

import dev.comuta.alert.TestAlerts;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.platform.secret.TestSecrets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;

/** Channels without a server. */
public final class TestChannels {

    private TestChannels() {}

    /** The directory for sending through these providers; it finds no routes. */
    public static ChannelDirectory forSending(Transactions transactions, List<Provider> providers) {
        Secrets secrets = TestSecrets.secrets();
        ChannelRegistry registry =
                new ChannelRegistry(List.of(ChannelTypes.WHATSAPP, ChannelTypes.VOICE_CALL), providers);
        return new ChannelDirectory(registry, transactions, secrets, new Credentials(secrets), null, Clock.systemUTC());
    }

    /** A directory in which every channel has these credentials; null for a channel that is not active. */
    public static ChannelDirectory withCredentials(JsonObject credentials) {
        Secrets secrets = TestSecrets.secrets();
        ChannelRegistry registry = new ChannelRegistry(List.of(ChannelTypes.WHATSAPP), List.of());
        return new ChannelDirectory(registry, null, secrets, new Credentials(secrets), null, Clock.systemUTC()) {
            @Override
            public Uni<ChannelRoute> findRoute(long channelId) {
                return Uni.createFrom()
                        .item(
                                credentials == null
                                        ? null
                                        : new ChannelRoute(
                                                new ChannelRef(1, channelId),
                                                ChannelTypes.WHATSAPP,
                                                "+5511999990001",
                                                Provider.of("Gateway", ChannelTypes.WHATSAPP),
                                                List.of(),
                                                credentials));
            }
        };
    }

    /** Reports about channels, and their alerts. */
    public static ChannelReports reports(Transactions transactions) {
        return new ChannelReports(transactions, TestAlerts.stored());
    }
}
