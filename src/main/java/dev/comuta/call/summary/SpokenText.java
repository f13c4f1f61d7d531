package dev.comuta.call.summary;

import dev.comuta.call.CallRef;
import dev.comuta.message.SenderType;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/**
 * Port: what was said in calls, as text. Each implementation knows other words of a call; a summary is made of all of them,
 * in the order of their times. One whose words arrive after the call calls {@link SummaryRequests#textArrived}.
 */
public interface SpokenText {

    /** {@return what was said in a call, in any order; empty when nothing is known} */
    Uni<List<Said>> of(Tx tx, CallRef call, long sessionId);

    /**
     * What one side said.
     *
     * @param at when it began
     * @param text not blank
     */
    record Said(Instant at, SenderType by, String text) {}
}
