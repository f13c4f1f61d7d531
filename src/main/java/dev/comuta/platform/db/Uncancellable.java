package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/** Work that completes even when its subscribers cancel. */
final class Uncancellable {

    private Uncancellable() {}

    /**
     * Starts the work with the first subscriber. Cancelling the result (a time limit, a closed connection) does not
     * cancel the work, because the copy of the future does not propagate it.
     */
    static <T> Uni<T> run(Uni<T> work) {
        return Uni.createFrom().completionStage(() -> CompletableFuture.completedFuture(null)
                .thenCompose(ignored -> work.subscribeAsCompletionStage())
                .copy());
    }
}
