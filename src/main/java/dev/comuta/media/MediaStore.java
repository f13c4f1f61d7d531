package dev.comuta.media;

import dev.comuta.media.MediaIntake.Accepted;
import dev.comuta.media.MediaIntake.Refused;
import dev.comuta.media.MediaLinks.Target;
import dev.comuta.media.MediaSource.RemoteFile;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Statements of the tables MediaObjects, SentFiles and UnusedObjects. */
@ApplicationScoped
public class MediaStore {

    private static final String COLUMNS = "MediaID, ClientID, SessionID, MessageID, ChannelID, Provider, Source, Kind,"
            + " Status, StatusReason, Scan, MimeType, FileName, Size, Sha256, ObjectKey, DataKey, CreatedAt, StoredAt";

    private static final String FIND = "select " + COLUMNS + " from MediaObjects where MediaID = $1 and ClientID = $2";

    private static final String FIND_READABLE =
            FIND + " and Status = 'Disponível' and comuta_client_is_active(ClientID)";

    private static final String UNREADABLE = """
            select r.client, r.media from unnest($1::bigint[], $2::bigint[]) as r(client, media)
            where not comuta_client_is_active(r.client)
               or not exists (select from MediaObjects m
                              where m.MediaID = r.media and m.ClientID = r.client and m.Status = 'Disponível')""";

    private static final String OF_MESSAGE =
            "select " + COLUMNS + " from MediaObjects where MessageID = $1 and ClientID = $2 order by MediaID limit 1";

    private static final String UPLOAD = """
            insert into MediaObjects (ClientID, UserID, Kind, FileName, Status, StatusReason, Scan, MimeType, Size,
                                      Sha256, ObjectKey, DataKey, StoredAt)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, clock_timestamp())
            returning\s""" + COLUMNS;

    private static final String AWAIT = """
            insert into MediaObjects (ClientID, SessionID, ChannelID, Provider, Source, Kind, CreatedAt)
            values ($1, $2, $3, $4, $5, $6, clock_timestamp())
            returning MediaID""";

    private static final String OF_MESSAGE_NOW =
            "update MediaObjects set MessageID = $3 where MediaID = $1 and ClientID = $2";

    /** Changes only a row that still waits for its file. */
    private static final String ACCEPT = """
            update MediaObjects
            set Status = $3, StatusReason = $4, Scan = $5, MimeType = $6, Size = $7, Sha256 = $8, ObjectKey = $9,
                DataKey = $10, StoredAt = clock_timestamp()
            where MediaID = $1 and ClientID = $2 and Status in ('Pendente', 'Indisponível')""";

    private static final String REFUSE = """
            update MediaObjects set Status = $3, StatusReason = $4, Scan = $5
            where MediaID = $1 and ClientID = $2 and Status in ('Pendente', 'Indisponível')""";

    private static final String REOPEN = """
            update MediaObjects set Status = 'Pendente', StatusReason = null
            where MediaID = $1 and ClientID = $2 and Status = 'Indisponível'""";

    private static final String RELEASE = """
            update MediaObjects set Status = 'Disponível', StatusReason = null, Scan = $3
            where MediaID = $1 and ClientID = $2 and Status = 'Retida'""";

    /** The trigger of the table enters the object's key in UnusedObjects. */
    private static final String INFECTED = """
            update MediaObjects set Status = 'Infectada', StatusReason = $3, Scan = 'Infectado', ObjectKey = null, DataKey = null
            where MediaID = $1 and ClientID = $2 and Status = 'Retida'""";

    /** The trigger of SentFiles removes an upload that no other message sends. */
    private static final String REMOVE_OF_SESSIONS = """
            with sent as (delete from SentFiles where SessionID = any ($1))
            delete from MediaObjects where SessionID = any ($1)""";

    private static final String REMOVE_OF_MESSAGES = """
            with sent as (delete from SentFiles where MessageID = any ($1))
            delete from MediaObjects where MessageID = any ($1)""";

    private static final String FIND_UPLOAD = FIND + " and Source is null and SessionID is null for key share";

    private static final String SEND =
            "insert into SentFiles (MediaID, MessageID, ClientID, SessionID) values ($1, $2, $3, $4)";

