package dev.comuta.platform.audit;

import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.rest.Listing;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Reads audits and verifies them. */
@ApplicationScoped
class AuditReading {

    private static final String VERIFY = "select * from comuta_audit_verify($1)";
    private static final long PLATFORM_CHAIN = 0;

    private final Transactions transactions;

    AuditReading(Transactions transactions) {
        this.transactions = transactions;
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

    Uni<AuditVerification> verifyClient(long clientId) {
        return transactions.statementsInTenant(Workload.API, clientId, verify(clientId));
    }

    Uni<AuditVerification> verifyPlatform() {
        return transactions.statementsAsPlatform(PlatformReason.PLATFORM_API, verify(PLATFORM_CHAIN));
    }

    private static Function<Tx, Uni<AuditVerification>> verify(long chain) {
        return tx -> tx.find(VERIFY, AuditReading::verification, chain);
    }

    private static AuditVerification verification(Row result) {
        String fault = result.getString("fault");
        return new AuditVerification(
                fault == null,
                result.getLong("entries"),
                result.getString("head"),
                fault,
                result.getLong("faulty_sequence"),
                result.getLong("faulty_entry"));
    }
}
