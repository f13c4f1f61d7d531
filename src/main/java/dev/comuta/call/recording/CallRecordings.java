package dev.comuta.call.recording;

import dev.comuta.call.CallReading;
import dev.comuta.call.CallRef;
import dev.comuta.call.RecordingListener;
import dev.comuta.call.RecordingNews;
import dev.comuta.call.notice.CallNotice;
import dev.comuta.call.notice.CallNotices;
import dev.comuta.call.recording.RecordingStore.RecordedCall;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.media.FileKind;
import dev.comuta.media.MediaRef;
import dev.comuta.media.MediaSource.RemoteFile;
import dev.comuta.media.MediaStore;
import dev.comuta.media.MediaTasks;
import dev.comuta.message.MessageStore;
import dev.comuta.message.content.Content;
import dev.comuta.platform.db.InOrder;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.SessionRef;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * The recordings of calls. One that has ended and is not empty has a file, whose fetch is requested. A message on the
 * voicemail is also a message of the end user in the session of the call, which no assistant answers.
 */
@ApplicationScoped
public class CallRecordings implements RecordingListener {

    private static final String WAV = "audio/wav";

    private final Transactions transactions;
    private final RecordingStore store;
    private final ChannelDirectory channels;
    private final MediaStore media;
    private final MessageStore messages;
    private final CallNotices notices;
    private final Originals originals;
    private final Tasks tasks;

    CallRecordings(
            Transactions transactions,
            RecordingStore store,
            ChannelDirectory channels,
            MediaStore media,
            MessageStore messages,
            CallNotices notices,
            Originals originals,
            Tasks tasks) {
        this.transactions = transactions;
        this.store = store;
        this.channels = channels;
        this.media = media;
        this.messages = messages;
        this.notices = notices;
        this.originals = originals;
        this.tasks = tasks;
    }

    /**
     * Stores a report of a provider. Of the recording of an erased end user nothing is stored, and the provider's copy is
     * deleted. Fails with 404 when the client has no such call, and as unavailable when the database is.
     */
    public Uni<Void> report(CallRef call, RecordingReport report) {
        return transactions.statementsInTenant(
                call.clientId(), tx -> store.lockCall(tx, call).chain(found -> report(tx, found, report)));
    }

    @Override
    public Uni<Void> reported(RecordingNews news) {
        return transactions.statementsInTenant(news.call().clientId(), tx -> store.lockCall(tx, news.call())
                .map(call -> call.at(news.position()))
                .chain(call -> report(tx, call, RecordingReport.of(news, call.sourceAt(news.position())))));
    }

    private Uni<Void> report(Tx tx, RecordedCall call, RecordingReport report) {
        return call.erased()
                ? originals.delete(tx, call.ref().clientId(), call.channelId(), report.providerId())
                : add(tx, call, report);
    }

    private Uni<Void> add(Tx tx, RecordedCall call, RecordingReport report) {
        return store.report(tx, call, report)
                .chain(recording -> Unis.when(needsFile(recording, report), () -> fetch(tx, call, recording, report)));
    }

    private static boolean needsFile(StoredRecording recording, RecordingReport report) {
        return recording.status() == RecordingStatus.RECORDED && recording.mediaId() == null && report.url() != null;
    }

    private Uni<Void> fetch(Tx tx, RecordedCall call, StoredRecording recording, RecordingReport report) {
        long clientId = call.ref().clientId();
        MediaRef ref = new MediaRef(report.providerId(), report.url(), WAV, null, null);
        RemoteFile file = new RemoteFile(clientId, call.channelId(), ref);
        return channels.getProvider(tx, call.channelId())
                .chain(provider -> media.await(tx, file, call.sessionId(), provider.stored(), FileKind.AUDIO))
                .call(mediaId -> message(tx, call, recording, ref, mediaId)
                        .chain(messageId -> store.file(tx, recording, mediaId, messageId)))
                .chain(mediaId -> tasks.request(tx, MediaTasks.fetch(clientId, call.sessionId(), mediaId)));
    }

    /** {@return the message of a recording on the voicemail; null for a conversation} */
    private Uni<Long> message(Tx tx, RecordedCall call, StoredRecording recording, MediaRef ref, long mediaId) {
        if (recording.purpose() != RecordingPurpose.VOICEMAIL) {
            return Uni.createFrom().nullItem();
        }
        long clientId = call.ref().clientId();
        MediaRef file = new MediaRef(ref.providerId(), ref.url(), ref.mimeType(), null, null, mediaId);
        Content content = new Content.Media(FileKind.AUDIO.stored(), file, null);
        return messages.receive(tx, new SessionRef(clientId, call.sessionId()), content)
                .call(messageId -> media.attach(tx, clientId, mediaId, messageId))
                .call(() -> notices.request(
                        tx,
                        new CallNotices.Subject(call.ref(), call.sessionId(), call.channelId(), call.broker()),
                        CallNotice.VOICEMAIL));
    }

    /** Removes the recordings of the sessions of an erased end user, also at the provider. */
    public Uni<Void> erase(Tx tx, long clientId, Long[] sessions) {
        return store.remove(tx, clientId, sessions)
                .chain(removed -> InOrder.each(
                        removed,
                        original -> originals.delete(tx, clientId, original.channelId(), original.providerId())));
    }

    /** The recordings of a call, the oldest first. Fails with 404 when the client has no such call. */
    Uni<List<RecordingView>> list(CallRef call) {
        return transactions.inTenant(
                call.clientId(), tx -> CallReading.get(tx, call).chain(() -> store.list(tx, call)));
    }
}
