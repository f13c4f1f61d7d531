package dev.comuta.channel;

import dev.comuta.alert.TestAlerts;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.platform.secret.TestSecrets;
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

    /** Reports about channels, and their alerts. */
    public static ChannelReports reports(Transactions transactions) {
        return new ChannelReports(transactions, TestAlerts.stored());
    }
}
