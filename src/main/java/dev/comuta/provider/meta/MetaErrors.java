package dev.comuta.provider.meta;

import dev.comuta.message.UnknownOutcome;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Maps the Graph API's errors: a code in {@code {"error":{"code":…}}} is transient or permanent, no answer is an unknown
 * outcome. The texts of errors may name people and are discarded.
 */
final class MetaErrors {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** Unknown, service, application's rate, account's rate, something went wrong, service unavailable, number's rate. */
    private static final Set<Integer> TRANSIENT = Set.of(1, 2, 4, 80007, 131000, 131016, 130429, 131056);

    /** Codes after which more time is needed than a first retry would give: one message per pair and six seconds. */
    private static final Map<Integer, Duration> PAUSES = Map.of(131056, Duration.ofSeconds(6));

    private MetaErrors() {}

    /** The failure for an answer other than 2xx. */
    static RuntimeException of(HttpAnswer answer) {
        int code = code(answer);
        String said = "Meta answered " + answer.status() + ", code " + code;
        boolean passes =
                answer.status() >= SERVER_ERROR || answer.status() == TOO_MANY_REQUESTS || TRANSIENT.contains(code);
        Duration pause = Optional.ofNullable(answer.retryAfter()).orElse(PAUSES.get(code));
        return passes ? new TransientFailure(said, pause, null) : new PermanentFailure(said);
    }

    /** The failure for a posted message: an {@link UnknownOutcome} when Meta may have received it. */
    static Throwable ofSending(Throwable failure) {
        boolean mayHaveArrived =
                switch (failure) {
                    case TimeoutException late -> true;
                    case TransientFailure unanswered -> unanswered.mayHaveArrived();
                    default -> false;
                };
        return mayHaveArrived ? new UnknownOutcome("Meta did not answer", failure) : failure;
    }

    /** -1 when the body is not Meta's. */
    private static int code(HttpAnswer answer) {
        try {
            return UntrustedJson.object(answer.body())
                    .getJsonObject("error", new JsonObject())
                    .getInteger("code", -1);
        } catch (DecodeException | ClassCastException notMetas) {
            return -1;
        }
    }
}
