package dev.comuta.chaos;

import java.util.List;

/**
 * One promise and whether it was kept.
 *
 * @param promise in words
 * @param checked number of items checked
 */
record Finding(String promise, long checked, List<Broken> broken) {

    /**
     * A violation.
     *
     * @param messageId the message that it is about; null for none
     */
    record Broken(String what, Long messageId) {

        static Broken of(String what) {
            return new Broken(what, null);
        }
    }

    boolean kept() {
        return broken.isEmpty();
    }
}
