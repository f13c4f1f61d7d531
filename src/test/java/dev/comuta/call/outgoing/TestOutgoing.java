package dev.comuta.call.outgoing;

import dev.comuta.call.CallsConfig;
import dev.comuta.call.StubCallProvider;
import dev.comuta.call.TestCalls;
import dev.comuta.call.plan.TestScripts;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.channel.TestChannels;
import dev.comuta.client.ClientStore;
import dev.comuta.people.TestPeople;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.quota.Quotas;
import dev.comuta.quota.TestQuotas;
import dev.comuta.task.Tasks;
import java.time.Clock;
import java.util.List;

/** Calls of the company without a server. */
final class TestOutgoing {

    private static final long LIMIT = 1_000;
    private static final CallsConfig CONFIG = TestTransactions.config(CallsConfig.class);

    private TestOutgoing() {}

    static OutgoingCalls calls(Transactions transactions, Clock clock) {
        Quotas quotas = TestQuotas.of(
                LIMIT,
                new ClientStore(),
                TestPeople.counter(),
                new CallsPerDayCounter(),
                new CallsPerHourCounter(),
                new CallsAtOnceCounter());
        ChannelDirectory channels = TestChannels.forSending(transactions, List.of(StubCallProvider.GATEWAY));
        return new OutgoingCalls(
                transactions,
                channels,
                TestCalls.providers(),
                new CalledPeople(channels, TestPeople.contacted(quotas), consents(transactions), TestCalls.providers()),
                new CallTargets(new CallRuleStore(CONFIG), new UserStore(), channels, quotas),
                TestScripts.scripts(transactions),
                new CallRuleStore(CONFIG),
                new CallTimes(CONFIG),
                new OutgoingCallStore(),
                quotas,
                new Tasks(),
                CONFIG,
                clock);
    }

    static DialTimes dialTimes(Transactions transactions, Clock clock) {
        return new DialTimes(
                new OutgoingCallStore(),
                consents(transactions),
                TestScripts.scripts(transactions),
                new CallRuleStore(CONFIG),
                new CallTimes(CONFIG),
                clock);
    }

    private static CallConsents consents(Transactions transactions) {
        return new CallConsents(TestPeople.consents(transactions));
    }
}
