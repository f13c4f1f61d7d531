package dev.comuta.call.recording;

import dev.comuta.call.CallProvider;
import dev.comuta.call.CallProviders;
import dev.comuta.call.CallsConfig;
import dev.comuta.channel.ChannelDirectory;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.task.NewTask;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Requests that providers delete their copies of recordings. The tasks belong to no session, which may be removed. */
@ApplicationScoped
class Originals {

    static final String CHANNEL_ID = "channelId";
    static final String PROVIDER_RECORDING_ID = "providerRecordingId";
    static final String RECORDING_ID = "recordingId";

    private final CallProviders providers;
    private final ChannelDirectory channels;
    private final Tasks tasks;
    private final CallsConfig config;

    Originals(CallProviders providers, ChannelDirectory channels, Tasks tasks, CallsConfig config) {
        this.providers = providers;
        this.channels = channels;
        this.tasks = tasks;
        this.config = config;
    }

    /** Deletes the provider's copy of a recording that was fetched, after some days. */
    Uni<Void> deleteLater(Tx tx, StoredRecording recording, long channelId) {
        NewTask task = task(recording.call().clientId(), channelId, recording.providerId(), recording.recordingId())
                .delay(Duration.ofDays(config.originalDays()));
        return Unis.when(config.originalDays() > 0, () -> request(tx, channelId, task));
    }

    /** Deletes a provider's copy now. */
    Uni<Void> delete(Tx tx, long clientId, long channelId, String providerRecordingId) {
        return request(tx, channelId, task(clientId, channelId, providerRecordingId, null));
    }

    private Uni<Void> request(Tx tx, long channelId, NewTask task) {
        return channels.getProvider(tx, channelId)
                .map(provider -> providers
                        .of(provider)
                        .filter(CallProvider::keepsRecordings)
                        .isPresent())
                .chain(keeps -> Unis.when(keeps, () -> tasks.request(tx, task)));
    }

    private static NewTask task(long clientId, long channelId, String providerRecordingId, Long recordingId) {
        return NewTask.of(RecordingTasks.DELETE_ORIGINAL)
                .client(clientId)
                .data(new JsonObject()
                        .put(CHANNEL_ID, channelId)
                        .put(PROVIDER_RECORDING_ID, providerRecordingId)
                        .put(RECORDING_ID, recordingId));
    }
}
