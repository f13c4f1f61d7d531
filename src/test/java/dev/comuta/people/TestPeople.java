package dev.comuta.people;

import dev.comuta.people.consent.TestConsents;
import dev.comuta.platform.db.Transactions;
import dev.comuta.quota.QuotaCounter;
import java.time.Clock;

/** End users without a server, for tests of other rooms. */
public final class TestPeople {

    private TestPeople() {}

    /** The statements of consents; those kept after an erasure are none. */
    public static Consents consents(Transactions transactions) {
        return new Consents(transactions, null, TestConsents.kept(), Clock.systemUTC());
    }

    /** Counts end users for their limit. */
    public static QuotaCounter counter() {
        return new EndUserCounter();
    }

    /** End users who are written to; none can be added. */
    public static ContactedPeople contacted() {
        return new ContactedPeople(null);
    }
}
