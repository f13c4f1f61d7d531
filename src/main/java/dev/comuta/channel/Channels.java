package dev.comuta.channel;

import dev.comuta.platform.PlatformReason;
import dev.comuta.platform.Secrets;
import dev.comuta.platform.Transactions;
import dev.comuta.platform.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** tmp. */
@ApplicationScoped
public class Channels {
    private final Transactions transactions;
    private final Secrets secrets;

    Channels(Transactions transactions, Secrets secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    /** tmp. */
    public Uni<ChannelRoute> findRoute(String channelType, String channelIdentifier) {
        return transactions.statementsAsPlatform(PlatformReason.ROUTING, tx -> tx.sql(
                        "select * from CommunicationChannels where ChannelType=$1 and ChannelIdentifier=$2 and Status='Ativo'",
                        channelType,
                        channelIdentifier)
                .map(rows -> {
                    if (rows.size() == 0) {
                        return null;
                    }
                    Row r = rows.iterator().next();
                    List<String> open = Stream.of(r.getString("webhooksecret"), r.getString("previouswebhooksecret"))
                            .filter(Objects::nonNull)
                            .map(secrets::open)
                            .toList();
                    return new ChannelRoute(
                            r.getLong("channelid"),
                            r.getLong("clientid"),
                            r.getString("channeltype"),
                            r.getString("channelidentifier"),
                            r.getString("provider"),
                            open);
                }));
    }

    /** tmp. */
    public Uni<OutboundChannel> getOutbound(Tx tx, long channelId) {
        return tx.sql("select * from CommunicationChannels where ChannelID=$1", channelId)
                .map(rows -> {
                    Row r = rows.iterator().next();
                    return new OutboundChannel(
                            r.getLong("channelid"),
                            r.getString("provider"),
                            r.getString("channelidentifier"),
                            r.getString("outboundurl"),
                            secrets.open(r.getString("webhooksecret")));
                });
    }
}
