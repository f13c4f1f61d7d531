package dev.comuta.mass;

import java.util.List;
import java.util.function.Predicate;

/**
 * One promise and whether it was kept.
 *
 * @param text in words
 * @param checked number of items checked
 * @param broken the items that break it, in words
 */
record Promise(String text, long checked, List<String> broken) {

    static <T> Promise of(String text, List<T> items, Predicate<T> kept) {
        return new Promise(
                text,
                items.size(),
                items.stream().filter(kept.negate()).map(Object::toString).toList());
    }

    /** A promise about a whole run. */
    static Promise of(String text, boolean kept, String found) {
        return new Promise(text, 1, kept ? List.of() : List.of(found));
    }

    boolean kept() {
        return broken.isEmpty();
    }
}
