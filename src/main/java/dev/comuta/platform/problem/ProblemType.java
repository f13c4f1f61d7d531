package dev.comuta.platform.problem;

/** The catalogue of problems (RFC 9457); docs/problems.md explains each of them. */
public enum ProblemType {
    INVALID("invalid-request", 400, "The request is not valid", "Correct the fields that `violations` names."),
    UNAUTHENTICATED(
            "unauthenticated", 401, "No valid credentials", "Send a valid key as `Authorization: Bearer <key>`."),
    FORBIDDEN("forbidden", 403, "Not allowed", "Use a key with the scope and role that the operation requires."),
    NOT_FOUND("not-found", 404, "Not found", "Check the path and the ids in it."),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed", "Use one of the methods in `Allow`."),
    NOT_ACCEPTABLE("not-acceptable", 406, "No acceptable representation", "Accept `application/json`."),
    REQUEST_TIMEOUT(
            "request-timeout",
            408,
            "The body did not arrive in time",
            "Repeat the request, and send the whole body within the time limit."),
    CONFLICT("conflict", 409, "Conflicts with existing data", "Read the existing data, then decide."),
    WINDOW_ENDED(
            "window-ended",
            409,
            "The window for free content has ended",
            "Send a template, for example one that `detail` names."),
    CONSENT_REVOKED(
            "consent-revoked",
            409,
            "The end user opted out",
            "Wait until the end user opts in, or record the consent that they gave in another way."),
    CALLING_HOURS(
            "calling-hours",
            409,
            "Outside of the calling hours",
            "Call at the time that `detail` names, or send it as `scheduledAt`."),
    STALE("stale", 412, "Changed by another request", "Read again, merge, and send the change again."),
    TOO_LARGE("too-large", 413, "The body is too large", "Send less."),
    URI_TOO_LONG("uri-too-long", 414, "The path and query are too long", "Send fewer or shorter query parameters."),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type", 415, "Unsupported media type", "Set `Content-Type` to a documented type."),
    RANGE_NOT_SATISFIABLE(
            "range-not-satisfiable",
            416,
            "The file has no such part",
            "Ask for a part within the size in `Content-Range`, or leave out `Range`."),
    IDEMPOTENCY_MISMATCH(
            "idempotency-mismatch",
            422,
            "The Idempotency-Key was used for another request",
            "Use a new key for a new request."),
    LIMIT_REACHED(
            "limit-reached",
            429,
            "A limit is reached",
            "Retry after the seconds in `Retry-After`, or make room: `limit` names the limit."),
    HEADERS_TOO_LARGE("headers-too-large", 431, "The headers are too large", "Send fewer or shorter headers."),
    INTERNAL("internal-error", 500, "Internal error", "Report the `traceId`."),
    UNAVAILABLE(
            "unavailable",
            503,
            "Temporarily unavailable",
            "Retry the same request after the seconds in `Retry-After`.");

    private static final String BASE = "https://comuta.dev/problems/";

    private final String name;
    private final int status;
    private final String title;
    private final String advice;

    ProblemType(String name, int status, String title, String advice) {
        this.name = name;
        this.status = status;
        this.title = title;
        this.advice = advice;
    }

    /** The URI that names this type of problem. */
    public String uri() {
        return BASE + name;
    }

    /** The HTTP status of the response. */
    public int status() {
        return status;
    }

    /** The title, the same for every problem of this type. */
    public String title() {
        return title;
    }

    /** The advice to the caller, in one sentence. */
    public String advice() {
        return advice;
    }
}
