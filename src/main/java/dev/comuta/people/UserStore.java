package dev.comuta.people;

import dev.comuta.alert.Administrators;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Statements of the table ClientUsers. */
@ApplicationScoped
public class UserStore implements Administrators {

    private static final String LOCK_BY_EMAIL = """
            select u.ClientID, u.UserID from ClientUsers u
            where lower(u.Email) = lower($1) and u.Status = 'Ativo'
            order by u.ClientID, u.UserID limit 20
            for no key update""";
    private static final String ACTIVE_EMAIL =
            "select Email from ClientUsers where ClientID = $1 and UserID = $2 and Status = 'Ativo'";
    private static final String ADMINISTRATORS = """
            select Email from ClientUsers
            where ClientID = $1 and UserRole = 'Administrador' and Status = 'Ativo' and Email is not null
            order by UserID""";

    private static final String RECIPIENTS = """
            with broker as (
                select UserID, HandOverMails from ClientUsers
                where ClientID = $1 and UserID = $2 and Status = 'Ativo' and Email is not null)
            select UserID from broker where HandOverMails
            union all
            (select UserID from ClientUsers
             where ClientID = $1 and UserRole = 'Administrador' and Status = 'Ativo' and Email is not null
               and HandOverMails and not exists (select from broker)
             order by UserID limit 20)""";

    private static final String NUMBERS = """
            select user_id, telephone from comuta_user_telephones($1, $2)""";

    /** An internal user of a client. */
    public record UserRef(long clientId, long userId) {}

    /** Locks the active users with this e-mail address, of all clients; at most 20. */
    public Uni<List<UserRef>> lockByEmail(Tx tx, String address) {
        return tx.list(LOCK_BY_EMAIL, row -> new UserRef(row.getLong(0), row.getLong(1)), address);
    }

    /** {@return the e-mail address of an active user, or null when there is none} */
    public Uni<String> findActiveEmail(Tx tx, UserRef user) {
        return tx.find(ACTIVE_EMAIL, row -> row.getString(0), user.clientId(), user.userId());
    }

    /**
     * The users who get a mail about a session that is handed over; at most 20.
     *
     * @param broker of the session; without an active one who has an address, the administrators get it. May be null
     */
    public Uni<List<UserRef>> findHandOverRecipients(Tx tx, long clientId, Long broker) {
        return tx.list(RECIPIENTS, row -> new UserRef(clientId, row.getLong(0)), clientId, broker);
    }

    /** {@return the address for a mail about a hand-over, or null when the user wants none} */
    public Uni<String> findHandOverAddress(Tx tx, UserRef user) {
        return tx.find(ACTIVE_EMAIL + " and HandOverMails", row -> row.getString(0), user.clientId(), user.userId());
    }

    /** The phone numbers of the active ones of these users, by their ids; null for a user without a number. */
    public Uni<Map<Long, String>> findNumbers(Tx tx, long clientId, Long[] userIds) {
        return tx.sql(NUMBERS, clientId, userIds).map(rows -> {
            Map<Long, String> numbers = new HashMap<>();
            rows.forEach(row -> numbers.put(row.getLong(0), row.getString(1)));
            return numbers;
        });
    }

    @Override
    public Uni<List<String>> addresses(Tx tx, long clientId) {
        return tx.list(ADMINISTRATORS, row -> row.getString(0), clientId);
    }
}
