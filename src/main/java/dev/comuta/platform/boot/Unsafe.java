package dev.comuta.platform.boot;

import java.util.stream.Stream;

/** Port: settings of a room that are unsafe in production. */
public interface Unsafe {

    /**
     * A setting that is unsafe in production.
     *
     * @param property the property to change
     * @param reason the fault of its value, without the value
     */
    record Setting(String property, String reason) {

        @Override
        public String toString() {
            return property + ": " + reason;
        }
    }

    /** The settings whose current values are unsafe; possibly none. */
    Stream<Setting> settings();
}
