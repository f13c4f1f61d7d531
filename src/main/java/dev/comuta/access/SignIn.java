package dev.comuta.access;

import dev.comuta.client.ClientStore;
import dev.comuta.people.UserStore;
import dev.comuta.people.UserStore.UserRef;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.db.Workload;
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

/** Sign-in of internal users by a mailed link. */
@ApplicationScoped
public class SignIn {

    /** Minimum time of a response, so that its duration does not reveal whether the address is known. */
    private static final Duration MIN_RESPONSE_TIME = Duration.ofMillis(300);

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

    /** The user and the token of a valid link. */
    private record Link(UserRef user, String token) {}

    /** The user who signed in, and the new API key of the user. */
    record SignedIn(long clientId, long userId, NewApiKey key) {}

    /**
     * Requests a link for every active user with this address, at most three links per user in 15 minutes. Neither the
     * response nor its duration reveals whether the address is known.
     */
    Uni<Void> request(String address) {
        Uni<Void> requested = transactions.statementsAsPlatform(
                PlatformReason.AUTHENTICATION,
                // locks the users, so that INVITE counts the links of concurrent requests
                tx -> users.lockByEmail(tx, address).chain(found -> InOrder.each(found, user -> invite(tx, user))));
        Uni<Void> minimum = Uni.createFrom().voidItem().onItem().delayIt().by(MIN_RESPONSE_TIME);
        return Uni.combine().all().unis(requested, minimum).discardItems();
    }

    private Uni<Void> invite(Tx tx, UserRef user) {
        SignInToken token = SignInToken.random(secrets);
        return tx.find(
                        INVITE,
                        row -> row.getLong(0),
                        user.clientId(),
                        user.userId(),
                        token.nonce(),
                        fingerprint(token.text()))
                .chain(linkId -> Unis.when(linkId != null, () -> tasks.request(tx, mailTask(user.clientId(), linkId))));
    }

    private static NewTask mailTask(long clientId, long linkId) {
        JsonObject request = new JsonObject().put("linkId", linkId);
        return NewTask.of(AccessTasks.SEND_ACCESS).client(clientId).data(request);
    }

    /** The content of a link's mail; null when the link was used or is too old, or its user or client is inactive. */
    public Uni<Invitation> invitation(long clientId, long linkId) {
        return transactions.statementsInTenant(Workload.API, clientId, tx -> tx.find(INVITATION, this::link, linkId)
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

    /** Exchanges the token of a link for an API key. Fails with a problem when it is used, too old or unknown. */
    Uni<SignedIn> exchange(String token) {
        return transactions.statementsAsPlatform(PlatformReason.AUTHENTICATION, tx -> tx.find(
                        USE, row -> new UserRef(row.getLong(0), row.getLong(1)), fingerprint(token))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.of(
                        ProblemType.UNAUTHENTICATED, "the link is used, too old or unknown: request a new link"))
                .chain(user -> signIn(tx, user)));
    }

    private Uni<SignedIn> signIn(Tx tx, UserRef user) {
        return keys.issue(tx, user.clientId(), user.userId(), "Acesso por e-mail")
                .map(key -> new SignedIn(user.clientId(), user.userId(), key));
    }

    private Buffer fingerprint(String token) {
        return Buffer.buffer(secrets.fingerprint(token));
    }
}
