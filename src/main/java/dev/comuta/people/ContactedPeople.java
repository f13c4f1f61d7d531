package dev.comuta.people;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds the end user to whom a client writes first. */
@ApplicationScoped
public class ContactedPeople {

    private static final String PRESENT = """
            select coalesce(MergedInto, EndUserID) from ClientEndUsers
            where ClientID = $1 and EndUserID = $2 and ErasedAt is null""";

    /** A broker who adds an end user is the broker of that end user. */
    private static final String ADD =
            "select comuta_end_user($1, 'phone', $2, $3, $4, coalesce(current_own_user(), $5))";

    private final Quotas quotas;

    ContactedPeople(Quotas quotas) {
        this.quotas = quotas;
    }

    /** The end user with this id, or the one that it was merged into. Fails as invalid when the client has none such. */
    public Uni<Long> require(Tx tx, long clientId, long endUserId) {
        return tx.<Long>find(PRESENT, row -> row.getLong(0), clientId, endUserId)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.invalid("endUserId", "is not an end user of this client"));
    }

    /**
     * The end user with this number, who is added when the client has none such. Fails when the client has reached its
     * limit of end users.
     *
     * @param name of a new end user; may be null
     * @param brokerId of a new end user; null for none
     */
    public Uni<Long> findOrAdd(Tx tx, long clientId, PhoneNumber number, String name, Long brokerId) {
        return IdentityStore.findByPhone(tx, clientId, number.identityKey())
                .onItem()
                .ifNull()
                .switchTo(() -> quotas.requireRoom(tx, clientId, Limit.END_USERS)
                        .chain(() -> tx.find(
                                ADD,
                                row -> row.getLong(0),
                                clientId,
                                number.identityKey(),
                                number.e164(),
                                name,
                                brokerId)));
    }
}
