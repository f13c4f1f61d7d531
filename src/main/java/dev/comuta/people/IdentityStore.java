package dev.comuta.people;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;

/** Statements of the table EndUserIdentities on the keys of phone numbers. */
final class IdentityStore {

    private IdentityStore() {}

    /**
     * Replaces one phone identity of a person, who has others after a merge; null for none. Fails when another person
     * has the new one.
     */
    static Uni<Void> replacePhone(Tx tx, PersonRef person, String before, String after) {
        return tx.sql(
                        "delete from EndUserIdentities where ClientID = $1 and EndUserID = $2 and Kind = 'phone'"
                                + " and Value = $3 and Value is distinct from $4",
                        person.clientId(),
                        person.endUserId(),
                        before,
                        after)
                .chain(() -> tx.sql("""
                        insert into EndUserIdentities (ClientID, Kind, Value, EndUserID)
                        select $1, 'phone', $3, $2 where $3::text is not null and not exists (
                            select from EndUserIdentities
                            where ClientID = $1 and EndUserID = $2 and Kind = 'phone' and Value = $3)""", person.clientId(), person.endUserId(), after))
                .replaceWithVoid();
    }

    /** {@return the end user with this phone identity, or null when there is none} */
    static Uni<Long> findByPhone(Tx tx, long clientId, String identity) {
        return tx.find(
                "select EndUserID from EndUserIdentities where ClientID = $1 and Kind = 'phone' and Value = $2",
                row -> row.getLong(0),
                clientId,
                identity);
    }
}
