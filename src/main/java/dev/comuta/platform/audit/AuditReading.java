package dev.comuta.platform.audit;

import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.rest.Listing;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.secret.Secrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Reads audits and verifies them. */
@ApplicationScoped
class AuditReading {

    private static final String VERIFY = "select * from comuta_audit_verify($1, $2, $3)";
    private static final int PAGE = 50_000;
    private static final long PLATFORM_CHAIN = 0;

    private final Transactions transactions;
    private final Secrets secrets;

    AuditReading(Transactions transactions, Secrets secrets) {
        this.transactions = transactions;
        this.secrets = secrets;
    }

    /** Selects entries; a null field matches all. */
    record Filter(String action, String target, String callerKind, Long callerId) {}

    Uni<Page<AuditEntryView>> ofClient(long clientId, PageRequest page, Filter filter) {
        return transactions.inTenant(
                clientId, tx -> page(tx, Listing.of(StoredAuditEntry.class).with("clientId", clientId), page, filter));
    }

    Uni<Page<AuditEntryView>> ofPlatform(PageRequest page, Filter filter) {
        return transactions.asPlatform(
                PlatformReason.PLATFORM_API,
                tx -> page(tx, Listing.of(StoredAuditEntry.class).withNull("clientId", true), page, filter));
    }

    private static Uni<Page<AuditEntryView>> page(
            EntityTx tx, Listing<StoredAuditEntry> entries, PageRequest page, Filter filter) {
        return entries.with("action", filter.action())
                .with("target", filter.target())
                .with("callerKind", filter.callerKind())
                .with("callerId", filter.callerId())
                .page(tx, page, StoredAuditEntry::auditId)
                .map(found -> found.map(StoredAuditEntry::view));
    }

    /** @param after the place after which the check begins; null for the last checkpoint */
    Uni<AuditVerification> verifyClient(long clientId, Long after) {
        return transactions.statementsInTenant(Workload.API, clientId, tx -> verify(tx, clientId, after));
    }

    /** The same for the chain of the platform. */
    Uni<AuditVerification> verifyPlatform(Long after) {
        return transactions.statementsAsPlatform(PlatformReason.PLATFORM_API, tx -> verify(tx, PLATFORM_CHAIN, after));
    }

    private Uni<AuditVerification> verify(Tx tx, long chain, Long after) {
        return tx.find(VERIFY, row -> CheckedChain.of(chain, row, secrets), chain, after, PAGE)
                .map(CheckedChain::view);
    }
}
