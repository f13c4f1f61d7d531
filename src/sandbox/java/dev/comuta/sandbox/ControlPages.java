package dev.comuta.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Pages of the sandbox itself: the phone page, and the control API under /_sandbox. */
final class ControlPages {

    private final RecordedRequests requests;
    private final Faults faults;
    private final CrmProvider crm;
    private final TwilioProvider twilio;
    private final OpenAiProvider openAi;
    private final Mailbox mailbox;
    private final PhonePages phone;
    private final MetaPages meta;
    private final LiveKitPages liveKit;
    private final VoicePages voice;

    ControlPages(
            RecordedRequests requests,
            Faults faults,
            CrmProvider crm,
            TwilioProvider twilio,
            OpenAiProvider openAi,
            Mailbox mailbox,
            PhonePages phone,
            MetaPages meta,
            LiveKitPages liveKit,
            VoicePages voice) {
        this.requests = requests;
        this.faults = faults;
        this.crm = crm;
        this.twilio = twilio;
        this.openAi = openAi;
        this.mailbox = mailbox;
        this.phone = phone;
        this.meta = meta;
        this.liveKit = liveKit;
        this.voice = voice;
    }

    /** Answers a request for one of these pages; false when the path is none of them. */
    boolean answer(Exchange exchange) {
        switch (exchange.method() + " " + exchange.path()) {
            case "GET /_sandbox/requests" ->
                exchange.answer(200, "application/json", requests.json(exchange.parameter("provider")));
            case "DELETE /_sandbox/requests" -> run(exchange, requests::clear);
            case "GET /_sandbox/faults" -> exchange.answer(200, faults.all().values());
            case "POST /_sandbox/faults" -> setFault(exchange);
            case "DELETE /_sandbox/faults" -> run(exchange, faults::clear);
            case "PUT /_sandbox/crm/properties" -> setProperties(exchange);
            case "POST /_sandbox/twilio/statuses" -> reportTwilioStatus(exchange);
            case "PUT /_sandbox/openai/script" -> setScript(exchange);
            case "PUT /_sandbox/openai/speech" -> setSpeech(exchange);
            case "GET /_sandbox/mails" -> exchange.answer(200, mailbox.mails());
            case "DELETE /_sandbox/mails" -> run(exchange, mailbox::clear);
            default -> {
                return phone.answer(exchange)
                        || meta.answer(exchange)
                        || liveKit.answer(exchange)
                        || voice.answer(exchange);
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

    private void setSpeech(Exchange exchange) {
        List<JsonNode> entries = Arrays.asList(Json.read(exchange.body(), JsonNode[].class));
        run(exchange, () -> openAi.transcriptions().script(entries));
    }

    private static void run(Exchange exchange, Runnable work) {
        work.run();
        exchange.answerNothing();
    }
}
