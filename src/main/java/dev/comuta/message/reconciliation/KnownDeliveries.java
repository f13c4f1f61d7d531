package dev.comuta.message.reconciliation;

import dev.comuta.channel.Provider;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The ids of received deliveries. They are kept for seven days. */
@ApplicationScoped
public class KnownDeliveries {

    /** The longest time for which a delivery is certainly recognized. */
    public static final Duration KEPT = Duration.ofDays(6);

    private static final String KNOWN = """
            select d.ProviderID as id from unnest($3::text[]) as given(id)
            join InboundDeliveries d on d.ProviderID = given.id and d.ChannelID = $2 and d.Provider = $1""";

    private final Transactions transactions;

    KnownDeliveries(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Those of the ids under which the channel has received a delivery. */
    public Uni<Set<String>> among(Provider provider, long channelId, List<String> ids) {
        return transactions.statementsAsPlatform(PlatformReason.ROUTING, tx -> tx.list(
                        KNOWN, row -> row.getString("id"), provider.stored(), channelId, ids.toArray(String[]::new))
                .map(HashSet::new));
    }
}
