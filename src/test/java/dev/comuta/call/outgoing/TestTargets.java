package dev.comuta.call.outgoing;

import dev.comuta.call.CallsConfig;
import dev.comuta.channel.TestChannels;
import dev.comuta.client.ClientStore;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.quota.TestQuotas;
import java.util.List;

/** Telephones of others without a server. */
public final class TestTargets {

    private static final long LIMIT = 1_000;

    private TestTargets() {}

    public static CallTargets targets(Transactions transactions) {
        return new CallTargets(
                new CallRuleStore(TestTransactions.config(CallsConfig.class)),
                new UserStore(),
                TestChannels.forSending(transactions, List.of()),
                TestQuotas.of(LIMIT, new ClientStore(), new CallsPerDayCounter(), new CallsPerHourCounter()));
    }
}
