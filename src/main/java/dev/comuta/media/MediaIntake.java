package dev.comuta.media;

import dev.comuta.media.Scanner.Verdict;
import dev.comuta.platform.audit.Audit;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.object.IncomingFile;
import dev.comuta.platform.object.IncomingFile.FileTooLarge;
import dev.comuta.platform.object.ObjectKey;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.platform.object.SealedObjects.SealedObject;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.function.Function;

/**
 * Takes a file in: it arrives encrypted on the disk, its size and type are checked, it is scanned, and then it becomes
 * an object. The caller writes the row.
 */
@ApplicationScoped
class MediaIntake {

    private static final String UNKNOWN_TYPE = "application/octet-stream";

    private final SealedObjects objects;
    private final Scanner scanner;
    private final MediaStore media;
    private final Transactions transactions;

    MediaIntake(SealedObjects objects, Scanner scanner, MediaStore media, Transactions transactions) {
        this.objects = objects;
        this.scanner = scanner;
        this.media = media;
        this.transactions = transactions;
    }

    /**
     * A file that arrives.
     *
     * @param limit most bytes
     * @param declaredType a claim that the bytes must confirm; may be null
     * @param mediaId the row that waits for it; null for an upload, which messages will send
     */
    record Arriving(long clientId, FileKind kind, long limit, String declaredType, Long mediaId) {}

    /** The result. */
    sealed interface Result {}

    /**
     * The object is stored.
     *
     * @param reason why it is held; null when it can be read
     * @param scan null when no scanner is configured
     */
    record Accepted(MediaStatus status, String reason, String scan, String mimeType, String sha256, SealedObject object)
            implements Result {}

    /**
     * Nothing is stored.
     *
     * @param reason a Portuguese sentence, which is stored
     * @param detail the same for the problem of an upload
     * @param scan null when it was not scanned
     */
    record Refused(MediaStatus status, String reason, String detail, String scan) implements Result {

        static Refused notAccepted(String reason, String detail) {
            return new Refused(MediaStatus.UNAVAILABLE, reason, detail, null);
        }
    }

    /**
     * Takes a file in.
     *
     * @param arrival writes the bytes, and does not end the file
     * @return fails as the arrival, the store and the disk do
     */
    Uni<Result> accept(Arriving arriving, Function<IncomingFile, Uni<Void>> arrival) {
        return objects.receive(arriving.limit()).chain(file -> arrival.apply(file)
                .chain(() -> Uni.createFrom().completionStage(() -> file.end().toCompletionStage()))
                .chain(() -> check(arriving, file))
                .onFailure(FileTooLarge.class)
                .recoverWithItem(() -> tooLarge(arriving.kind(), arriving.limit()))
                .onTermination()
                .call(() -> objects.discard(file)));
    }

    private Uni<Result> check(Arriving arriving, IncomingFile file) {
        FileKind kind = arriving.kind();
        String type = typeOf(kind, arriving.declaredType(), file.head());
        if (file.size() == 0) {
            return refuse("o arquivo está vazio", "must not be empty");
        }
        if (!kind.has(type)) {
            return refuse(
                    "o conteúdo não é do tipo " + kind.stored(),
                    "its first bytes are of type " + type + ", which is not of the kind " + kind.stored());
        }
        if (kind == FileKind.DOCUMENT && MediaKind.isActive(file.head())) {
            return refuse(
                    "o arquivo é um programa ou uma página da web, não um documento",
                    "must be a document: programs, HTML and SVG are rejected");
        }
        if (arriving.mediaId() == null && kind == FileKind.AUDIO && MediaKind.isOggOfOtherCodec(file.head())) {
            return refuse("o áudio em Ogg não é Opus", "must be Opus when it is Ogg: WhatsApp delivers no other codec");
        }
        if (kind == FileKind.STICKER && file.size() > FileKind.STILL_STICKER && !isAnimated(file.head())) {
            return Uni.createFrom().item(tooLarge(kind, FileKind.STILL_STICKER));
        }
        return scanner.scan(() -> objects.open(file)).chain(verdict -> store(arriving, file, type, verdict));
    }

    private Uni<Result> store(Arriving arriving, IncomingFile file, String type, Verdict verdict) {
        if (verdict.isInfected()) {
            return Uni.createFrom()
                    .item(new Refused(
                            MediaStatus.INFECTED,
                            verdict.reason(),
                            "contains malware: " + verdict.reason(),
                            verdict.scan()));
        }
        String key = ObjectKey.next();
        return Audit.withoutEntry(() -> transactions.statementsInTenant(
                        arriving.clientId(), tx -> media.expect(tx, arriving.clientId(), key, arriving.mediaId())))
                .chain(expected -> expected
                        ? objects.store(file, key).map(object -> accepted(file, type, verdict, object))
                        : refuse("o arquivo foi removido", "was removed"));
    }

    private static Result accepted(IncomingFile file, String type, Verdict verdict, SealedObject object) {
        return new Accepted(
                verdict.isHeld() ? MediaStatus.HELD : MediaStatus.AVAILABLE,
                verdict.reason(),
                verdict.scan(),
                type,
                file.sha256(),
                object);
    }

    private static Uni<Result> refuse(String reason, String detail) {
        return Uni.createFrom().item(Refused.notAccepted(reason, detail));
    }

    private static Result tooLarge(FileKind kind, long limit) {
        String words = FileKind.words(limit);
        return Refused.notAccepted(
                "o arquivo é maior que o limite de " + words,
                "must have at most " + words + ", the limit of the kind " + kind.stored());
    }

    /** The declared type when the bytes confirm it, else the type that they show. */
    private static String typeOf(FileKind kind, String declared, byte[] head) {
        if (declared != null && MediaKind.isPlausible(declared, head)) {
            return declared.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        }
        String recognized = MediaKind.typeOf(head).orElse(UNKNOWN_TYPE);
        boolean isAudioInMp4 = kind == FileKind.AUDIO && "video/mp4".equals(recognized);
        return isAudioInMp4 ? "audio/mp4" : recognized;
    }

    /** Whether a WebP file has the flag of an animation (RFC 9649, 2.7). */
    private static boolean isAnimated(byte[] head) {
        int flags = 20;
        return head.length > flags && head[12] == 'V' && head[15] == 'X' && (head[flags] & 0x02) != 0;
    }
}
