package dev.comuta.access;

import dev.comuta.client.ClientStore;
import dev.comuta.people.UserStore;
import dev.comuta.people.UserStore.UserRef;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.secret.Secrets;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** How internal users sign in by a link in a mail. */
@ApplicationScoped
public class SignIn {

    /** An answer takes as long for an address that nobody has. */
    private static final Duration PACE = Duration.ofMillis(300);

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
            select ClientID, UserID, Nonce from SignInLinks
            where LinkID = $1 and UsedAt is null and CreatedAt > now() - interval '15 minutes'""";

    private final Transactions transactions;
    private final Tasks tasks;
    private final ClientStore clients;
    private final UserStore users;
    private final UserKeys keys;
    private final Secrets secrets;

    SignIn(
            Transactions transactions,
            Tasks tasks,
            ClientStore clients,
            UserStore users,
            UserKeys keys,
            Secrets secrets) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.clients = clients;
        this.users = users;
        this.keys = keys;
        this.secrets = secrets;
    }

    /** A link that is still valid. */
    private record Link(UserRef user, String token) {}

    /** Who signed in, and the key to go on with. */
    record SignedIn(long clientId, long userId, NewApiKey key) {}

    /**
     * Requests a link for every active user of this address, at most three in 15 minutes for each. Whether there is one
     * cannot be told from the answer, nor from the time it takes.
     */
    Uni<Void> request(String address) {
        Uni<Void> requested = transactions.statementsAsPlatform(
                PlatformReason.AUTHENTICATION,
                // the users are held, so that the next statement sees every link of a simultaneous request
                tx -> users.lockByEmail(tx, address).chain(found -> InOrder.each(found, user -> invite(tx, user))));
        Uni<Void> pace = Uni.createFrom().voidItem().onItem().delayIt().by(PACE);
        return Uni.combine().all().unis(requested, pace).discardItems();
    }

    private Uni<Void> invite(Tx tx, UserRef user) {
        SignInToken token = SignInToken.random(secrets);
        return tx.find(INVITE, row -> row.getLong(0), user.clientId(), user.userId(), token.nonce(), mark(token.text()))
                .chain(linkId -> Unis.when(linkId != null, () -> tasks.request(tx, mailing(user.clientId(), linkId))));
    }

    private static NewTask mailing(long clientId, long linkId) {
        JsonObject request = new JsonObject().put("linkId", linkId);
        return NewTask.of(AccessTasks.SEND_ACCESS).client(clientId).data(request);
    }

    /** What a link's mail says; null when the link is used, too old, or its user is not active any more. */
    public Uni<Invitation> invitation(long clientId, long linkId) {
        return transactions.statementsInTenant(clientId, tx -> tx.find(INVITATION, this::link, linkId)
                .onItem()
                .ifNotNull()
                .transformToUni(link -> invitation(tx, link)));
    }

    private Link link(Row row) {
        String token = SignInToken.of(row.getString("nonce"), secrets).text();
        return new Link(new UserRef(row.getLong("clientid"), row.getLong("userid")), token);
    }

    private Uni<Invitation> invitation(Tx tx, Link link) {
        return clients.findActiveName(tx, link.user().clientId()).chain(name -> users.findActiveEmail(tx, link.user())
                .map(email -> name == null || email == null ? null : new Invitation(email, name, link.token())));
    }

    /** Takes the token of a link for a key. Fails with a problem when it was used, is too old, or none of ours. */
    Uni<SignedIn> exchange(String token) {
        return transactions.statementsAsPlatform(PlatformReason.AUTHENTICATION, tx -> tx.find(
                        USE, row -> new UserRef(row.getLong(0), row.getLong(1)), mark(token))
                .onItem()
                .ifNull()
                .failWith(() ->
                        Problem.of(ProblemType.UNAUTHENTICATED, "the link was used or is too old: ask for another"))
                .chain(user -> signIn(tx, user)));
    }

    private Uni<SignedIn> signIn(Tx tx, UserRef user) {
        return keys.issue(tx, user.clientId(), user.userId(), "Acesso por e-mail")
                .map(key -> new SignedIn(user.clientId(), user.userId(), key));
    }

    private Buffer mark(String token) {
        return Buffer.buffer(secrets.fingerprint(token));
    }
}
