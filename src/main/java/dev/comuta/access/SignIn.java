package dev.comuta.access;

import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How internal users sign in by a link in a mail. */
@ApplicationScoped
public class SignIn {

    /** An answer takes as long for an address that nobody has. */
    private static final Duration PACE = Duration.ofMillis(300);

    /** Who is held here waits for nobody of the same address: the next statement sees all links made before. */
    private static final String USERS = """
            select u.ClientID, u.UserID from ClientUsers u
            where lower(u.Email) = lower($1) and u.Status = 'Ativo'
            order by u.ClientID, u.UserID limit 20
            for no key update""";

    private static final String INVITE = """
            insert into SignInLinks (ClientID, UserID, Nonce, TokenHash)
            select $1, $2, $3, $4
            where (select count(*) from SignInLinks
                   where ClientID = $1 and UserID = $2 and CreatedAt > now() - interval '15 minutes') < 3
            returning LinkID""";

    private static final String USE = """
            update SignInLinks set UsedAt = now()
            where TokenHash = $1 and UsedAt is null and CreatedAt > now() - interval '15 minutes'
            returning ClientID, UserID""";

    private static final String INVITATION = """
            select u.Email, c.ClientName, l.Nonce from SignInLinks l
            join ClientUsers u on u.ClientID = l.ClientID and u.UserID = l.UserID and u.Status = 'Ativo'
            join Clients c on c.ClientID = l.ClientID and c.Status = 'Ativo'
            where l.LinkID = $1 and l.UsedAt is null and l.CreatedAt > now() - interval '15 minutes'""";

    private final Transactions transactions;
    private final Tasks tasks;
    private final UserKeys keys;
    private final Secrets secrets;

    SignIn(Transactions transactions, Tasks tasks, UserKeys keys, Secrets secrets) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.keys = keys;
        this.secrets = secrets;
    }

    /** Who signed in, and the key to go on with. */
    record SignedIn(long clientId, long userId, NewApiKey key) {}

    /**
     * Requests a link for every active user of this address, at most three in 15 minutes for each. Whether there is one
     * cannot be told from the answer, nor from the time it takes.
     */
    Uni<Void> request(String address) {
        Uni<Void> requested = transactions.statementsAsPlatform(
                PlatformReason.AUTHENTICATION, tx -> tx.sql(USERS, address).chain(users -> invite(tx, users)));
        Uni<Void> pace = Uni.createFrom().voidItem().onItem().delayIt().by(PACE);
        return Uni.combine().all().unis(requested, pace).discardItems();
    }

    /** One after the other: a transaction is one stream. */
    private Uni<Void> invite(Tx tx, RowSet<Row> users) {
        Uni<Void> invited = Uni.createFrom().voidItem();
        for (Row user : users) {
            invited = invited.chain(() -> invite(tx, user.getLong(0), user.getLong(1)));
        }
        return invited;
    }

    private Uni<Void> invite(Tx tx, long clientId, long userId) {
        SignInToken token = SignInToken.random(secrets);
        return tx.sql(INVITE, clientId, userId, token.nonce(), mark(token.text()))
                .chain(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : tasks.request(
                                tx, mailing(clientId, rows.iterator().next().getLong(0))));
    }

    private static NewTask mailing(long clientId, long linkId) {
        JsonObject request = new JsonObject().put("linkId", linkId);
        return NewTask.of(AccessTasks.SEND_ACCESS).client(clientId).data(request);
    }

    /** What a link's mail says; null when the link is used, too old, or its user is not active any more. */
    public Uni<Invitation> invitation(long clientId, long linkId) {
        return transactions
                .statementsInTenant(clientId, tx -> tx.sql(INVITATION, linkId))
                .map(rows ->
                        rows.size() == 0 ? null : invitation(rows.iterator().next()));
    }

    private Invitation invitation(Row row) {
        String token = SignInToken.of(row.getString("nonce"), secrets).text();
        return new Invitation(row.getString("email"), row.getString("clientname"), token);
    }

    /** Takes the token of a link for a key. Fails with a problem when it was used, is too old, or none of ours. */
    Uni<SignedIn> exchange(String token) {
        return transactions.statementsAsPlatform(
                PlatformReason.AUTHENTICATION,
                tx -> tx.sql(USE, mark(token)).map(SignIn::used).chain(user -> signIn(tx, user)));
    }

    private Uni<SignedIn> signIn(Tx tx, Row user) {
        long clientId = user.getLong("clientid");
        long userId = user.getLong("userid");
        return keys.issue(tx, clientId, userId, "Acesso por e-mail").map(key -> new SignedIn(clientId, userId, key));
    }

    private static Row used(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Problem.of(ProblemType.UNAUTHENTICATED, "the link was used or is too old: ask for another");
        }
        return rows.iterator().next();
    }

    private Buffer mark(String token) {
        return Buffer.buffer(secrets.fingerprint(token));
    }
}
