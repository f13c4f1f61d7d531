package dev.comuta.platform.http;

import dev.comuta.platform.problem.PermanentFailure;
import dev.comuta.platform.problem.TransientFailure;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Set;

/**
 * A response of an external system.
 *
 * @param retryAfter the wait that it requested; may be null
 * @param contentType may be null
 * @param body possibly empty
 */
public record HttpAnswer(int status, Duration retryAfter, String contentType, Buffer body) {

    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int SERVER_ERROR = 500;

    /** 408 request time-out, 425 too early, 429 too many requests. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    /** A response without a content type. */
    public HttpAnswer(int status, Duration retryAfter, Buffer body) {
        this(status, retryAfter, null, body);
    }

    /** The body as text, in its own encoding and without a byte order mark. */
    public String text() {
        return OutsideText.of(body, contentType);
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= OK && status < REDIRECT;
    }

    /**
     * The failure for a status other than 2xx: a {@link TransientFailure} when the other side is busy (408, 425, 429)
     * or broken (5xx), else a {@link PermanentFailure}.
     */
    public RuntimeException refusal() {
        String detail = "the other side answered " + status;
        return status >= SERVER_ERROR || PASSING.contains(status)
                ? new TransientFailure(detail, retryAfter, null)
                : new PermanentFailure(detail);
    }
}
