package dev.comuta.provider.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import java.net.ConnectException;
import java.time.Duration;

/**
 * Maps the SDK's exceptions to failures. An error code of Twilio is permanent. 429, 5xx and a missing response are
 * transient. Twilio may have received such a message nevertheless, so a retry first looks for it in Twilio's list.
 * Twilio's error texts may contain telephone numbers and are discarded.
 */
final class TwilioErrors {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int SERVICE_UNAVAILABLE = 503;

    private TwilioErrors() {}

    /** Whether a retry of a request with this status may succeed. */
    static boolean isTransient(int status) {
        return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
    }

    /** @param retryAfter the delay that Twilio requests; may be null */
    static TransientFailure busy(int status, Duration retryAfter) {
        return status == TOO_MANY_REQUESTS || status == SERVICE_UNAVAILABLE
                ? new TransientFailure("Twilio responded " + status, retryAfter, null)
                : TransientFailure.unanswered(null);
    }

    /** The failure of a request that only reads: it has no effect that could be unknown. */
    static Throwable ofQuery(Throwable failure) {
        return failure instanceof TransientFailure passing
                ? new TransientFailure(
                        passing.getMessage(), passing.retryAfter().orElse(null), passing)
                : failure;
    }

    /** The failure for an exception of the SDK. Returns any other failure unchanged. */
    static Throwable of(Throwable failure) {
        return switch (failure) {
            case ApiException error
            when error.getCode() != null -> new PermanentFailure("Twilio refused with code " + error.getCode());
            case TwilioException refused
            when refused.getCause() instanceof ConnectException ->
                new TransientFailure("Twilio was not reached", refused);
            case TwilioException unclear -> TransientFailure.unanswered(unclear);
            default -> failure;
        };
    }
}
