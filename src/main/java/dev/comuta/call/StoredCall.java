package dev.comuta.call;

import dev.comuta.call.CallStore.Ringing;
import dev.comuta.call.plan.CallScript;
import dev.comuta.call.state.AnsweredBy;
import dev.comuta.call.state.CallNews.Price;
import dev.comuta.call.state.CallState;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A row of Calls.
 *
 * @param sipTrunkId the channel's; may be null
 * @param providerId null until the provider accepted the call
 * @param from null when withheld
 * @param requestedFor the internal user who is rung first; null for none
 * @param attendedAt when somebody of the company took the call; null when nobody has
 * @param checks questions to the provider since the last news
 * @param script null for a call that another system wrote
 */
public record StoredCall(
        CallRef ref,
        long sessionId,
        long channelId,
        CallDirection direction,
        String sipTrunkId,
        String providerId,
        String from,
        String to,
        Long requestedFor,
        Instant attendedAt,
        CallState state,
        int checks,
        CallScript script) {

    static StoredCall of(Row row) {
        JsonObject script = row.getJsonObject("script");
        return new StoredCall(
                new CallRef(row.getLong("clientid"), row.getLong("callid")),
                row.getLong("sessionid"),
                row.getLong("channelid"),
                CallDirection.of(row.getString("calldirection")),
                row.getString("siptrunkid"),
                row.getString("providercallid"),
                row.getString("fromnumber"),
                row.getString("tonumber"),
                row.getLong("requestedfor"),
                instant(row, "attendedat"),
                state(row, row.getString("callstatus")),
                row.getInteger("checks"),
                script == null ? null : script.mapTo(CallScript.class));
    }

    /** A call that rings for the first time. */
    static StoredCall begun(InboundCall call, Ringing ringing, CallScript script) {
        return new StoredCall(
                ringing.ref(),
                ringing.sessionId(),
                call.channel().channelId(),
                CallDirection.INBOUND,
                ringing.sipTrunkId(),
                call.providerId(),
                call.caller().text(),
                call.called(),
                null,
                null,
                CallState.begun(CallStatus.RINGING),
                0,
                script);
    }

    /** The state in the columns that calls and legs have in common. */
    static CallState state(Row row, String status) {
        Integer seconds = row.getInteger("seconds");
        return new CallState(
                CallStatus.of(status).orElse(CallStatus.INITIATED),
                row.getBoolean("connected"),
                row.getBoolean("endpresumed"),
                EndReason.of(row.getString("endreason")),
                AnsweredBy.of(row.getString("answeredby")),
                instant(row, "answeredat"),
                instant(row, "endtime"),
                seconds == null ? null : Duration.ofSeconds(seconds),
                row.getBigDecimal("price") == null
                        ? null
                        : new Price(row.getBigDecimal("price"), row.getString("currency")));
    }

    static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** Whether somebody of the company took the call. */
    public boolean isAttended() {
        return attendedAt != null;
    }

    /** Whether an internal user is rung first, and then the end user. */
    public boolean ringsBrokerFirst() {
        return direction == CallDirection.OUTBOUND && requestedFor != null;
    }

    StoredCall with(CallState next) {
        return new StoredCall(
                ref,
                sessionId,
                channelId,
                direction,
                sipTrunkId,
                providerId,
                from,
                to,
                requestedFor,
                attendedAt,
                next,
                checks,
                script);
    }

    StoredCall attendedAt(Instant time) {
        return new StoredCall(
                ref,
                sessionId,
                channelId,
                direction,
                sipTrunkId,
                providerId,
                from,
                to,
                requestedFor,
                time,
                state,
                checks,
                script);
    }
}
