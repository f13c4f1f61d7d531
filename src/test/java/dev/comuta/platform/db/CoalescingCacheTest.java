package dev.comuta.platform.db;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.comuta.platform.problem.Problem;
import io.quarkus.cache.Cache;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheImpl;
import io.quarkus.cache.runtime.caffeine.CaffeineCacheInfo;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CoalescingCacheTest {

    private final Cache cache = cache();

    @Test
    void aLookUpThatNeverEndsFailsAndTheNextCallerStartsAnother() {
        CompletableFuture<String> first = find(Uni.createFrom().nothing());
        CompletableFuture<String> second = find(Uni.createFrom().item("of a second look-up"));

        CompletionException failure = assertThrows(CompletionException.class, first::join);
        assertInstanceOf(Problem.class, failure.getCause());
        assertThrows(CompletionException.class, second::join, "joined the first one");
        // the cache removes a failed look-up a moment after its callers have failed
        await().until(() -> "found"
                .equals(find(Uni.createFrom().item("found"))
                        .exceptionally(late -> null)
                        .join()));
    }

    private CompletableFuture<String> find(Uni<String> lookUp) {
        return CoalescingCache.in(cache, "key", key -> lookUp)
                .subscribeAsCompletionStage()
                .orTimeout(10, TimeUnit.SECONDS);
    }

    private static Cache cache() {
        CaffeineCacheInfo info = new CaffeineCacheInfo();
        info.name = "test";
        info.expireAfterWrite = Duration.ofMillis(1);
        return new CaffeineCacheImpl(info, false);
    }
}
