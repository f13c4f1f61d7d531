package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Pages of the sandbox itself: the phone page at /, and the control API under /_sandbox. */
final class ControlPages {

    private final RecordedRequests requests;
    private final Faults faults;
    private final CrmProvider crm;
    private final TwilioProvider twilio;
    private final OpenAiProvider openAi;
    private final Telephone telephone;
    private final Mailbox mailbox;
    private final MetaProvider meta;

    ControlPages(
            RecordedRequests requests,
            Faults faults,
            CrmProvider crm,
            TwilioProvider twilio,
            OpenAiProvider openAi,
            Telephone telephone,
            Mailbox mailbox,
            MetaProvider meta) {
        this.requests = requests;
        this.faults = faults;
        this.crm = crm;
        this.twilio = twilio;
        this.openAi = openAi;
        this.telephone = telephone;
        this.mailbox = mailbox;
        this.meta = meta;
    }

    /** Answers a request for one of these pages; false when the path is none of them. */
    boolean answer(Exchange exchange) {
        switch (exchange.method() + " " + exchange.path()) {
            case "GET /" -> exchange.answer(200, "text/html", page());
            case "GET /_sandbox/requests" ->
                exchange.answer(200, "application/json", requests.json(exchange.parameter("provider")));
            case "DELETE /_sandbox/requests" -> run(exchange, requests::clear);
            case "GET /_sandbox/faults" -> exchange.answer(200, faults.all().values());
            case "POST /_sandbox/faults" -> setFault(exchange);
            case "DELETE /_sandbox/faults" -> run(exchange, faults::clear);
            case "PUT /_sandbox/crm/properties" -> setProperties(exchange);
            case "POST /_sandbox/twilio/statuses" -> reportTwilioStatus(exchange);
            case "PUT /_sandbox/openai/script" -> setScript(exchange);
            case "GET /_sandbox/mails" -> exchange.answer(200, mailbox.mails());
            case "DELETE /_sandbox/mails" -> run(exchange, mailbox::clear);
            case "POST /_sandbox/meta/status" -> reportMetaStatus(exchange);
            case "GET /_sandbox/telefone/channels" -> exchange.answer(200, telephone.channels());
            case "GET /_sandbox/telefone/messages" ->
                exchange.answer(200, telephone.messages(exchange.parameter("number")));
            case "POST /_sandbox/telefone/messages" -> sendMessage(exchange);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void setFault(Exchange exchange) {
        Fault fault = Json.read(exchange.body(), Fault.class);
        if (fault.provider() == null || fault.mode() == null) {
            exchange.answer(400, Map.of("error", "provider and mode are required"));
            return;
        }
        run(exchange, () -> faults.set(fault));
    }

    private void setProperties(Exchange exchange) {
        List<String> names = Arrays.asList(Json.read(exchange.body(), String[].class));
        run(exchange, () -> crm.properties(names));
    }

    /** Posts the status of a message that Twilio accepted, and returns the server's status. */
    private void reportTwilioStatus(Exchange exchange) {
        JsonNode report = Json.read(exchange.body());
        var _ = twilio.report(
                        report.path("sid").asText(),
                        report.path("status").asText(),
                        report.path("errorCode").textValue())
                .handle((status, failure) -> failure == null ? status : 502)
                .thenAccept(status -> exchange.answer(status, Map.of("status", status)));
    }

    private void setScript(Exchange exchange) {
        List<JsonNode> entries = Arrays.asList(Json.read(exchange.body(), JsonNode[].class));
        run(exchange, () -> openAi.script(entries));
    }

    /** Posts the status of a message that Meta accepted, and returns the server's status. */
    private void reportMetaStatus(Exchange exchange) {
        JsonNode report = Json.read(exchange.body());
        var _ = meta.report(report.path("id").asText(), report.path("status").asText())
                .handle((status, failure) -> failure == null ? status : 502)
                .thenAccept(status -> exchange.answer(status, Map.of("status", status)));
    }

    /** Returns the server's status and body; 502 when the server was unreachable. */
    private void sendMessage(Exchange exchange) {
        JsonNode message = Json.read(exchange.body());
        var _ = telephone
                .send(
                        message.path("from").asText(),
                        message.path("to").asText(),
                        message.path("message").asText())
                .thenAccept(answer -> exchange.answer(
                        answer.status() == 0 ? 502 : answer.status(),
                        Map.of("status", answer.status(), "body", answer.body())));
    }

    private static void run(Exchange exchange, Runnable work) {
        work.run();
        exchange.answerNothing();
    }

    private static String page() {
        try (InputStream in = ControlPages.class.getResourceAsStream("/sandbox/telefone.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
