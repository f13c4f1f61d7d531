package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;

/** Work that runs to its end even when nobody waits for it any more. */
final class Uncancellable {

    private Uncancellable() {}

    /**
     * Starts the work with the first subscriber. Cancelling the answer (a time limit, a caller that hung up) does not
     * cancel the work: the copy breaks the chain of cancellation.
     */
    static <T> Uni<T> run(Uni<T> work) {
        return Uni.createFrom().completionStage(() -> CompletableFuture.completedFuture(null)
                .thenCompose(ignored -> work.subscribeAsCompletionStage())
                .copy());
    }
}
