package dev.comuta.provider.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import java.time.Duration;

/**
 * Maps the SDK's exceptions. An error code of Twilio's is permanent. 429, 5xx and no answer are transient: Twilio may have
 * received the message nevertheless, and is asked before it is sent again. Twilio's texts may quote telephone numbers and
 * are discarded.
 */
final class TwilioErrors {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private TwilioErrors() {}

    /** Whether a request that got this status may succeed later. */
    static boolean isTransient(int status) {
        return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
    }

    /** @param retryAfter how long Twilio asks us to wait; may be null */
    static TransientFailure busy(int status, Duration retryAfter) {
        return new TransientFailure("Twilio answered " + status, retryAfter, null);
    }

    /** The failure for an exception of the SDK; returns any other failure unchanged. */
    static Throwable of(Throwable failure) {
        return switch (failure) {
            case ApiException no
            when no.getCode() != null -> new PermanentFailure("Twilio refused with code " + no.getCode());
            case TwilioException unclear ->
                new TransientFailure("Twilio could not be asked, or its answer was not understood", unclear);
            default -> failure;
        };
    }
}
