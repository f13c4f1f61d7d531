package dev.comuta.people.consent;

import dev.comuta.channel.ChannelType;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Records consents that end users granted or revoked at a provider. */
@ApplicationScoped
public class ReportedConsents {

    private static final String RECORD = "select comuta_reported_consent($1, $2, $3, $4, $5, $6, $7, $8)";

    private final Transactions transactions;

    ReportedConsents(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A decision of an end user.
     *
     * @param kind 'phone', or 'bsuid' for WhatsApp's own id of a person
     * @param key the identity by which the end user is found
     * @param phone the number as received; null without one
     * @param purpose {@link #MARKETING}, or another word
     * @param at the time of the decision; null when the provider does not report it
     */
    public record ReportedConsent(
            String kind,
            String key,
            String phone,
            ChannelType channelType,
            String purpose,
            boolean granted,
            Instant at) {

        /** The purpose of advertisements. */
        public static final String MARKETING = "Marketing";
    }

    /**
     * Records decisions in their order. A person who is not known yet becomes an end user. A decision that is older than
     * the recorded one of the same purpose, or the same, changes nothing, so reports can be repeated and arrive in any
     * order.
     */
    public Uni<Void> record(long clientId, List<ReportedConsent> consents) {
        return consents.isEmpty()
                ? Uni.createFrom().voidItem()
                : transactions.statementsInTenant(
                        clientId, tx -> InOrder.each(consents, consent -> record(tx, clientId, consent)));
    }

    private static Uni<Long> record(Tx tx, long clientId, ReportedConsent consent) {
        return tx.find(
                RECORD,
                row -> row.getLong(0),
                clientId,
                consent.kind(),
                consent.key(),
                consent.phone(),
                consent.channelType().stored(),
                consent.purpose(),
                consent.granted() ? "Concedido" : "Revogado",
                consent.at() == null ? null : consent.at().atOffset(ZoneOffset.UTC));
    }
}
