package dev.comuta.message.transcription;

import dev.comuta.media.FileKind;
import dev.comuta.media.MediaListener;
import dev.comuta.media.MediaTasks;
import dev.comuta.media.StoredMedia;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.SessionRef;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Requests the transcription of a voice note in the commit that stores its file, so that a turn waits for both. A voice
 * note without a file gets the sentence of one that could not be transcribed.
 */
@ApplicationScoped
class VoiceNotes implements MediaListener {

    private final SettingsStore settings;
    private final Tasks tasks;
    private final Apology apology;

    VoiceNotes(SettingsStore settings, Tasks tasks, Apology apology) {
        this.settings = settings;
        this.tasks = tasks;
        this.apology = apology;
    }

    @Override
    public Uni<Void> available(Tx tx, StoredMedia file) {
        return isWanted(tx, file).chain(wanted -> Unis.when(wanted, () -> tasks.request(tx, task(file))));
    }

    @Override
    public Uni<Void> unavailable(Tx tx, StoredMedia file, long taskId) {
        return isWanted(tx, file)
                .chain(wanted -> Unis.when(wanted, () -> apology.write(tx, sessionOf(file), file.mediaId(), taskId)));
    }

    private Uni<Boolean> isWanted(Tx tx, StoredMedia file) {
        boolean isOfMessage =
                FileKind.AUDIO.stored().equals(file.kind()) && file.sessionId() != null && file.messageId() != null;
        return isOfMessage
                ? settings.isWanted(tx, file.clientId(), file.messageId())
                : Uni.createFrom().item(false);
    }

    private static SessionRef sessionOf(StoredMedia file) {
        return new SessionRef(file.clientId(), file.sessionId());
    }

    private static NewTask task(StoredMedia file) {
        return task(sessionOf(file), file.mediaId(), new JsonObject());
    }

    /** @param options model and language, when they are not those of the client's settings */
    static NewTask task(SessionRef session, long mediaId, JsonObject options) {
        return NewTask.of(MediaTasks.TRANSCRIPTION)
                .client(session.clientId())
                .session(session.sessionId())
                .data(options.copy().put("mediaId", mediaId))
                .dedupeKey(dedupeKey(mediaId));
    }

    static String dedupeKey(long mediaId) {
        return "transcricao:" + mediaId;
    }
}
