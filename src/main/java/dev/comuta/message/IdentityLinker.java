package dev.comuta.message;

import dev.comuta.message.InboundMessage.Contact;
import dev.comuta.platform.db.CoalescingCache;
import dev.comuta.platform.db.PlatformReason;
import dev.comuta.platform.db.Transactions;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Joins the names by which a provider knows one person, so that whichever comes next finds the same end user. */
@ApplicationScoped
public class IdentityLinker {

    private static final String UNITE = "select comuta_link_identities($1, $2, $3, $4, $5, $6)";

    private final Transactions transactions;
    private final Cache united;

    IdentityLinker(Transactions transactions, @CacheName("united-contacts") Cache united) {
        this.transactions = transactions;
        this.united = united;
    }

    /**
     * Makes two names those of one end user of the channel's client. What was joined in the last hour is not asked about
     * again, so that a contact who writes often costs nothing. Fails only when the database is away (may be tried again).
     *
     * @param contact nothing is joined to one who is not known by number
     * @param userId the provider's own id of the same person; null when it says none, which joins nothing
     */
    public Uni<Void> link(long channelId, Contact contact, String userId) {
        if (contact.phone() == null || userId == null) {
            return Uni.createFrom().voidItem();
        }
        List<Object> names = List.of(channelId, contact.kind(), contact.key(), userId);
        return CoalescingCache.in(united, names, unseen -> transactions
                        .statementsAsPlatform(
                                PlatformReason.ROUTING,
                                tx -> tx.sql(
                                        UNITE,
                                        channelId,
                                        contact.kind(),
                                        contact.key(),
                                        contact.phone(),
                                        contact.name(),
                                        userId))
                        .replaceWith(true))
                .replaceWithVoid();
    }
}
