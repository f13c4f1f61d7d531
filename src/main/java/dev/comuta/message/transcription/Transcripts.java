package dev.comuta.message.transcription;

import dev.comuta.media.FileKind;
import dev.comuta.media.MediaStore;
import dev.comuta.media.StoredMedia;
import dev.comuta.message.content.AudioTranscript;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.idempotency.IdempotentResponse;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import dev.comuta.session.SessionRef;
import dev.comuta.task.TaskList;
import dev.comuta.task.TaskView;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;

/** Lists the transcripts of a message, and requests another one. */
@ApplicationScoped
class Transcripts {

    private final Transactions transactions;
    private final SettingsStore settings;
    private final TranscriptStore transcripts;
    private final MediaStore media;
    private final Tasks tasks;

    Transcripts(
            Transactions transactions,
            SettingsStore settings,
            TranscriptStore transcripts,
            MediaStore media,
            Tasks tasks) {
        this.transactions = transactions;
        this.settings = settings;
        this.transcripts = transcripts;
        this.media = media;
        this.tasks = tasks;
    }

    Uni<List<AudioTranscript>> list(SessionRef session, long messageId) {
        return transactions.statementsInTenant(session.clientId(), tx -> transcripts
                .contentType(tx, session, messageId)
                .chain(() -> transcripts.ofMessage(tx, session, messageId)));
    }

    /** Requests a transcript; earlier ones remain. Does nothing but return the task when one is open. */
    <V> Uni<RestResponse<V>> request(
            SessionRef session, long messageId, RerunFields fields, IdempotentResponse<TaskView, V> once) {
        return transactions.inTenant(session.clientId(), once.of(tx -> audio(tx, session, messageId)
                .call(file -> tasks.request(tx, VoiceNotes.task(session, file.mediaId(), fields.options())))
                .chain(file -> tasks.lockOpen(tx, session.clientId(), VoiceNotes.dedupeKey(file.mediaId())))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.of(ProblemType.CONFLICT, "a transcription has just ended: read the message"))
                .chain(taskId -> TaskList.get(tx, session.clientId(), taskId))));
    }

    private Uni<StoredMedia> audio(Tx tx, SessionRef session, long messageId) {
        return transcripts
                .contentType(tx, session, messageId)
                .call(() -> settings.find(tx, session.clientId()).invoke(Transcripts::requireEnabled))
                .chain(type -> media.ofMessage(tx, session.clientId(), messageId))
                .invoke(Transcripts::requireReadable);
    }

    private static void requireReadable(StoredMedia file) {
        if (file == null || !FileKind.AUDIO.stored().equals(file.kind())) {
            throw Problem.of(ProblemType.CONFLICT, "the message has no audio file");
        }
        if (!file.isAvailable() && !file.isAwaited()) {
            throw Problem.of(
                    ProblemType.CONFLICT, "the audio file is '" + file.status() + "' and cannot be read: see getMedia");
        }
    }

    private static void requireEnabled(SpeechSettings settings) {
        if (!settings.enabled()) {
            throw Problem.of(
                    ProblemType.CONFLICT, "transcription is switched off: switch it on with changeTranscription");
        }
    }
}
