package dev.comuta.assistant.expression;

import dev.comuta.platform.problem.TransientFailure;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The work that is left to one evaluation. Every loop over an expression or a document counts its steps here, so that an
 * evaluation that is too large, late or no longer wanted ends by itself. One step takes about 0.1 microseconds.
 */
final class Steps {

    /** Most steps of one evaluation. */
    static final long MAX = 10_000_000;

    /** One application of a keyword of a JSON Schema, with the memory of an error. */
    static final int OF_KEYWORD = 100;

    /** One node of a document that a result path selects. */
    static final int OF_NODE = 5;

    private static final long BETWEEN_LOOKS = 10_000;
    private static final ScopedValue<Steps> CURRENT = ScopedValue.newInstance();

    private final long deadline;
    private long left = MAX;
    private long nextLook = MAX;
    private volatile boolean stopped;

    /** @param limit the time from now in which the evaluation must end */
    Steps(Duration limit) {
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    /** The evaluation needs more steps than it may have. */
    static final class TooMany extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMany() {
            super("takes too many steps", null, false, false);
        }
    }

    /** Runs {@code work}, whose steps are counted here. */
    <T> T count(Supplier<T> work) {
        return ScopedValue.where(CURRENT, this).call(work::get);
    }

    /** Ends the evaluation at its next step. Any thread may call it. */
    void stop() {
        stopped = true;
    }

    /**
     * Counts steps of the evaluation that runs on this thread, if any. Fails with {@link TooMany} when none are left, and
     * with a {@link TransientFailure} when the evaluation is late or stopped.
     */
    static void take(long steps) {
        if (CURRENT.isBound()) {
            CURRENT.get().subtract(steps);
        }
    }

    private void subtract(long steps) {
        left -= steps;
        if (left < 0) {
            throw new TooMany();
        }
        if (left < nextLook) {
            nextLook = left - BETWEEN_LOOKS;
            requireWanted();
        }
    }

    private void requireWanted() {
        if (stopped || System.nanoTime() - deadline > 0) {
            throw new TransientFailure("the evaluation of an expression did not end in time");
        }
    }
}
