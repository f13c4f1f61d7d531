package dev.comuta.people.consent;

import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.secret.TestSecrets;

/** Consents without a server. */
public final class TestConsents {

    private TestConsents() {}

    /** Consents that providers report. */
    public static ReportedConsents reported(Transactions transactions) {
        return new ReportedConsents(transactions);
    }

    /** Revocations of erased people. */
    public static KeptRevocations kept() {
        return new KeptRevocations(TestSecrets.secrets());
    }
}
