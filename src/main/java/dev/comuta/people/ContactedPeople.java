package dev.comuta.people;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Finds the end user to whom a client writes first. */
@ApplicationScoped
public class ContactedPeople {

    private static final String PRESENT = """
            select coalesce(MergedInto, EndUserID) from ClientEndUsers
            where ClientID = $1 and EndUserID = $2 and ErasedAt is null""";

    /** A broker who adds an end user is the broker of that end user. */
    private static final String ADD =
            "select comuta_end_user($1, 'phone', $2, $3, $4, coalesce(current_own_user(), $5))";

    private static final String REACHABLE = """
            select u.Status = 'Inativo' as inactive, u.PhoneNumber,
                   $3 or u.PhoneNumber is not null
                   or exists (select from EndUserIdentities i
                              where i.ClientID = u.ClientID and i.EndUserID = u.EndUserID and i.Kind = 'bsuid') as reachable
            from ClientEndUsers u where u.ClientID = $1 and u.EndUserID = $2""";

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

    /**
     * The phone number of an end user who can get a message; empty without one. Fails with a conflict when the
     * end user is 'Inativo', and as invalid when neither a number nor an address at the provider is known.
     *
     * @param hasAddress whether the provider of the channel knows another address
     * @param field the field that names the end user
     */
    public Uni<Optional<PhoneNumber>> requireReachable(
            Tx tx, long clientId, long endUserId, boolean hasAddress, String field) {
        return tx.get(REACHABLE, row -> reachable(row, field), "end user", clientId, endUserId, hasAddress);
    }

    private static Optional<PhoneNumber> reachable(Row row, String field) {
        if (row.getBoolean("inactive")) {
            throw Problem.of(ProblemType.CONFLICT, field + ": the end user is 'Inativo'");
        }
        if (!row.getBoolean("reachable")) {
            throw Problem.invalid(field, "has no phone number and no address at the provider");
        }
        return Optional.ofNullable(PhoneNumber.find(row.getString("phonenumber")));
    }
}
