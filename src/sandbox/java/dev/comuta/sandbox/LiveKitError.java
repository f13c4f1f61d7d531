package dev.comuta.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** An error of Twirp. */
final class LiveKitError extends RuntimeException {

    private final int status;
    private final String code;
    private final int sipStatus;

    private LiveKitError(int status, String code, String message, int sipStatus) {
        super(message);
        this.status = status;
        this.code = code;
        this.sipStatus = sipStatus;
    }

    static LiveKitError notFound(String what) {
        return new LiveKitError(404, "not_found", "requested " + what + " does not exist", 0);
    }

    static LiveKitError invalid(String message) {
        return new LiveKitError(400, "invalid_argument", message, 0);
    }

    static LiveKitError noPermission() {
        return new LiveKitError(401, "unauthenticated", "permissions denied", 0);
    }

    static LiveKitError badRoute(String path) {
        return new LiveKitError(404, "bad_route", "no handler for path \"" + path + "\"", 0);
    }

    /** The result of a call, with the code and the status that LiveKit maps it to. */
    static LiveKitError sip(int sip) {
        String message = "sip status " + sip;
        return switch (sip) {
            case 486, 480, 600 -> new LiveKitError(429, "resource_exhausted", message, sip);
            case 603, 403 -> new LiveKitError(403, "permission_denied", message, sip);
            case 408 -> new LiveKitError(408, "deadline_exceeded", message, sip);
            case 404 -> new LiveKitError(404, "not_found", message, sip);
            case 407 -> new LiveKitError(401, "unauthenticated", message, sip);
            default -> new LiveKitError(412, "failed_precondition", message, sip);
        };
    }

    void answer(Exchange exchange) {
        Map<String, Object> body = new LinkedHashMap<>(Map.of("code", code, "msg", getMessage()));
        if (sipStatus > 0) {
            body.put("meta", Map.of("sip_status_code", Integer.toString(sipStatus), "sip_status", getMessage()));
        }
        exchange.answer(status, body);
    }
}
