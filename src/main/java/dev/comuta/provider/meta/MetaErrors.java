package dev.comuta.provider.meta;

import dev.comuta.message.content.DeliveryReport;
import dev.comuta.message.pace.Throttled;
import dev.comuta.message.rule.RefusedMessage;
import dev.comuta.message.rule.SendingRules;
import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import dev.comuta.platform.problem.UnknownOutcome;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Maps errors of the Graph API to failures. Status and code ({@code {"error":{"code":…}}}) make a failure transient or
 * permanent. A sent message without a response has an unknown outcome. Error texts may contain personal data: they are
 * kept with the message or the template that was refused, and are not logged.
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
        return isTransient(answer, code)
                ? new TransientFailure(message, answer.retryAfter(), null)
                : new PermanentFailure(message);
    }

    private static boolean isTransient(HttpAnswer answer, int code) {
        return answer.status() >= SERVER_ERROR || answer.status() == TOO_MANY_REQUESTS || TRANSIENT.contains(code);
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
        if (answer.status() == TOO_MANY_REQUESTS || NUMBER_RATE.contains(code)) {
            return new Throttled(Throttled.Scope.NUMBER, message, answer.retryAfter());
        }
        if (code == NO_CODE) {
            return of(answer);
        }
        DeliveryReport report = MetaDelivery.ofRefusal(code, error(answer));
        return isTransient(answer, code) && !report.concernsChannel()
                ? RefusedMessage.forNow(message, report, answer.retryAfter())
                : RefusedMessage.forGood(code == WINDOW ? SendingRules.WINDOW_ENDED : message, report);
    }

    /** The failure for a response other than 2xx to a request about a template: a refusal is in Meta's words. */
    static RuntimeException ofTemplate(HttpAnswer answer) {
        RuntimeException failure = of(answer);
        String words = failure instanceof PermanentFailure ? words(error(answer)) : null;
        return words == null ? failure : new PermanentFailure(words + CODE + code(answer));
    }

    /** What Meta writes for people, or else for programs; null for nothing. */
    private static String words(JsonObject error) {
        String title = text(error, "error_user_title");
        String details = text(error, "error_user_msg");
        if (title != null && details != null) {
            return title + ": " + details;
        }
        return Stream.of(details, title, MetaDelivery.details(error), text(error, "message"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String text(JsonObject error, String name) {
        return error.getValue(name) instanceof String text && !text.isBlank() ? StorableText.of(text) : null;
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
        return TOKEN.contains(code) || isPermission(code);
    }

    /** Whether an error code says that the token lacks a permission. */
    static boolean isPermission(int code) {
        return code >= FIRST_PERMISSION && code <= LAST_PERMISSION;
    }

    /** The error code; -1 when the body has none. */
    private static int code(HttpAnswer answer) {
        return error(answer).getValue("code") instanceof Integer code ? code : NO_CODE;
    }

    /** The error in the body; empty when the body has none. */
    private static JsonObject error(HttpAnswer answer) {
        try {
            return UntrustedJson.object(answer.body()).getValue("error") instanceof JsonObject error
                    ? error
                    : new JsonObject();
        } catch (DecodeException | ClassCastException noJson) {
            return new JsonObject();
        }
    }
}
