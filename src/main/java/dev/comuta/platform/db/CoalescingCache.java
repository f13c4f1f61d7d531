package dev.comuta.platform.db;

import dev.comuta.platform.problem.Problem;
import io.quarkus.cache.Cache;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;

/**
 * A cache in which concurrent callers of one key share one look-up. A caller that cancels does not cancel it. A look-up
 * that does not end in time fails for all of them, and the next caller starts another one.
 */
public final class CoalescingCache {

    /** An entry of the cache does not expire while it is being loaded, so its look-up must end. */
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(2);

    private CoalescingCache() {}

    /** The cached value of the key, or else the value that the look-up returns. */
    public static <K, V> Uni<V> in(Cache cache, K key, Function<K, Uni<V>> lookUp) {
        return Uncancellable.run(cache.getAsync(key, same -> limited(lookUp.apply(same))));
    }

    private static <V> Uni<V> limited(Uni<V> lookUp) {
        return lookUp.ifNoItem()
                .after(LOOKUP_TIMEOUT)
                .failWith(() -> Problem.unavailable("the database did not answer in time", null));
    }
}
