package dev.comuta.platform.problem;

/** The catalogue of problems (RFC 9457); docs/problems.md explains each of them. */
public enum ProblemType {
    INVALID("invalid-request", 400, "The request is not valid"),
    UNAUTHENTICATED("unauthenticated", 401, "No valid credentials"),
    FORBIDDEN("forbidden", 403, "Not allowed"),
    NOT_FOUND("not-found", 404, "Not found"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed"),
    NOT_ACCEPTABLE("not-acceptable", 406, "No acceptable representation"),
    REQUEST_TIMEOUT("request-timeout", 408, "The body did not arrive in time"),
    CONFLICT("conflict", 409, "Conflicts with what is stored"),
    STALE("stale", 412, "Changed in the meantime"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Unsupported media type"),
    IDEMPOTENCY_MISMATCH("idempotency-mismatch", 422, "The key was used for another request"),
    LIMIT_REACHED("limit-reached", 429, "A limit is reached"),
    INTERNAL("internal-error", 500, "Internal error"),
    UNAVAILABLE("unavailable", 503, "Temporarily unavailable");

    private static final String BASE = "https://comuta.dev/problems/";

    private final String word;
    private final int status;
    private final String title;

    ProblemType(String word, int status, String title) {
        this.word = word;
        this.status = status;
        this.title = title;
    }

    /** The URI that names this type of problem. */
    public String uri() {
        return BASE + word;
    }

    /** The HTTP status of the response. */
    public int status() {
        return status;
    }

    /** The title, the same for every problem of this type. */
    public String title() {
        return title;
    }
}
