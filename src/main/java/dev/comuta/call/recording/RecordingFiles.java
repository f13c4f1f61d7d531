package dev.comuta.call.recording;

import dev.comuta.event.EventType;
import dev.comuta.event.Events;
import dev.comuta.media.MediaListener;
import dev.comuta.media.StoredMedia;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** Records 'GravaçãoDisponível' when the file of a recording can be read, and plans the end of the provider's copy. */
@ApplicationScoped
class RecordingFiles implements MediaListener {

    private final RecordingStore store;
    private final Originals originals;
    private final Events events;

    RecordingFiles(RecordingStore store, Originals originals, Events events) {
        this.store = store;
        this.originals = originals;
        this.events = events;
    }

    @Override
    public Uni<Void> available(Tx tx, StoredMedia file) {
        return Unis.when(file.sessionId() != null, () -> store.available(tx, file.clientId(), file.mediaId())
                .chain(recording -> Unis.when(recording != null, () -> record(tx, recording)
                        .chain(() -> originals.deleteLater(tx, recording, file.channelId())))));
    }

    private Uni<Void> record(Tx tx, StoredRecording recording) {
        JsonObject data = new JsonObject()
                .put("CallID", Long.toString(recording.call().callId()))
                .put("RecordingID", Long.toString(recording.recordingId()));
        return events.record(
                tx, recording.call().clientId(), recording.sessionId(), EventType.RECORDING_AVAILABLE, data);
    }

    @Override
    public Uni<Void> unavailable(Tx tx, StoredMedia file, long taskId) {
        return Unis.when(file.sessionId() != null, () -> store.failed(tx, file.clientId(), file.mediaId()));
    }
}
