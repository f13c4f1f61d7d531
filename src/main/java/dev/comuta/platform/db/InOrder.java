package dev.comuta.platform.db;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/** Sequential work on several items, because a transaction is one stream of statements. */
public final class InOrder {

    private InOrder() {}

    /** Does the work for each item after the previous one has succeeded; fails with the first failure. */
    public static <T> Uni<Void> each(Iterable<? extends T> items, Function<? super T, Uni<?>> work) {
        Uni<?> all = Uni.createFrom().voidItem();
        for (T item : items) {
            all = all.chain(() -> work.apply(item));
        }
        return all.replaceWithVoid();
    }

    /** The same, with the results in the order of the items. */
    public static <T, R> Uni<List<R>> map(Iterable<T> items, Function<? super T, Uni<? extends R>> work) {
        return Multi.createFrom()
                .iterable(items)
                .onItem()
                .transformToUniAndConcatenate(work)
                .collect()
                .asList();
    }
}
