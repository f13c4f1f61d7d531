package dev.comuta.platform.db;

import io.quarkus.cache.Cache;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** A cache in which concurrent callers of one key share one look-up. A caller that cancels does not cancel it. */
public final class CoalescingCache {

    private CoalescingCache() {}

    /** The cached value of the key, or else the value that the look-up returns. */
    public static <K, V> Uni<V> in(Cache cache, K key, Function<K, Uni<V>> lookUp) {
        return Uncancellable.run(cache.getAsync(key, lookUp));
    }
}
