package dev.comuta.media;

import dev.comuta.media.MediaIntake.Accepted;
import dev.comuta.media.MediaIntake.Arriving;
import dev.comuta.media.MediaIntake.Refused;
import dev.comuta.media.MediaIntake.Result;
import dev.comuta.platform.audit.Audit;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Workload;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.object.IncomingFile;
import dev.comuta.platform.object.StorageFull;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.quota.Limit;
import dev.comuta.quota.Quotas;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import org.jboss.resteasy.reactive.RestResponse;

/** Files of a client: uploads, metadata and links. */
@ApplicationScoped
class MediaUploads {

    private final Transactions transactions;
    private final MediaStore media;
    private final MediaIntake intake;
    private final MediaLinks links;
    private final Quotas quotas;
    private final Tasks tasks;
    private final MediaConfig config;

    MediaUploads(
            Transactions transactions,
            MediaStore media,
            MediaIntake intake,
            MediaLinks links,
            Quotas quotas,
            Tasks tasks,
            MediaConfig config) {
        this.transactions = transactions;
        this.media = media;
        this.intake = intake;
        this.links = links;
        this.quotas = quotas;
        this.tasks = tasks;
        this.config = config;
    }

    /**
     * A file to upload.
     *
     * @param userId the internal user; null for a key without a person
     * @param fileName may be null
     * @param declaredType may be null
     * @param declaredLength -1 when it is not declared
     */
    record Upload(
            long clientId, Long userId, FileKind kind, String fileName, String declaredType, long declaredLength) {}

    Uni<MediaView> get(long clientId, long mediaId) {
        return transactions
                .statementsInTenant(Workload.API, clientId, tx -> media.get(tx, clientId, mediaId))
                .map(MediaView::of);
    }

    /** A link to a file that can be read. The audit has an entry of it. */
    <V> Uni<RestResponse<V>> link(long clientId, long mediaId, IdempotentResponse<MediaLinkView, V> response) {
        return transactions.statementsInTenant(
                Workload.API, clientId, response.of(tx -> media.get(tx, clientId, mediaId)
                        .invoke(MediaUploads::requireReadable)
                        .call(() -> Audit.evenWithoutChange(tx))
                        .chain(row -> tx.now().map(now -> links.sign(new MediaLinks.Target(clientId, mediaId), now)))));
    }

    private static void requireReadable(StoredMedia row) {
        if (!row.isAvailable()) {
            throw Problem.of(ProblemType.CONFLICT, "the file cannot be read: its status is " + row.status());
        }
    }

    /** Stores an upload. Its limits are checked before anything is stored. */
    <V> Uni<RestResponse<V>> upload(Upload upload, HttpServerRequest body, IdempotentResponse<MediaView, V> response) {
        requireLength(upload);
        Arriving arriving =
                new Arriving(upload.clientId(), upload.kind(), upload.kind().limit(), upload.declaredType(), null);
        return Audit.withoutEntry(() ->
                        transactions.statementsInTenant(Workload.API, upload.clientId(), tx -> response.requireNew(tx)
                                .chain(() -> quotas.requireRoom(tx, upload.clientId(), Limit.STORED_MEGABYTES))))
                .chain(() -> intake.accept(arriving, file -> copy(body, file)))
                .chain(result -> accepted(upload, result))
                .chain(file -> transactions
                        .statementsInTenant(Workload.API, upload.clientId(), response.of(tx -> store(tx, upload, file)))
                        .call(stored -> abandon(upload.clientId(), file))
                        .onFailure()
                        .call(() -> abandon(upload.clientId(), file)))
                .onFailure(StorageFull.class)
                .transform(full -> Problem.unavailable(full.getMessage(), full))
                .onFailure(TransientFailure.class)
                .transform(failure -> Problem.unavailable("the file was not stored", failure));
    }

    private static void requireLength(Upload upload) {
        long limit = upload.kind().limit();
        if (upload.declaredLength() > limit) {
            throw Problem.invalid(
                    "body",
                    "must have at most " + FileKind.words(limit) + ", the limit of the kind "
                            + upload.kind().stored());
        }
    }

    /** Makes the object of a file that was not stored, or was stored before, due. Does nothing when its row uses it. */
    private Uni<Void> abandon(long clientId, Accepted file) {
        return Audit.withoutEntry(() -> transactions.statementsInTenant(
                        Workload.API, clientId, tx -> media.abandon(tx, clientId, file)))
                .onFailure()
                .recoverWithNull();
    }

    /** A connection that was closed before the copy began reports nothing any more. */
    private Uni<Void> copy(HttpServerRequest body, IncomingFile file) {
        return Uni.createFrom()
                .completionStage(() -> body.response().closed()
                        ? CompletableFuture.failedStage(new TransientFailure("the connection was closed"))
                        : body.pipe()
                                .endOnComplete(false)
                                .endOnFailure(false)
                                .to(file)
                                .toCompletionStage())
                .ifNoItem()
                .after(config.uploadTimeLimit())
                .failWith(() -> new TransientFailure("the file did not arrive in time"));
    }

    private Uni<Accepted> accepted(Upload upload, Result result) {
        return switch (result) {
            case Refused refused -> Uni.createFrom().failure(Problem.invalid("body", refused.detail()));
            case Accepted file
            when !upload.kind().canBeSentAs(file.mimeType()) ->
                abandon(upload.clientId(), file)
                        .chain(() -> Uni.createFrom().failure(notDelivered(upload.kind(), file)));
            case Accepted file -> Uni.createFrom().item(file);
        };
    }

    private static Problem notDelivered(FileKind kind, Accepted file) {
        return Problem.invalid(
                "body",
                "WhatsApp does not deliver " + file.mimeType() + " as " + kind.stored() + ": send one of "
                        + String.join(", ", kind.sendable()));
    }

    /** Another upload may have taken the room meanwhile. */
    private Uni<MediaView> store(Tx tx, Upload upload, Accepted file) {
        return quotas.requireRoom(tx, upload.clientId(), Limit.STORED_MEGABYTES)
                .chain(() ->
                        media.upload(tx, upload.clientId(), upload.userId(), upload.kind(), upload.fileName(), file))
                .call(row -> file.status() == MediaStatus.HELD
                        ? tasks.request(tx, MediaTasks.scan(upload.clientId(), null, row.mediaId()))
                        : Uni.createFrom().voidItem())
                .map(MediaView::of);
    }
}
