package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.comuta.sandbox.RecordedRequest;
import dev.comuta.sandbox.TraceCollector.CollectedSpan;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One conversation is one trace, when traces are on. */
class TraceIT {

    private static final String QUESTION = "Quais imóveis estão disponíveis no bairro X?";
    private static final List<String> STEPS = List.of(
            "POST /webhooks/whatsapp",
            "comuta_receive",
            "publish",
            "comuta_complete",
            "RespostaAssistente",
            "ConsultaCRM",
            "GET",
            "EnvioMensagem",
            "POST");

    @Test
    void followsOneConversationFromTheWebhookToTheReply() {
        try (Comuta comuta = Comuta.start(Comuta.tracingOptions())) {
            String number = Comuta.newNumber();
            comuta.send(comuta.delivery(number, QUESTION));
            comuta.awaitAnswers(number, 1);
            await("the spans").atMost(Comuta.TIMEOUT).until(() -> namesOfTheTrace(comuta)
                    .containsAll(STEPS));

            String trace = traceId(comuta);
            List<CollectedSpan> spans = ofTrace(comuta, trace);
            Set<String> ids = spans.stream().map(CollectedSpan::spanId).collect(Collectors.toSet());
            assertEquals(
                    List.of("POST /webhooks/whatsapp"),
                    spans.stream()
                            .filter(span -> !ids.contains(span.parentId()))
                            .map(CollectedSpan::name)
                            .toList());
            for (String provider : List.of("crm", "gateway")) {
                RecordedRequest request =
                        comuta.sandbox().providers().requests(provider).getLast();
                assertTrue(
                        ids.contains(request.headers().get("traceparent").split("-", -1)[2]),
                        provider + " receives the id of its span");
            }
            assertEquals(
                    0L,
                    comuta.value(
                            "select count(*) from BackgroundTasks where SessionID is not null and TraceParent not like ?",
                            "00-" + trace + "-%"));
            assertProblemsContainTheTraceId(comuta);
            assertNoPersonalData(comuta, number);
        }
    }

    @Test
    void writesNoTraceByDefault() {
        Comuta comuta = Comuta.shared();
        String number = Comuta.newNumber();
        comuta.send(comuta.delivery(number, QUESTION));
        comuta.awaitAnswers(number, 1);

        assertEquals(List.of(), comuta.sandbox().providers().traces().spans());
        List<RecordedRequest> replies = comuta.sandbox().providers().requests("gateway").stream()
                .filter(reply -> reply.body().contains(number))
                .toList();
        assertEquals(1, replies.size());
        assertNull(replies.getFirst().headers().get("traceparent"));
        assertEquals(0L, comuta.value("select count(*) from BackgroundTasks where TraceParent is not null"));
    }

    private static void assertProblemsContainTheTraceId(Comuta comuta) {
        Api.Answer rejected = Conversation.gateway(comuta)
                .signing(comuta.registered().voice().webhookSecret())
                .message(Comuta.newNumber(), QUESTION)
                .send(comuta);
        String trace = rejected.json().getString("traceId");

        rejected.expect(401);
        await("the span of the rejection").atMost(Comuta.TIMEOUT).until(() -> !ofTrace(comuta, trace)
                .isEmpty());
    }

    private static void assertNoPersonalData(Comuta comuta, String number) {
        String all = comuta.sandbox().providers().traces().spans().toString();
        Stream.of(
                        number.substring(1),
                        comuta.registered().whatsapp().identifier().substring(1),
                        "bairro",
                        "Imóvel")
                .forEach(text -> assertFalse(all.contains(text), text));
        assertFalse(all.contains(comuta.registered().clientKey()));
    }

    private static Set<String> namesOfTheTrace(Comuta comuta) {
        return ofTrace(comuta, traceId(comuta)).stream()
                .map(CollectedSpan::name)
                .collect(Collectors.toSet());
    }

    private static List<CollectedSpan> ofTrace(Comuta comuta, String trace) {
        return comuta.sandbox().providers().traces().spans().stream()
                .filter(span -> span.traceId().equals(trace))
                .toList();
    }

    private static String traceId(Comuta comuta) {
        return comuta.sandbox().providers().traces().spans().stream()
                .filter(span -> span.name().equals("POST /webhooks/whatsapp"))
                .map(CollectedSpan::traceId)
                .findFirst()
                .orElse("");
    }
}
