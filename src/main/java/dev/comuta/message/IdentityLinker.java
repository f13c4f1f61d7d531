package dev.comuta.message;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;

/**
 * Links the identities by which a provider knows one person, so that each of them leads to the same end user. Only a
 * message that names both shows that they are one person.
 */
@ApplicationScoped
public class IdentityLinker {

    private static final Logger LOG = Logger.getLogger(IdentityLinker.class);

    private static final String LINK = "select comuta_link_identities($1, $2, $3, $4, $5, $6)";
    private static final String MOVE = "select comuta_move_identity($1, $2, $3, $4, $5)";
    private static final String LINK_NEW = "select * from comuta_link_new_identities($1, $2, $3, $4, $5, $6)";

    /** Most people that one transaction links: it locks two identities of each. */
    private static final int PORTION = 100;

    /** Links that are made one by one begin within this time; the others are left to {@link #linkLater}. */
    private static final Duration ONE_BY_ONE = Duration.ofMillis(200);

    private final Transactions transactions;
    private final Tasks tasks;
    private final CaffeineCache linked;

    IdentityLinker(Transactions transactions, Tasks tasks, @CacheName("linked-contacts") Cache linked) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.linked = linked.as(CaffeineCache.class);
    }

    /**
     * Two identities of one person.
     *
     * @param contact without a phone number, nothing is linked
     * @param userId the provider's own id of the same person; when it is null, nothing is linked
     */
    public record Link(long channelId, Contact contact, String userId) {

        private boolean isComplete() {
            return contact.phone() != null && userId != null;
        }

        private List<Object> key() {
            return List.of(channelId, contact.kind(), contact.key(), userId);
        }

        private JsonObject toJson() {
            return new JsonObject()
                    .put("channelId", channelId)
                    .put("kind", contact.kind())
                    .put("contact", contact.key())
                    .put("phone", contact.phone())
                    .put("name", contact.name())
                    .put("userId", userId);
        }
    }

    /**
     * Links two identities each to one end user of the channel's client, new people in a few statements for all of them.
     * Links are cached for an hour, so that frequent messages of one contact need no statement. Never fails: the caller
     * stores the messages of links that failed, and then calls {@link #linkLater}.
     *
     * @return the links that failed, because other transactions were changing the same people, or the channel is not
     *     active
     */
    public Uni<Set<Link>> link(Collection<Link> links) {
        Map<List<Object>, Link> open = new LinkedHashMap<>();
        links.stream()
                .filter(link -> link.isComplete() && linked.getIfPresent(link.key()) == null)
                .forEach(link -> open.putIfAbsent(link.key(), link));
        return InOrder.each(portions(List.copyOf(open.values())), portion -> linkNew(portion, open))
                .chain(() -> linkOneByOne(open))
                .map(done -> links.stream()
                        .filter(link -> link.isComplete() && open.containsKey(link.key()))
                        .collect(toSet()));
    }

    private static List<List<Link>> portions(List<Link> links) {
        return IntStream.iterate(0, from -> from < links.size(), from -> from + PORTION)
                .mapToObj(from -> links.subList(from, Math.min(from + PORTION, links.size())))
                .toList();
    }

    /** Removes the links that succeed from the open ones. */
    private Uni<Void> linkNew(List<Link> portion, Map<List<Object>, Link> open) {
        Object[] parameters = {
            portion.stream().map(Link::channelId).toArray(Long[]::new),
            texts(portion, link -> link.contact().kind()),
            texts(portion, link -> link.contact().key()),
            texts(portion, link -> link.contact().phone()),
            texts(portion, link -> link.contact().name()),
            texts(portion, Link::userId)
        };
        return transactions
                .statementsAsPlatform(
                        PlatformReason.ROUTING, tx -> tx.list(LINK_NEW, row -> row.getLong(0), parameters))
                .invoke(places -> places.forEach(place -> done(portion.get(place.intValue() - 1), open)))
                .onFailure()
                .invoke(failure -> LOG.warnf("identities were not linked together: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static String[] texts(List<Link> links, Function<Link, String> column) {
        return links.stream().map(column).toArray(String[]::new);
    }

    private void done(Link link, Map<List<Object>, Link> open) {
        linked.put(link.key(), CompletableFuture.completedFuture(true));
        open.remove(link.key());
    }

    private Uni<Void> linkOneByOne(Map<List<Object>, Link> open) {
        long start = System.nanoTime();
        return InOrder.each(
                List.copyOf(open.values()),
                link -> Unis.when(System.nanoTime() - start < ONE_BY_ONE.toNanos(), () -> linkOne(link, open)));
    }

    private Uni<Void> linkOne(Link link, Map<List<Object>, Link> open) {
        return transactions
                .statementsAsPlatform(PlatformReason.ROUTING, tx -> link(tx, link.toJson()))
                .invoke(done -> {
                    if (done) {
                        done(link, open);
                    }
                })
                .onFailure()
                .invoke(failure -> LOG.warnf("identities were not linked: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /**
     * Requests a task for each of these links, which links the sender of a message that was stored. Never fails.
     *
     * @param received the result of each message; those of one client are in one transaction
     */
    public Uni<Void> linkLater(Map<Link, Received> received) {
        Map<Long, List<NewTask>> requests = received.entrySet().stream()
                .filter(one -> one.getValue().outcome() == Received.Outcome.ACCEPTED)
                .collect(groupingBy(
                        one -> one.getValue().clientId(),
                        mapping(one -> task(one.getKey(), one.getValue()), toList())));
        return InOrder.each(requests.entrySet(), client -> request(client.getKey(), client.getValue()));
    }

    private Uni<Void> request(long clientId, List<NewTask> requests) {
        return transactions
                .statementsInTenant(clientId, tx -> InOrder.each(requests, task -> tasks.request(tx, task)))
                .onFailure()
                .invoke(failure -> LOG.warnf("no task links the identities: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private static NewTask task(Link link, Received received) {
        return NewTask.of(MessageTasks.LINK_IDENTITIES)
                .client(received.clientId())
                .session(received.sessionId())
                .data(link.toJson())
                .dedupeKey("identidades:" + link.channelId() + ":" + link.userId());
    }

    /**
     * Gives an end user a new number, as the provider reported it: the history stays, and replies go to the new number.
     * Fails when it was not stored; a repetition changes nothing.
     */
    public Uni<Void> changeNumber(long channelId, Contact contact, PhoneNumber number) {
        return transactions
                .statementsAsPlatform(
                        PlatformReason.ROUTING,
                        tx -> tx.find(
                                MOVE,
                                row -> row.getBoolean(0),
                                channelId,
                                contact.kind(),
                                contact.key(),
                                number.identityKey(),
                                number.e164()))
                .replaceWithVoid();
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
