package dev.comuta.task;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** How an attempt ended. */
public sealed interface Outcome {

    /**
     * The task is finished.
     *
     * @param resultData the value of ResultData; may be null
     * @param effects the rows that are written in the same transaction
     */
    record Done(JsonObject resultData, Effects effects) implements Outcome {}

    /**
     * The attempt failed; the engine retries while attempts remain.
     *
     * @param after the least time to wait; null for the engine's exponential back-off
     * @param cause one sentence for LastError, without message text or secrets
     * @param ofFailure the rows that are written after those of the handler when no attempt remains
     */
    record Retry(Duration after, String cause, Effects ofFailure) implements Outcome {

        /** A failed attempt without rows of its own. */
        public Retry(Duration after, String cause) {
            this(after, cause, Effects.NONE);
        }
    }

    /**
     * The attempt could not begin, for a reason outside of the task. The engine retries and does not count the attempt
     * while the task is younger than its postponement limit; afterwards it counts as {@link Retry}.
     *
     * @param after the least time to wait; null for the engine's own
     * @param cause one sentence for LastError, without message text or secrets
     */
    record Postponed(Duration after, String cause) implements Outcome {}

    /**
     * The task can never succeed.
     *
     * @param cause one sentence for LastError, without message text or secrets
     * @param effects the rows that are written after those of the handler, in the same transaction
     */
    record Failed(String cause, Effects effects) implements Outcome {

        /** A failure without rows of its own. */
        public Failed(String cause) {
            this(cause, Effects.NONE);
        }
    }

    /** The result of a failed task whose attempts may have had their effect on another system. */
    static JsonObject unknownResult() {
        return new JsonObject().put("desfecho", "desconhecido");
    }

    /** Whether this is the result of a failed task whose attempts may have had their effect. */
    static boolean isUnknown(JsonObject resultData) {
        return resultData != null && "desconhecido".equals(resultData.getValue("desfecho"));
    }

    /** Finished, with nothing to write. */
    static Outcome nothingToDo() {
        return new Done(null, Effects.NONE);
    }
}
