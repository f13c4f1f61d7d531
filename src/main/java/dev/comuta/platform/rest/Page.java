package dev.comuta.platform.rest;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A page of a list, sorted by id.
 *
 * @param items possibly none
 * @param next cursor of the next page, or null when this is the last
 */
public record Page<T>(
        @Schema(description = "The items; empty when nothing matches")
        List<T> items,

        @Schema(
                nullable = true,
                description = "Cursor of the next page, to be sent as `after`; null when this is the last page",
                examples = "NDI")
        String next) {

    /** An empty page. */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), null);
    }

    /** The same page with each item mapped. */
    public <R> Page<R> map(Function<? super T, ? extends R> as) {
        return new Page<>(items.stream().<R>map(as).toList(), next);
    }
}
