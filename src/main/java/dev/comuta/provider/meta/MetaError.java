package dev.comuta.provider.meta;

import dev.comuta.platform.http.HttpAnswer;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the Graph API means by a refusal: {@code {"error":{"code":…}}}. Its texts may name people and are not kept. */
final class MetaError {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    /** Unknown, service, application's rate, account's rate, something went wrong, service unavailable, number's rate. */
    private static final Set<Integer> PASSING = Set.of(1, 2, 4, 80007, 131000, 131016, 130429, 131056);

    /** Codes after which more time is needed than a first retry would give: one message per pair and six seconds. */
    private static final Map<Integer, Duration> PAUSES = Map.of(131056, Duration.ofSeconds(6));

    private MetaError() {}

    /** The failure with which such a refusal ends the attempt. */
    static RuntimeException of(HttpAnswer answer) {
        int code = code(answer);
        String said = "Meta answered " + answer.status() + ", code " + code;
        boolean passes =
                answer.status() >= SERVER_ERROR || answer.status() == TOO_MANY_REQUESTS || PASSING.contains(code);
        Duration pause = Optional.ofNullable(answer.retryAfter()).orElse(PAUSES.get(code));
        return passes ? new TransientFailure(said, pause, null) : new PermanentFailure(said);
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
