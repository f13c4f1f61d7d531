package dev.comuta.call.transfer;

import dev.comuta.call.CallRef;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * A row of CallTransfers.
 *
 * @param fromUserId who had the call; null when it is not known
 * @param toUserId null for a number that is no internal user's
 * @param summary spoken to the new person; null for none
 * @param endedAt null while it goes on
 */
record StoredTransfer(
        CallRef call,
        long transferId,
        long sessionId,
        TransferKind kind,
        TransferStatus status,
        Long fromUserId,
        Long toUserId,
        String toNumber,
        String summary,
        int ringSeconds,
        Instant createdAt,
        Instant endedAt) {

    static StoredTransfer of(Row row) {
        OffsetDateTime ended = row.getOffsetDateTime("endedat");
        return new StoredTransfer(
                new CallRef(row.getLong("clientid"), row.getLong("callid")),
                row.getLong("transferid"),
                row.getLong("sessionid"),
                TransferKind.of(row.getString("kind")),
                TransferStatus.of(row.getString("status")),
                row.getLong("fromuserid"),
                row.getLong("touserid"),
                row.getString("tonumber"),
                row.getString("summary"),
                row.getInteger("ringseconds"),
                row.getOffsetDateTime("createdat").toInstant(),
                ended == null ? null : ended.toInstant());
    }

    TransferView view() {
        return new TransferView(
                transferId, call.callId(), kind, status, fromUserId, toUserId, toNumber, summary, createdAt, endedAt);
    }
}
