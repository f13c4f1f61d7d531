package dev.comuta.message.spoken;

import dev.comuta.task.Tasks;

/** Spoken messages without a server. */
public final class TestSpoken {

    private TestSpoken() {}

    public static SpokenMessages messages() {
        return new SpokenMessages(new Tasks());
    }
}
