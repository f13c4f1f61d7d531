package dev.comuta.platform.db;

import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/** Conditions in a chain. */
public final class Unis {

    private Unis() {}

    /** Does the work when the condition is true. */
    public static Uni<Void> when(boolean condition, Supplier<Uni<Void>> work) {
        return condition ? work.get() : Uni.createFrom().voidItem();
    }
}
