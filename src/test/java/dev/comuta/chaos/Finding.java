package dev.comuta.chaos;

import java.util.List;

/**
 * One promise and whether it was kept.
 *
 * @param promise in words
 * @param checked number of items checked
 * @param broken descriptions of the first violations
 * @param count number of violations
 */
record Finding(String promise, long checked, List<String> broken, long count) {

    private static final int SHOWN = 5;

    static Finding of(String promise, long checked, List<String> broken) {
        return new Finding(promise, checked, broken.stream().limit(SHOWN).toList(), broken.size());
    }

    boolean kept() {
        return count == 0;
    }
}
