package dev.comuta.message;

import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.platform.db.CoalescingCache;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Links the identities by which a provider knows one person, so that each of them leads to the same end user. Only a
 * message that names both shows that they are one person.
 */
@ApplicationScoped
public class IdentityLinker {

    private static final Logger LOG = Logger.getLogger(IdentityLinker.class);

    private static final String LINK = "select comuta_link_identities($1, $2, $3, $4, $5, $6)";

    private final Transactions transactions;
    private final Tasks tasks;
    private final Cache linked;

    IdentityLinker(Transactions transactions, Tasks tasks, @CacheName("linked-contacts") Cache linked) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.linked = linked;
    }

    /**
     * Links two identities to one end user of the channel's client. Links are cached for an hour, so that frequent
     * messages of one contact need no statement. Never fails: the caller stores the message of a link that failed, and
     * then calls {@link #linkLater}.
     *
     * @param contact without a phone number, nothing is linked
     * @param userId the provider's own id of the same person; when it is null, nothing is linked
     * @return false when other transactions were changing the same people, or the channel is not active
     */
    public Uni<Boolean> link(long channelId, Contact contact, String userId) {
        if (contact.phone() == null || userId == null) {
            return Uni.createFrom().item(true);
        }
        List<Object> identities = List.of(channelId, contact.kind(), contact.key(), userId);
        return CoalescingCache.in(
                        linked,
                        identities,
                        key -> transactions.statementsAsPlatform(
                                PlatformReason.ROUTING, tx -> link(tx, request(channelId, contact, userId))))
                .call(done -> Unis.when(!done, () -> linked.invalidate(identities)))
                .onFailure()
                .invoke(failure -> LOG.warnf("identities were not linked: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(false);
    }

    /** Requests a task that links the identities of the sender of a message that was stored. Never fails. */
    public Uni<Void> linkLater(InboundMessage message, String userId, Received received) {
        if (received.outcome() != Received.Outcome.ACCEPTED) {
            return Uni.createFrom().voidItem();
        }
        NewTask task = NewTask.of(MessageTasks.LINK_IDENTITIES)
                .client(received.clientId())
                .session(received.sessionId())
                .data(request(message.channelId(), message.contact(), userId))
                .dedupeKey("identidades:" + message.channelId() + ":" + userId);
        return transactions
                .statementsInTenant(received.clientId(), tx -> tasks.request(tx, task))
                .onFailure()
                .invoke(failure -> LOG.warnf("no task links the identities: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static JsonObject request(long channelId, Contact contact, String userId) {
        return new JsonObject()
                .put("channelId", channelId)
                .put("kind", contact.kind())
                .put("contact", contact.key())
                .put("phone", contact.phone())
                .put("name", contact.name())
                .put("userId", userId);
    }

    /** Links the identities that a request names. Returns false when the channel is not active. */
    Uni<Boolean> link(Tx tx, JsonObject request) {
        return tx.find(
                LINK,
                row -> row.getBoolean(0),
                request.getLong("channelId"),
                request.getString("kind"),
                request.getString("contact"),
                request.getString("phone"),
                request.getString("name"),
                request.getString("userId"));
    }
}
