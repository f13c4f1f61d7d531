package dev.comuta.platform.db;

import io.quarkus.cache.Cache;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** Answers from a cache. All who ask for one key wait for one look-up, and none of them ends it by giving up. */
public final class CoalescingCache {

    private CoalescingCache() {}

    /** What the cache has for the key, or else what is looked up for it. */
    public static <K, V> Uni<V> in(Cache cache, K key, Function<K, Uni<V>> lookUp) {
        return Uncancellable.run(cache.getAsync(key, lookUp));
    }
}