    private static final String EXPECT_UPLOAD = """
            insert into UnusedObjects (ObjectKey, ClientID, DueAt, WrittenUntil)
            values ($1, $2, clock_timestamp() + interval '6 hours', clock_timestamp() + interval '6 hours')""";

    /** The lock makes a removal of the row wait, so that its trigger finds the entry. */
    private static final String EXPECT = """
            insert into UnusedObjects (ObjectKey, ClientID, MediaID, DueAt, WrittenUntil)
            select $1, ClientID, MediaID, clock_timestamp() + interval '6 hours', clock_timestamp() + interval '6 hours'
            from MediaObjects where MediaID = $3 and ClientID = $2
            for key share""";

    private static final String USE =
            "delete from UnusedObjects where ObjectKey = $1 and ClientID = $2 and not Deleting";

    private static final String ABANDON =
            "update UnusedObjects set DueAt = clock_timestamp(), WrittenUntil = null where ObjectKey = $1 and ClientID = $2";

    private static final String MARK_UNUSED = """
            update UnusedObjects set Deleting = true, DueAt = clock_timestamp() + interval '1 minute'
            where ObjectKey = any (array(
                select ObjectKey from UnusedObjects where DueAt <= clock_timestamp()
                order by DueAt limit $1 for update skip locked))
            returning ObjectKey""";

    private static final String FORGET = """
            delete from UnusedObjects
            where ObjectKey = any ($1) and coalesce(WrittenUntil <= clock_timestamp(), true)""";

    /** A file. Fails with a problem when the transaction sees none. */
    public Uni<StoredMedia> get(Tx tx, long clientId, long mediaId) {
        return tx.get(FIND, StoredMedia::of, "media", mediaId, clientId);
    }

    /** {@return a file, or null when the transaction sees none} */
    public Uni<StoredMedia> find(Tx tx, long clientId, long mediaId) {
        return tx.find(FIND, StoredMedia::of, mediaId, clientId);
    }

    /**
     * Adds a file of a session that a provider refers to, without a message. The caller requests its fetch.
     *
     * @return its id
     */
    public Uni<Long> await(Tx tx, RemoteFile file, long sessionId, String provider, FileKind kind) {
        return tx.find(
                AWAIT,
                row -> row.getLong(0),
                file.clientId(),
                sessionId,
                file.channelId(),
                provider,
                JsonObject.mapFrom(file.ref()),
                kind.stored());
    }

    /** The file is that of a message. */
    public Uni<Void> attach(Tx tx, long clientId, long mediaId, long messageId) {
        return tx.execute(OF_MESSAGE_NOW, mediaId, clientId, messageId).replaceWithVoid();
    }

    /** {@return the file of a message, or null when it has none} */
    public Uni<StoredMedia> ofMessage(Tx tx, long clientId, long messageId) {
        return tx.find(OF_MESSAGE, StoredMedia::of, messageId, clientId);
    }

    /** {@return a file that can be read, of a client that is not 'Inativo'; null when there is none} */
    Uni<StoredMedia> findReadable(Tx tx, long clientId, long mediaId) {
        return tx.find(FIND_READABLE, StoredMedia::of, mediaId, clientId);
    }

    /** {@return those of the files, of any clients, that cannot be read any longer} */
    Uni<List<Target>> unreadable(Tx tx, List<Target> files) {
        return tx.list(
                UNREADABLE,
                row -> new Target(row.getLong("client"), row.getLong("media")),
                files.stream().map(Target::clientId).toArray(Long[]::new),
                files.stream().map(Target::mediaId).toArray(Long[]::new));
    }

    /** {@return an uploaded file, which cannot be removed before the transaction ends; null when there is none} */
    Uni<StoredMedia> findUpload(Tx tx, long clientId, long mediaId) {
        return tx.find(FIND_UPLOAD, StoredMedia::of, mediaId, clientId);
    }

    /** Records that a message sends a file. */
    Uni<Void> send(Tx tx, SentFiles.Sending message, long mediaId) {
        return tx.execute(SEND, mediaId, message.messageId(), message.clientId(), message.sessionId())
                .replaceWithVoid();
    }

