package dev.comuta.call.transfer;

import dev.comuta.call.CallRef;
import dev.comuta.call.StoredCall;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Statements of the table CallTransfers. The caller has locked the call of each transfer that it changes. */
@ApplicationScoped
class TransferStore {

    private static final String CREATE = """
            insert into CallTransfers
                (ClientID, CallID, SessionID, Kind, FromUserID, ToUserID, ToNumber, Summary, RingSeconds)
            select $1, $2, $3, $4, coalesce(c.AttendedBy, c.RequestedFor), $5, $6, $7, $8
            from Calls c where c.ClientID = $1 and c.CallID = $2
            on conflict (CallID) where EndedAt is null do nothing
            returning *""";

    private static final String FIND = "select * from CallTransfers where ClientID = $1 and TransferID = $2";

    private static final String LATEST = """
            select * from CallTransfers where ClientID = $1 and CallID = $2 order by TransferID desc limit 1""";

    private static final String CHANGE = """
            update CallTransfers set Status = $3, EndedAt = case when $4 then clock_timestamp() end
            where ClientID = $1 and TransferID = $2
            returning *""";

    private static final String GIVE_TO = """
            update Calls set AttendedBy = $3, AttendedAt = coalesce(AttendedAt, clock_timestamp())
            where ClientID = $1 and CallID = $2""";

    private static final String TAKEN_AT = """
            select Position from CallLegs
            where ClientID = $1 and CallID = $2 and AcceptedAt is not null and Position ~ '^[a-z0-9]-[0-9]+-[0-9]+$'
            order by AcceptedAt limit 1""";

    /** {@return the new transfer, or null when another one of the call goes on} */
    Uni<StoredTransfer> create(Tx tx, StoredCall call, TransferFields fields, String number) {
        return tx.find(
                CREATE,
                StoredTransfer::of,
                call.ref().clientId(),
                call.ref().callId(),
                call.sessionId(),
                fields.kind().stored(),
                fields.userId(),
                number,
                fields.summary(),
                fields.ringSecondsOrDefault());
    }

    /** Fails with 404 when the client has no such transfer. */
    Uni<StoredTransfer> get(Tx tx, long clientId, long transferId) {
        return tx.get(FIND, StoredTransfer::of, "transfer", clientId, transferId);
    }

    /** {@return the latest transfer of a call, or null when it has none} */
    Uni<StoredTransfer> findLatest(Tx tx, CallRef call) {
        return tx.find(LATEST, StoredTransfer::of, call.clientId(), call.callId());
    }

    Uni<StoredTransfer> change(Tx tx, StoredTransfer transfer, TransferStatus status) {
        return tx.get(
                CHANGE,
                StoredTransfer::of,
                "transfer",
                transfer.call().clientId(),
                transfer.transferId(),
                status.stored(),
                status.isFinal());
    }

    /** The call is the new person's. */
    Uni<Void> giveTo(Tx tx, StoredTransfer transfer) {
        return tx.execute(GIVE_TO, transfer.call().clientId(), transfer.call().callId(), transfer.toUserId())
                .replaceWithVoid();
    }

    /** {@return the position of the script at which somebody took a call, or null when it is not known} */
    Uni<String> findTakenAt(Tx tx, CallRef call) {
        return tx.find(TAKEN_AT, row -> row.getString(0), call.clientId(), call.callId());
    }
}
