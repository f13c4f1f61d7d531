package dev.comuta.call.plan;

import dev.comuta.channel.TestChannels;
import dev.comuta.people.UserStore;
import dev.comuta.platform.db.Transactions;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheImpl;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheInfo;
import java.time.Clock;
import java.util.List;

/** Scripts of calls without a server. */
public final class TestScripts {

    private TestScripts() {}

    /** Scripts from the plans in the database. */
    public static Scripts scripts(Transactions transactions) {
        CaffeineCacheInfo cache = new CaffeineCacheInfo();
        cache.name = "call-plans";
        return new Scripts(
                transactions,
                new PlanStore(),
                new Rules(List.of()),
                TestChannels.forSending(transactions, List.of()),
                new UserStore(),
                new CaffeineCacheImpl(cache, false),
                Clock.systemUTC());
    }
}
