package dev.comuta.people;

import dev.comuta.alert.Alerts;
import dev.comuta.event.Events;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotencyKeys;
import dev.comuta.platform.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/**
 * The row, the identities and the consents of an end user. The request for an erasure removes the name and the
 * identities, so this class erases only other texts that contain them: alerts, events without a session, and stored
 * responses. Consents contain only ids and values of closed sets. They remain, because they prove why the person was,
 * or was not, contacted.
 */
@ApplicationScoped
class PersonDetails implements PersonalData {

    private static final String EXPORT = """
            select jsonb_build_object(
                'endUser', (
                    select jsonb_agg(jsonb_build_object('endUserId', u.EndUserID, 'name', u.Name,
                        'providerName', u.ProviderName, 'email', u.Email,
                        'phoneNumber', u.PhoneNumber, 'additionalInfo', u.AdditionalInfo, 'tags', u.Tags,
                        'status', u.Status,
                        'createdAt', u.CreatedAt, 'updatedAt', u.UpdatedAt))
                    from ClientEndUsers u
                    where u.ClientID = $1 and (u.EndUserID = $2 or u.MergedInto = $2)),
                'identities', (
                    select coalesce(jsonb_agg(jsonb_build_object('kind', i.Kind, 'value', i.Value, 'createdAt', i.CreatedAt)
                        order by i.Kind, i.Value), '[]')
                    from EndUserIdentities i where i.ClientID = $1 and i.EndUserID = $2),
                'consents', (
                    select coalesce(jsonb_agg(jsonb_build_object('channelType', c.ChannelType, 'purpose', c.Purpose,
                        'status', c.Status, 'source', c.Source, 'recordedAt', c.RecordedAt) order by c.ConsentID), '[]')
                    from Consents c where c.ClientID = $1 and c.EndUserID = $2))""";

    private static final String ALL_OF =
            "select EndUserID from ClientEndUsers where ClientID = $1 and (EndUserID = $2 or MergedInto = $2)";

    private final Alerts alerts;
    private final Events events;

    PersonDetails(Alerts alerts, Events events) {
        this.alerts = alerts;
        this.events = events;
    }

    @Override
    public Uni<JsonObject> export(Tx tx, Person person) {
        return tx.find(EXPORT, row -> row.getJsonObject(0), person.clientId(), person.endUserId());
    }

    @Override
    public Uni<Long> erase(Tx tx, Person person, long after) {
        return events.eraseNames(tx, person.clientId(), person.namesAsArray())
                .chain(() -> alerts.eraseNames(tx, person.clientId(), person.namesAsArray()))
                .chain(erased -> resources(tx, person, erased))
                .chain(resources -> IdempotencyKeys.forget(tx, person.clientId(), resources))
                .replaceWith((Long) null);
    }

    private static Uni<Stream<String>> resources(Tx tx, Person person, List<Long> erasedAlerts) {
        return tx.list(ALL_OF, row -> "end-users/" + row.getLong(0), person.clientId(), person.endUserId())
                .map(people ->
                        Stream.concat(people.stream(), erasedAlerts.stream().map(id -> "alerts/" + id)));
    }
}
