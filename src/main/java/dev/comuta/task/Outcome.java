package dev.comuta.task;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** How an attempt ended. */
public sealed interface Outcome {

    /**
     * The task is finished.
     *
     * @param resultData what is kept in ResultData; may be null
     * @param effects rows that are written in the same transaction
     */
    record Done(JsonObject resultData, Effects effects) implements Outcome {}

    /**
     * Not this time; the engine tries again while attempts are left.
     *
     * @param after the least time to wait; null leaves it to the engine's growing gaps
     * @param cause one sentence for LastError, without message text or secrets
     */
    record Retry(Duration after, String cause) implements Outcome {}

    /**
     * Never.
     *
     * @param cause one sentence for LastError, without message text or secrets
     */
    record Failed(String cause) implements Outcome {}

    /** Finished, with nothing to write. */
    static Outcome nothingToDo() {
        return new Done(null, Effects.NONE);
    }
}
