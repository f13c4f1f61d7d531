package dev.comuta.call.outgoing;

import dev.comuta.call.CallRef;
import dev.comuta.call.plan.CallScript;
import dev.comuta.call.plan.Scripts.People;
import dev.comuta.channel.ChannelRef;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.rest.PhoneNumber;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

/** Stores calls of the company. */
@ApplicationScoped
class OutgoingCallStore {

    private static final String CREATE = "select * from comuta_call_out($1, $2, $3, $4, $5, $6, $7)";
    private static final String SCRIPT = "update Calls set Script = $3 where ClientID = $1 and CallID = $2";
    private static final String END_USER = """
            select p.end_user_id from Calls c, comuta_session_people(c.ClientID, c.SessionID) p
            where c.ClientID = $1 and c.CallID = $2""";

    /**
     * A stored call.
     *
     * @param people for its script
     */
    record Created(CallRef ref, long sessionId, People people) {}

    /** @param userId who is rung first; null for none */
    Uni<Created> create(
            Tx tx, ChannelRef channel, CalledPerson person, Long userId, PhoneNumber from, Instant scheduledAt) {
        return tx.find(
                CREATE,
                row -> created(row, channel, person),
                channel.clientId(),
                channel.channelId(),
                person.endUserId(),
                userId,
                from.e164(),
                person.number().e164(),
                scheduledAt == null ? null : scheduledAt.atOffset(ZoneOffset.UTC));
    }

    private static Created created(Row row, ChannelRef channel, CalledPerson person) {
        return new Created(
                new CallRef(channel.clientId(), row.getLong("call_id")),
                row.getLong("session_id"),
                new People(person.number(), row.getString("person_name"), row.getLong("broker")));
    }

    Uni<Void> setScript(Tx tx, CallRef call, CallScript script) {
        return tx.execute(SCRIPT, call.clientId(), call.callId(), JsonObject.mapFrom(script))
                .replaceWithVoid();
    }

    /** {@return the end user of a call, or null when there is none} */
    Uni<Long> findEndUser(Tx tx, CallRef call) {
        return tx.find(END_USER, row -> row.getLong(0), call.clientId(), call.callId());
    }
}
