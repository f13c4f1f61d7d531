package dev.comuta.call;

import io.smallrye.mutiny.Uni;

/** Port: what providers report about recordings of calls, after the signature is verified. */
public interface RecordingListener {

    /**
     * Stores news of a recording. Fails with 404 when the client has no such call, and as unavailable when the database is;
     * the provider then repeats the news.
     */
    Uni<Void> reported(RecordingNews news);
}