    /**
     * Deletes the files of sessions, of any client, and the uploads that only their messages send. Their objects are
     * deleted later, but without their rows they are unreadable.
     */
    public Uni<Void> removeOfSessions(Tx tx, Long[] sessions) {
        return tx.execute(REMOVE_OF_SESSIONS, (Object) sessions).replaceWithVoid();
    }

    /** The same for the files of messages. */
    public Uni<Void> removeOfMessages(Tx tx, List<Long> messages) {
        return tx.execute(REMOVE_OF_MESSAGES, (Object) messages.toArray(Long[]::new))
                .replaceWithVoid();
    }

    Uni<StoredMedia> upload(Tx tx, long clientId, Long userId, FileKind kind, String fileName, Accepted file) {
        return use(tx, clientId, file)
                .chain(() -> tx.get(
                        UPLOAD,
                        StoredMedia::of,
                        "media",
                        clientId,
                        userId,
                        kind.stored(),
                        fileName,
                        file.status().stored(),
                        file.reason(),
                        file.scan(),
                        file.mimeType(),
                        file.object().size(),
                        file.sha256(),
                        file.object().key(),
                        file.object().sealedKey()));
    }

    /** {@return whether the row still waited for its file} */
    Uni<Boolean> accept(Tx tx, long clientId, long mediaId, Accepted file) {
        return tx.execute(
                        ACCEPT,
                        mediaId,
                        clientId,
                        file.status().stored(),
                        file.reason(),
                        file.scan(),
                        file.mimeType(),
                        file.object().size(),
                        file.sha256(),
                        file.object().key(),
                        file.object().sealedKey())
                .map(changed -> changed == 1)
                .call(waited ->
                        waited ? use(tx, clientId, file) : Uni.createFrom().voidItem());
    }

    Uni<Void> refuse(Tx tx, long clientId, long mediaId, Refused file) {
        return tx.execute(REFUSE, mediaId, clientId, file.status().stored(), file.reason(), file.scan())
                .replaceWithVoid();
    }

    Uni<Void> reopen(Tx tx, long clientId, long mediaId) {
        return tx.execute(REOPEN, mediaId, clientId).replaceWithVoid();
    }

    Uni<Void> release(Tx tx, long clientId, long mediaId, String scan) {
        return tx.execute(RELEASE, mediaId, clientId, scan).replaceWithVoid();
    }

    Uni<Void> infected(Tx tx, long clientId, long mediaId, String reason) {
        return tx.execute(INFECTED, mediaId, clientId, reason).replaceWithVoid();
    }

    /**
     * Records that the store will hold an object that no row uses yet.
     *
     * @param mediaId the row that waits for it; null for an upload
     * @return false, and nothing is recorded, when the row was removed
     */
    Uni<Boolean> expect(Tx tx, long clientId, String objectKey, Long mediaId) {
        Uni<Integer> entered = mediaId == null
                ? tx.execute(EXPECT_UPLOAD, objectKey, clientId)
                : tx.execute(EXPECT, objectKey, clientId, mediaId);
        return entered.map(rows -> rows == 1);
    }

    /** The object of a file that no row will use is deleted soon. Changes nothing when a row uses it. */
    Uni<Void> abandon(Tx tx, long clientId, Accepted file) {
        return tx.execute(ABANDON, file.object().key(), clientId).replaceWithVoid();
    }

    private static Uni<Void> use(Tx tx, long clientId, Accepted file) {
        return tx.execute(USE, file.object().key(), clientId)
                .invoke(deleted -> {
                    if (deleted != 1) {
                        throw new TransientFailure("the file took too long: its object is being deleted");
                    }
                })
                .replaceWithVoid();
    }

    /** Marks objects that no row uses, so that none will. They are marked once more until they are forgotten. */
    Uni<List<String>> markUnused(Tx tx, int atMost) {
        return tx.list(MARK_UNUSED, row -> row.getString(0), atMost);
    }

    /** Forgets objects that were deleted, unless a process may still write them. */
    Uni<Integer> forget(Tx tx, List<String> objectKeys) {
        return tx.execute(FORGET, (Object) objectKeys.toArray(String[]::new));
    }
}
