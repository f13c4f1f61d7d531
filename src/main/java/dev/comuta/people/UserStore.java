package dev.comuta.people;

import dev.comuta.alert.Administrators;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

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

    @Override
    public Uni<List<String>> addresses(Tx tx, long clientId) {
        return tx.list(ADMINISTRATORS, row -> row.getString(0), clientId);
    }
}
