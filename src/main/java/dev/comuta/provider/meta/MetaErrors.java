package dev.comuta.provider.meta;

import dev.comuta.channel.ChannelBroken;
import dev.comuta.message.pace.Throttled;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/**
 * Maps errors of the Graph API to failures. Status and code ({@code {"error":{"code":…}}}) make a failure transient or
 * permanent. A sent message without a response has an unknown outcome. Error texts may contain personal data and are
 * discarded.
 */
final class MetaErrors {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int NO_CODE = -1;
    private static final String CODE = ", code ";

    /** In this order: no permission, session expired, invalid token. */
    private static final Set<Integer> TOKEN = Set.of(10, 102, 190);

    private static final int FIRST_PERMISSION = 200;
    private static final int LAST_PERMISSION = 299;

    /**
     * In this order: unknown error, service error, rate of the app, rate of the account, something went wrong, service
     * unavailable, rate of the number, rate of a pair of numbers.
     */
    private static final Set<Integer> TRANSIENT = Set.of(1, 2, 4, 80007, 131000, 131016, 130429, 131056);

    private static final int PAIR_RATE = 131056;
    private static final int WINDOW = 131047;

    /** Too many requests: of the app, of the account, of the number. */
    private static final Set<Integer> NUMBER_RATE = Set.of(4, 80007, 130429);

    private MetaErrors() {}

    /** The failure for a response other than 2xx. */
    static RuntimeException of(HttpAnswer answer) {
        int code = code(answer);
        String message = message(answer);
        boolean isTransient =
                answer.status() >= SERVER_ERROR || answer.status() == TOO_MANY_REQUESTS || TRANSIENT.contains(code);
        return isTransient ? new TransientFailure(message, answer.retryAfter(), null) : new PermanentFailure(message);
    }

    /** The failure of a request that sends a message: an {@link UnknownOutcome} when Meta may have received it. */
    static Throwable ofSending(Throwable failure) {
        boolean mayHaveArrived =
                switch (failure) {
                    case TimeoutException late -> true;
                    case TransientFailure unanswered -> unanswered.mayHaveArrived();
                    default -> false;
                };
        return mayHaveArrived ? new UnknownOutcome("Meta did not respond", failure) : failure;
    }

    /**
     * The failure for a response other than 2xx to a request that sends a message. A 5xx without an error code of Meta
     * comes from a server in between, so Meta may have received the message; 503 is a refusal.
     */
    static RuntimeException ofRefusedSend(HttpAnswer answer) {
        boolean fromBetween =
                answer.status() >= SERVER_ERROR && answer.status() != SERVICE_UNAVAILABLE && code(answer) == NO_CODE;
        return fromBetween
                ? new UnknownOutcome("Meta responded " + answer.status() + " without a code", null)
                : ofRefusal(answer);
    }

    private static RuntimeException ofRefusal(HttpAnswer answer) {
        int code = code(answer);
        String message = message(answer);
        if (code == PAIR_RATE) {
            return new Throttled(Throttled.Scope.PAIR, message, answer.retryAfter());
        }
        if (code == WINDOW) {
            return new PermanentFailure(SendingRules.WINDOW_ENDED);
        }
        if (answer.status() == TOO_MANY_REQUESTS || NUMBER_RATE.contains(code)) {
            return new Throttled(Throttled.Scope.NUMBER, message, answer.retryAfter());
        }
        return MetaDelivery.CHANNEL_BROKEN.equals(MetaDelivery.remedy(code)) ? new ChannelBroken(message) : of(answer);
    }

    private static String message(HttpAnswer answer) {
        return "Meta responded " + answer.status() + CODE + code(answer);
    }

    /** Whether Meta refused a request because of the token: it is invalid, has expired, or lacks a permission. */
    static boolean isOfToken(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        int at = message.lastIndexOf(CODE);
        int code = failure instanceof PermanentFailure && at >= 0
                ? Integer.parseInt(message.substring(at + CODE.length()))
                : NO_CODE;
        return TOKEN.contains(code) || (code >= FIRST_PERMISSION && code <= LAST_PERMISSION);
    }

    /** The error code; -1 when the body has none. */
    private static int code(HttpAnswer answer) {
        try {
            return UntrustedJson.object(answer.body())
                    .getJsonObject("error", new JsonObject())
                    .getInteger("code", NO_CODE);
        } catch (DecodeException | ClassCastException noCode) {
            return NO_CODE;
        }
    }
}
