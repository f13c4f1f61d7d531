package dev.comuta.people;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.PersonalData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Who an end user is, which goes with the request for an erasure, and what says so in the rooms above, which know no
 * people: answers under an Idempotency-Key, alerts and their events. The ledger of consents stays; it holds ids only.
 */
@ApplicationScoped
class PersonDetails implements PersonalData {

    private static final String EXPORT = """
            select jsonb_build_object(
                'endUser', (
                    select jsonb_agg(jsonb_build_object('endUserId', u.EndUserID, 'name', u.Name, 'email', u.Email,
                        'phoneNumber', u.PhoneNumber, 'additionalInfo', u.AdditionalInfo, 'status', u.Status,
                        'createdAt', u.CreatedAt, 'updatedAt', u.UpdatedAt))
                    from ClientEndUsers u where u.ClientID = $1 and u.EndUserID = $2),
                'identities', (
                    select coalesce(jsonb_agg(jsonb_build_object('kind', i.Kind, 'value', i.Value, 'createdAt', i.CreatedAt)
                        order by i.Kind, i.Value), '[]')
                    from EndUserIdentities i where i.ClientID = $1 and i.EndUserID = $2),
                'consents', (
                    select coalesce(jsonb_agg(jsonb_build_object('channelType', c.ChannelType, 'purpose', c.Purpose,
                        'status', c.Status, 'source', c.Source, 'recordedAt', c.RecordedAt) order by c.ConsentID), '[]')
                    from Consents c where c.ClientID = $1 and c.EndUserID = $2))""";

    /** The key stays and answers nothing any more: a request that is sent again is refused, not done again. */
    private static final String ANSWERS = """
            update IdempotencyKeys k set BodyHash = '', Headers = '{}', Answer = null
            where k.ClientID = $1 and k.Status is not null and k.Target not like '%/erase'
              and (substring(concat(k.Target, ' ', k.Headers ->> 'Location') from '/end-users/([0-9]+)') = $2::text
                or exists (select from Alerts a
                           where a.ClientID = $1 and a.Detail = 'Apagado'
                             and a.AlertID = substring(k.Target from '/alerts/([0-9]+)')::bigint))""";

    private static final String ALERTS = """
            update Alerts a set Detail = 'Apagado'
            where a.ClientID = $1 and comuta_names(a.Detail, $2)""";

    private static final String EVENTS = """
            update Events e set EventData = e.EventData - 'erro'
            where e.ClientID = $1 and e.SessionID is null and comuta_names(e.EventData ->> 'erro', $2)""";

    @Override
    public Uni<JsonObject> export(Tx tx, Person person) {
        return tx.sql(EXPORT, person.clientId(), person.endUserId())
                .map(rows -> rows.iterator().next().getJsonObject(0));
    }

    @Override
    public Uni<Void> erase(Tx tx, Person person) {
        return tx.sql(ALERTS, person.clientId(), person.namesAsArray())
                .chain(() -> tx.sql(EVENTS, person.clientId(), person.namesAsArray()))
                .chain(() -> tx.sql(ANSWERS, person.clientId(), Long.toString(person.endUserId())))
                .replaceWithVoid();
    }
}
