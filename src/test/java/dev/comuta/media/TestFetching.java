package dev.comuta.media;

import dev.comuta.client.ClientStore;
import dev.comuta.platform.db.TestTransactions;
import dev.comuta.platform.db.Transactions;
import dev.comuta.platform.http.OutboundHttp;
import dev.comuta.platform.object.SealedObjects;
import dev.comuta.quota.TestQuotas;
import dev.comuta.task.TaskHandler;
import dev.comuta.task.Tasks;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;

/** Fetching files of a provider without a server. */
public final class TestFetching {

    private TestFetching() {}

    /** The handler of 'BuscaMídia' for the files of one provider. */
    public static TaskHandler of(
            Vertx vertx, Transactions transactions, OutboundHttp http, SealedObjects objects, MediaSource source) {
        return handler(vertx, transactions, http, objects, source, 1000, List.of());
    }

    /** The same, which notifies these listeners. */
    public static TaskHandler of(
            Vertx vertx,
            Transactions transactions,
            OutboundHttp http,
            SealedObjects objects,
            MediaSource source,
            List<MediaListener> listeners) {
        return handler(vertx, transactions, http, objects, source, 1000, listeners);
    }

    static FetchMediaHandler handler(
            Vertx vertx,
            Transactions transactions,
            OutboundHttp http,
            SealedObjects objects,
            MediaSource source,
            long megabytes,
            List<MediaListener> listeners) {
        MediaConfig config = TestTransactions.config(MediaConfig.class, Map.of("comuta.media.idle-time-limit", "1s"));
        MediaStore media = new MediaStore();
        return new FetchMediaHandler(
                transactions,
                media,
                new MediaIntake(objects, new Scanner(new Clamd(vertx, config), config), media, transactions),
                new MediaDownload(List.of(source), http, config),
                TestQuotas.of(megabytes, new ClientStore(), new StoredMegabytes()),
                new Tasks(),
                config,
                listeners);
    }
}
