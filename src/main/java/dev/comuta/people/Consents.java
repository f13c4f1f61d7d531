package dev.comuta.people;

import dev.comuta.channel.ChannelRegistry;
import dev.comuta.channel.ChannelType;
import dev.comuta.people.consent.KeptRevocations;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.rest.Page;
import dev.comuta.platform.rest.PageRequest;
import dev.comuta.platform.rest.TenantRows;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import org.jboss.resteasy.reactive.RestResponse;

/** Records and reads the consents that end users granted or revoked. */
@ApplicationScoped
public class Consents {

    private static final TenantRows<Consent> ROWS = new TenantRows<>(Consent.class, "consent");
    private static final TenantRows<EndUser> PEOPLE = new TenantRows<>(EndUser.class, "end user");

    private static final String STATUS = "select comuta_consent($1, $2, $3, $4)";

    private final Transactions transactions;
    private final ChannelRegistry registry;
    private final KeptRevocations kept;
    private final Clock clock;

    Consents(Transactions transactions, ChannelRegistry registry, KeptRevocations kept, Clock clock) {
        this.transactions = transactions;
        this.registry = registry;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * The decision in force: the latest entry that matches. A revocation of an erased person with the same identity is an
     * entry of this one.
     *
     * @param channelType when it is null, only entries for every channel type match
     * @param purpose in the client's own words; when it is null, only entries for every purpose match
     */
    public Uni<ConsentStatus> status(Tx tx, long clientId, long endUserId, ChannelType channelType, String purpose) {
        String type = channelType == null ? null : channelType.stored();
        return kept.restore(tx, clientId, endUserId)
                .chain(() ->
                        tx.find(STATUS, row -> ConsentStatus.of(row.getString(0)), clientId, endUserId, type, purpose));
    }

    <V> Uni<RestResponse<V>> record(PersonRef person, ConsentFields fields, IdempotentResponse<ConsentView, V> once) {
        typeOrNull(fields.channelType());
        return transactions.inTenant(
                person.clientId(), once.of(tx -> PEOPLE.get(tx, person.clientId(), person.endUserId())
                        .invoke(EndUser::requireNotMerged)
                        .chain(() -> tx.persist(
                                () -> new Consent(person.clientId(), person.endUserId(), fields, clock.instant())))
                        .map(Consent::view)));
    }

    Uni<Page<ConsentView>> list(PersonRef person, PageRequest page) {
        return transactions
                .inTenant(person.clientId(), tx -> PEOPLE.get(tx, person.clientId(), person.endUserId())
                        .chain(() -> kept.restore(tx, person.clientId(), person.endUserId()))
                        .chain(() -> ROWS.of(person.clientId())
                                .with("endUserId", person.endUserId())
                                .page(tx, page, Consent::consentId)))
                .map(consents -> consents.map(Consent::view));
    }

    Uni<ConsentView> get(PersonRef person, long consentId) {
        return transactions
                .inTenant(
                        person.clientId(),
                        tx -> ROWS.getBy(
                                tx, person.clientId(), Map.of("id", consentId, "endUserId", person.endUserId())))
                .map(Consent::view);
    }

    Uni<ConsentState> state(PersonRef person, String channelType, String purpose) {
        ChannelType type = typeOrNull(channelType);
        return transactions
                .inTenant(person.clientId(), tx -> PEOPLE.get(tx, person.clientId(), person.endUserId())
                        .chain(() -> status(tx, person.clientId(), person.endUserId(), type, purpose)))
                .map(status -> new ConsentState(channelType, purpose, status.stored()));
    }

    /** Returns null for null. Fails as invalid when no such type is declared. */
    private ChannelType typeOrNull(String channelType) {
        return channelType == null ? null : registry.requireType(channelType);
    }
}
