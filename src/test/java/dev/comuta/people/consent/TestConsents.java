package dev.comuta.people.consent;

import dev.comuta.platform.db.Transactions;

/** Consents without a server. */
public final class TestConsents {

    private TestConsents() {}

    /** Consents that providers report. */
    public static ReportedConsents reported(Transactions transactions) {
        return new ReportedConsents(transactions);
    }
}
