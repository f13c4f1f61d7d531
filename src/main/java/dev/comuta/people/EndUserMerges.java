package dev.comuta.people;

import dev.comuta.platform.db.EntityTx;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.Revision;
import dev.comuta.platform.rest.TenantRows;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.RestResponse;

/** Merges two end users who are one person. A merge cannot be undone. */
@ApplicationScoped
class EndUserMerges {

    private static final TenantRows<EndUser> ROWS = new TenantRows<>(EndUser.class, "end user");

    /** In the order of the ids, so that two merges do not deadlock. */
    private static final String LOCK = """
            select EndUserID, ErasedAt is not null as erased, MergedInto from ClientEndUsers
            where ClientID = $1 and EndUserID in ($2, $3) order by EndUserID for update""";

    private static final String ABSORB = "select comuta_absorb_end_user($1, $2, $3)";

    private final List<MergeListener> listeners;
    private final Transactions transactions;

    EndUserMerges(@All List<MergeListener> listeners, Transactions transactions) {
        this.listeners = listeners;
        this.transactions = transactions;
    }

    /** The end user who is merged into another. */
    @Schema(name = "MergeFields", description = "The end user who is merged into the one of the path.")
    record MergeFields(
            @NotNull @Schema(description = "Id of the end user who turned out to be the same person", examples = "42")
            Long mergedEndUserId) {}

    private record Locked(long endUserId, boolean erased, Long mergedInto) {}

    /**
     * Merges an end user into the one who remains, who is returned. A repeated merge changes nothing. Fails with a
     * conflict when one of the two was erased, or was merged into somebody else.
     */
    <V> Uni<RestResponse<V>> merge(PersonRef kept, long mergedId, IdempotentResponse<Revision<EndUserView>, V> once) {
        if (kept.endUserId() == mergedId) {
            throw Problem.invalid("mergedEndUserId", "is the end user of the path");
        }
        return transactions.inTenant(kept.clientId(), once.of(tx -> lock(tx, kept, mergedId)
                .chain(isNew -> Unis.when(isNew, () -> absorb(tx, kept, mergedId)))
                .chain(() -> ROWS.get(tx, kept.clientId(), kept.endUserId()))
                .map(EndUser::view)));
    }

    /** Returns false when the two are merged already. */
    private static Uni<Boolean> lock(EntityTx tx, PersonRef kept, long mergedId) {
        return tx.list(
                        LOCK,
                        row -> new Locked(
                                row.getLong("enduserid"), row.getBoolean("erased"), row.getLong("mergedinto")),
                        kept.clientId(),
                        kept.endUserId(),
                        mergedId)
                .map(both -> isNew(both, kept.endUserId()));
    }

    private static boolean isNew(List<Locked> both, long keptId) {
        if (both.size() < 2) {
            throw Problem.notFound("end user");
        }
        both.forEach(person -> requireMergeable(person, keptId));
        return both.stream().allMatch(person -> person.mergedInto() == null);
    }

    private static void requireMergeable(Locked person, long keptId) {
        if (person.erased()) {
            throw Problem.of(ProblemType.CONFLICT, "the end user " + person.endUserId() + " was erased");
        }
        if (person.mergedInto() != null && !Objects.equals(person.mergedInto(), keptId)) {
            throw Problem.of(
                    ProblemType.CONFLICT,
                    "the end user " + person.endUserId() + " was merged into " + person.mergedInto()
                            + "; merge with that one");
        }
    }

    private Uni<Void> absorb(EntityTx tx, PersonRef kept, long mergedId) {
        return tx.sql(ABSORB, kept.clientId(), mergedId, kept.endUserId())
                .chain(() -> InOrder.each(
                        listeners, listener -> listener.merged(tx, kept.clientId(), mergedId, kept.endUserId())));
    }
}
