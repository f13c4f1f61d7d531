package dev.comuta.platform.rest;

import java.util.List;
import java.util.function.Function;

/**
 * A page of a list, sorted by id.
 *
 * @param items possibly none
 * @param next cursor of the next page, or null when this is the last
 */
public record Page<T>(List<T> items, String next) {

    /** An empty page. */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), null);
    }

    /** The same page with each item mapped. */
    public <R> Page<R> map(Function<? super T, ? extends R> as) {
        return new Page<>(items.stream().<R>map(as).toList(), next);
    }
}
