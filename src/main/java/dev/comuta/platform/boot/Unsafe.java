package dev.comuta.platform.boot;

import java.util.stream.Stream;

/** Port: settings of a room that are good enough to develop with and not for production. */
public interface Unsafe {

    /**
     * A setting that production refuses.
     *
     * @param property the one to change
     * @param reason what is wrong with its value, without the value
     */
    record Setting(String property, String reason) {

        @Override
        public String toString() {
            return property + ": " + reason;
        }
    }

    /** Those that are unsafe as they are configured now; none when all is well. */
    Stream<Setting> settings();
}
