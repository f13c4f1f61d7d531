package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The control of the simulated Meta under /_sandbox/meta. */
final class MetaPages {

    private final MetaProvider meta;

    MetaPages(MetaProvider meta) {
        this.meta = meta;
    }

    /** Answers a request for one of these pages; false when the path is none of them. */
    boolean answer(Exchange exchange) {
        switch (exchange.method() + " " + exchange.path()) {
            case "GET /_sandbox/meta/rules" ->
                exchange.answer(200, meta.limits().rules());
            case "PUT /_sandbox/meta/rules" -> {
                meta.rules(Json.read(exchange.body(), MetaRules.class));
                exchange.answerNothing();
            }
            case "GET /_sandbox/meta/refused" -> exchange.answer(200, meta.refused());
            case "DELETE /_sandbox/meta/windows" -> {
                meta.limits().close(numberId(exchange), exchange.parameter("person"));
                exchange.answerNothing();
            }
            case "POST /_sandbox/meta/status" -> {
                JsonNode report = Json.read(exchange.body());
                answer(
                        exchange,
                        meta.report(
                                report.path("id").asText(),
                                report.path("status").asText()));
            }
            case "POST /_sandbox/meta/templates" -> changeTemplate(exchange);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static String numberId(Exchange exchange) {
        String id = exchange.parameter("numberId");
        return id.isEmpty() ? MetaProvider.PHONE_NUMBER_ID : id;
    }

    private void changeTemplate(Exchange exchange) {
        JsonNode change = Json.read(exchange.body());
        try {
            answer(
                    exchange,
                    meta.changeTemplate(
                            change.path("name").asText(),
                            change.path("language").asText(),
                            change.path("status").textValue(),
                            change.path("quality").textValue()));
        } catch (IllegalArgumentException unknown) {
            exchange.answer(404, Map.of("error", unknown.getMessage()));
        }
    }

    /** Returns the status with which the server answered a webhook; 502 when it was unreachable. */
    private static void answer(Exchange exchange, CompletableFuture<Integer> posted) {
        var _ = posted.handle((status, failure) -> failure == null ? status : 502)
                .thenAccept(status -> exchange.answer(status, Map.of("status", status)));
    }
}
