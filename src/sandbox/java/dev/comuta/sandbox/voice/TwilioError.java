package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Exchange;
import java.util.Map;

/** A request that Twilio's API does not accept, with its code. */
final class TwilioError extends RuntimeException {

    private final int status;
    private final int code;

    TwilioError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static TwilioError notFound(String path) {
        return new TwilioError(404, 20_404, "The requested resource " + path + " was not found");
    }

    static TwilioError bad(int code, String message) {
        return new TwilioError(400, code, message);
    }

    void answer(Exchange exchange) {
        exchange.answer(
                status,
                Map.of(
                        "code",
                        code,
                        "message",
                        getMessage(),
                        "more_info",
                        "https://www.twilio.com/docs/errors/" + code,
                        "status",
                        status));
    }
}
