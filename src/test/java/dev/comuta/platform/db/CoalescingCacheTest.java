package dev.comuta.platform.db;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        assertEquals("found", find(Uni.createFrom().item("found")).join());
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
