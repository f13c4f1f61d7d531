package dev.comuta.people;

import dev.comuta.channel.ChannelRegistry;
import dev.comuta.channel.ChannelTypes;
import dev.comuta.people.consent.TestConsents;
import dev.comuta.platform.db.Transactions;
import dev.comuta.quota.QuotaCounter;
import dev.comuta.quota.Quotas;
import java.time.Clock;
import java.util.List;

/** People without a server. */
public final class TestPeople {

    private TestPeople() {}

    /** The people to whom a client writes or whom it calls first. */
    public static ContactedPeople contacted(Quotas quotas) {
        return new ContactedPeople(quotas);
    }

    /** The consents in the database. */
    public static Consents consents(Transactions transactions) {
        ChannelRegistry registry =
                new ChannelRegistry(List.of(ChannelTypes.WHATSAPP, ChannelTypes.VOICE_CALL), List.of());
        return new Consents(transactions, registry, TestConsents.kept(), Clock.systemUTC());
    }

    /** Counts end users. */
    public static QuotaCounter counter() {
        return new EndUserCounter();
    }
}
