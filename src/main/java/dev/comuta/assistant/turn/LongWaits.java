package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantConfig;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;

/** Waits that another system requests. Nobody waits in silence beyond {@code comuta.assistant.longest-wait}. */
final class LongWaits {

    private LongWaits() {}

    /** The failure, or a {@link PermanentFailure} in its place when it requests too long a wait. */
    static Throwable limited(Throwable failure, AssistantConfig config) {
        boolean isLong = failure instanceof TransientFailure passing
                && !passing.mayHaveArrived()
                && passing.retryAfter()
                        .filter(wait -> wait.compareTo(config.longestWait()) > 0)
                        .isPresent();
        return isLong
                ? new PermanentFailure(failure.getMessage() + " and requests a wait that is too long", failure)
                : failure;
    }
}
