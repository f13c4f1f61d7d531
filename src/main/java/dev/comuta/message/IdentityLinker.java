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

/** Links the identities by which a provider knows one person, so that each of them leads to the same end user. */
@ApplicationScoped
public class IdentityLinker {

    private static final String LINK = "select comuta_link_identities($1, $2, $3, $4, $5, $6)";

    private final Transactions transactions;
    private final Cache linked;

    IdentityLinker(Transactions transactions, @CacheName("linked-contacts") Cache linked) {
        this.transactions = transactions;
        this.linked = linked;
    }

    /**
     * Links two identities to one end user of the channel's client. Links are cached for an hour, so that frequent
     * messages of one contact need no statement. Fails only when the database is unavailable; the caller may retry.
     *
     * @param contact without a phone number, nothing is linked
     * @param userId the provider's own id of the same person; when it is null, nothing is linked
     */
    public Uni<Void> link(long channelId, Contact contact, String userId) {
        if (contact.phone() == null || userId == null) {
            return Uni.createFrom().voidItem();
        }
        List<Object> identities = List.of(channelId, contact.kind(), contact.key(), userId);
        return CoalescingCache.in(linked, identities, key -> transactions
                        .statementsAsPlatform(
                                PlatformReason.ROUTING,
                                tx -> tx.sql(
                                        LINK,
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
