package dev.comuta.sandbox;

import java.util.Map;

/**
 * An error of the Graph API, with the title that Meta's table gives to its code.
 *
 * @param details what is wrong with this request
 */
record MetaError(int code, String details) {

    static final int INVALID_PARAMETER = 100;
    static final int INVALID_TOKEN = 190;
    static final int NUMBER_RATE = 130429;
    static final int MISSING_PARAMETER = 131008;
    static final int UNDELIVERABLE = 131026;
    static final int OUTSIDE_WINDOW = 131047;
    static final int UNSUPPORTED_TYPE = 131051;
    static final int MEDIA_UPLOAD = 131053;
    static final int PAIR_RATE = 131056;
    static final int PARAMETER_COUNT = 132000;
    static final int NO_TEMPLATE = 132001;
    static final int TEXT_TOO_LONG = 132005;
    static final int PARAMETER_FORMAT = 132012;
    static final int TEMPLATE_PAUSED = 132015;
    static final int TEMPLATE_DISABLED = 132016;

    static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(INVALID_PARAMETER, "Invalid parameter"),
            Map.entry(INVALID_TOKEN, "Invalid OAuth access token"),
            Map.entry(NUMBER_RATE, "Rate limit hit"),
            Map.entry(MISSING_PARAMETER, "Required parameter is missing"),
            Map.entry(UNDELIVERABLE, "Message undeliverable"),
            Map.entry(OUTSIDE_WINDOW, "Re-engagement message"),
            Map.entry(UNSUPPORTED_TYPE, "Unsupported message type"),
            Map.entry(MEDIA_UPLOAD, "Media upload error"),
            Map.entry(PAIR_RATE, "(Business Account, Consumer Account) pair rate limit hit"),
            Map.entry(PARAMETER_COUNT, "Number of parameters does not match the expected number of params"),
            Map.entry(NO_TEMPLATE, "Template name does not exist in the translation"),
            Map.entry(TEXT_TOO_LONG, "Translated text too long"),
            Map.entry(PARAMETER_FORMAT, "Parameter format does not match format in the created template"),
            Map.entry(TEMPLATE_PAUSED, "Template is paused"),
            Map.entry(TEMPLATE_DISABLED, "Template is disabled"));

    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;

    String title() {
        return TITLES.get(code);
    }

    int status() {
        return code == INVALID_TOKEN ? UNAUTHORIZED : BAD_REQUEST;
    }

    /** The body of a response. */
    Map<String, Object> body() {
        Map<String, Object> error = Map.of(
                "message",
                "(#" + code + ") " + title(),
                "type",
                "OAuthException",
                "code",
                code,
                "error_data",
                Map.of("messaging_product", "whatsapp", "details", details),
                "fbtrace_id",
                "sandbox");
        return Map.of("error", error);
    }

    /** The error in the status of a message that was accepted and then failed. */
    Map<String, Object> inStatus() {
        return Map.of("code", code, "title", title(), "message", title(), "error_data", Map.of("details", details));
    }

    void answer(Exchange exchange) {
        exchange.answer(status(), body());
    }
}
