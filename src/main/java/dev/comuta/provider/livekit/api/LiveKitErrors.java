package dev.comuta.provider.livekit.api;

import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.vertx.core.json.DecodeException;
import java.util.Set;

/**
 * Maps errors of Twirp to failures. A SIP status ({@code meta.sip_status_code}) decides first: it is the result of a call.
 * Then the code decides; the HTTP status only when a server in between answered. A request that has its effect each time
 * has an unknown outcome when it may have arrived. Error texts may contain telephone numbers and are discarded.
 */
final class LiveKitErrors {

    private static final int UNAUTHORIZED = 401;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int OTHER_REGION = 451;
    private static final int SERVER_ERROR = 500;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int FIRST_SIP_STATUS = 300;
    private static final int LAST_SIP_STATUS = 699;

    private static final String NO_CODE = "";
    private static final String NOT_FOUND = "not_found";

    /** The request did not have its effect, and a repetition may succeed. */
    private static final Set<String> TRANSIENT = Set.of("unavailable", "resource_exhausted", "aborted");

    /** The request may have had its effect. */
    private static final Set<String> UNDECIDED =
            Set.of("unknown", "internal", "deadline_exceeded", "canceled", "dataloss");

    private LiveKitErrors() {}

    /** An error in the form of Twirp. */
    private record TwirpError(String code, int sipStatus) {

        /** The error in a response; without a code when the response is not one of Twirp. */
        static TwirpError in(HttpAnswer answer) {
            try {
                ProtoJson error = ProtoJson.read(answer.body());
                String code = error.text("code");
                long sip = error.message("meta").number("sip_status_code");
                return new TwirpError(
                        code == null ? NO_CODE : code,
                        sip >= FIRST_SIP_STATUS && sip <= LAST_SIP_STATUS ? (int) sip : 0);
            } catch (DecodeException notJson) {
                return new TwirpError(NO_CODE, 0);
            }
        }
    }

    /** Whether the server says that the room, participant, trunk, rule or recording does not exist. */
    static boolean isNotFound(HttpAnswer answer) {
        TwirpError error = TwirpError.in(answer);
        return NOT_FOUND.equals(error.code()) && error.sipStatus() == 0;
    }

    /** The failure for a response other than 2xx. */
    static RuntimeException of(LiveKitMethod method, HttpAnswer answer) {
        TwirpError error = TwirpError.in(answer);
        if (error.sipStatus() > 0) {
            return new SipRefusal(error.sipStatus());
        }
        return NO_CODE.equals(error.code()) ? ofStatus(method, answer) : ofCode(method, answer, error.code());
    }

    private static RuntimeException ofCode(LiveKitMethod method, HttpAnswer answer, String code) {
        String message = "LiveKit responded " + answer.status() + ", " + code.replaceAll("[^a-z_]", "?");
        if (TRANSIENT.contains(code)) {
            return new TransientFailure(message, answer.retryAfter(), null);
        }
        return UNDECIDED.contains(code) ? undecided(method, message, null) : new PermanentFailure(message);
    }

    private static RuntimeException ofStatus(LiveKitMethod method, HttpAnswer answer) {
        int status = answer.status();
        String message = "the server at the channel's url responded " + status;
        return switch (status) {
            case UNAUTHORIZED -> new PermanentFailure("LiveKit refused the API key or its secret");
            case OTHER_REGION ->
                new PermanentFailure("LiveKit requires the url of another region for this project (451)");
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE -> new TransientFailure(message, answer.retryAfter(), null);
            case TIMEOUT -> undecided(method, message, null);
            default -> status >= SERVER_ERROR ? undecided(method, message, null) : new PermanentFailure(message);
        };
    }

    /** The failure of a request without a response. */
    static Throwable ofTransport(LiveKitMethod method, Throwable failure) {
        return failure instanceof TransientFailure unanswered && unanswered.mayHaveArrived() && !method.isRepeatable()
                ? new UnknownOutcome("LiveKit did not respond", failure)
                : failure;
    }

    /** The failure for a 2xx response that is not in the form of Twirp. */
    static RuntimeException ofUnreadable(LiveKitMethod method, Throwable cause) {
        return undecided(method, "LiveKit's response is not a JSON object", cause);
    }

    private static RuntimeException undecided(LiveKitMethod method, String message, Throwable cause) {
        return method.isRepeatable() ? new TransientFailure(message, cause) : new UnknownOutcome(message, cause);
    }
}
