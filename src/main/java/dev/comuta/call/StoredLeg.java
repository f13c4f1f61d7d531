package dev.comuta.call;

import dev.comuta.call.state.CallState;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;

/**
 * A row of CallLegs: a telephone that was dialled for a call.
 *
 * @param position in the script of the call
 * @param userId null when it is no internal user's
 * @param providerId null until it is reported
 * @param acceptedAt when its person took the call; null when nobody has
 */
public record StoredLeg(
        long legId,
        String position,
        Long userId,
        String number,
        String providerId,
        Instant acceptedAt,
        CallState state) {

    /** Whether a provider's id is that of a leg. */
    static boolean isAmong(List<StoredLeg> legs, String providerId) {
        return providerId != null && legs.stream().anyMatch(leg -> providerId.equals(leg.providerId()));
    }

    static StoredLeg of(Row row) {
        return new StoredLeg(
                row.getLong("legid"),
                row.getString("position"),
                row.getLong("userid"),
                row.getString("tonumber"),
                row.getString("providercallid"),
                StoredCall.instant(row, "acceptedat"),
                StoredCall.state(row, row.getString("legstatus")));
    }
}
