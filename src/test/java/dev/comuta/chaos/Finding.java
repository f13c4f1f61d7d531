package dev.comuta.chaos;

import java.util.List;

/**
 * One promise and whether it was kept.
 *
 * @param promise in words
 * @param looked how many things were looked at
 * @param broken what broke it, the first few in words
 * @param count how often it was broken
 */
record Finding(String promise, long looked, List<String> broken, long count) {

    private static final int SHOWN = 5;

    static Finding of(String promise, long looked, List<String> broken) {
        return new Finding(promise, looked, broken.stream().limit(SHOWN).toList(), broken.size());
    }

    boolean kept() {
        return count == 0;
    }
}
