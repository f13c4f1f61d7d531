package dev.comuta.quota;

import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** All limits of a client. */
@Schema(name = "Limits")
record LimitsView(List<LimitView> limits) {

    /**
     * One limit.
     *
     * @param name the word that a problem names it by
     * @param limit how much the client may have
     * @param used how much it has
     * @param resetAt when all of it is there again; null when it is now, or when room is made only by removing something
     */
    @Schema(name = "Limit")
    record LimitView(@Schema(examples = "requestsPerMinute") String name, long limit, long used, Instant resetAt) {}
}
