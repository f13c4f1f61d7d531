package dev.comuta.session;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * An open conversation, as the notice outside of business hours needs it.
 *
 * @param assistant whether it has an assistant of its own; the assistant of its channel may answer otherwise
 * @param personActedAt when a person last acted in it; null when none did
 * @param noticedAt when its end user last got the notice; null when never
 */
public record WaitingSession(
        long channelId, boolean assistant, boolean handedOff, Instant personActedAt, Instant noticedAt) {

    static WaitingSession of(Row row) {
        return new WaitingSession(
                row.getLong("channelid"),
                row.getBoolean("assistant"),
                row.getBoolean("handedoff"),
                instant(row, "personactedat"),
                instant(row, "closednoticeat"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    /** Whether since this moment no person acted and the end user got no notice. */
    public boolean isQuietSince(Instant moment) {
        return isBefore(personActedAt, moment) && isBefore(noticedAt, moment);
    }

    private static boolean isBefore(Instant time, Instant moment) {
        return time == null || time.isBefore(moment);
    }
}
