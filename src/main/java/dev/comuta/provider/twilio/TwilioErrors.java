package dev.comuta.provider.twilio;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.pace.Throttled;
import dev.comuta.message.rule.RefusedMessage;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;

/**
 * Maps the SDK's exceptions to failures. An error code of Twilio is permanent. 429, 5xx and a missing response are
 * transient. Twilio may have received such a message nevertheless, so a retry first looks for it in Twilio's list.
 * Twilio's error texts may contain telephone numbers and are discarded.
 */
final class TwilioErrors {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int SERVICE_UNAVAILABLE = 503;

    /** Too many requests, messages of a sender, messages of a channel. */
    private static final Set<Integer> RATE = Set.of(20429, 14107, 63018);

    private static final int WINDOW = 63016;

    private TwilioErrors() {}

    /** What to do about the error of a message that failed. */
    static String remedy(int code) {
        return switch (code) {
            case 20429, 14107, 63018, 63014 -> "slowDown";
            case 63016, 63041, 63042 -> "template";
            case 20003, 20005, 20403, 63001, 63003, 63007, 63010, 63020 -> DeliveryReport.CHANNEL_BROKEN;
            case 21211, 21610, 21614, 30003, 30005, 30006, 63024, 63049 -> "undeliverable";
            case 30001, 30008, 63012 -> "retry";
            default -> "content";
        };
    }

    /** Whether a retry of a request with this status may succeed. */
    static boolean isTransient(int status) {
        return status == TOO_MANY_REQUESTS || status >= SERVER_ERROR;
    }

    /** @param retryAfter the delay that Twilio requests; may be null */
    static RuntimeException busy(int status, Duration retryAfter) {
        return switch (status) {
            case TOO_MANY_REQUESTS -> new Throttled(Throttled.Scope.NUMBER, "Twilio responded " + status, retryAfter);
            case SERVICE_UNAVAILABLE -> new TransientFailure("Twilio responded " + status, retryAfter, null);
            default -> TransientFailure.unanswered(null);
        };
    }

    /** The failure of a message that must not be sent twice: an unknown outcome when Twilio may have received it. */
    static Throwable ofSending(Throwable failure) {
        return failure instanceof TransientFailure passing && passing.mayHaveArrived()
                ? new UnknownOutcome("Twilio did not respond", passing)
                : failure;
    }

    /** The failure of a request that is no message and has no limit of its own. */
    static Throwable ofLookUp(Throwable failure) {
        return switch (failure) {
            case Throttled busy ->
                new TransientFailure(busy.getMessage(), busy.retryAfter().orElse(null), busy);
            case RefusedMessage refused -> new PermanentFailure(refused.getMessage(), refused);
            default -> failure;
        };
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
            when error.getCode() != null && RATE.contains(error.getCode()) ->
                new Throttled(Throttled.Scope.NUMBER, "Twilio refused with code " + error.getCode(), null);
            case ApiException error when error.getCode() != null -> refusal(error.getCode());
            case TwilioException refused
            when refused.getCause() instanceof ConnectException ->
                new TransientFailure("Twilio was not reached", refused);
            case TwilioException unclear -> TransientFailure.unanswered(unclear);
            default -> failure;
        };
    }

    /** Whether Twilio refused the request with a code that is no limit. */
    static boolean isRefusal(ApiException error) {
        return error.getCode() != null && !RATE.contains(error.getCode());
    }

    private static RuntimeException refusal(int code) {
        String message = code == WINDOW ? SendingRules.WINDOW_ENDED : "Twilio refused with code " + code;
        return RefusedMessage.forGood(message, DeliveryReport.ofError(code, remedy(code)));
    }
}
