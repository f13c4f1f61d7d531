package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.journey.Conversation.Line;
import dev.comuta.sandbox.RecordedRequest;
import dev.comuta.sandbox.SimulatedProviders;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The requests that the server sends to providers match the providers' own API descriptions. */
class ProviderContractIT {

    private static Comuta comuta;
    private static SimulatedProviders providers;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        providers = comuta.sandbox().providers();
    }

    @AfterEach
    void resetLostResponses() {
        providers.twilio().loseAnswers(0);
    }

    @Test
    void requestsToTwilioMatchItsDescription() {
        TwilioContract contract = TwilioContract.read();

        List<RecordedRequest> requests = converseOverTwilio();

        assertEquals(
                Set.of("GET", "POST"),
                requests.stream().map(RecordedRequest::method).collect(Collectors.toSet()));
        requests.forEach(request -> assertEquals(List.of(), contract.violations(request), request.toString()));
    }

    @Test
    void detectsRequestsThatTwilioDoesNotDescribe() {
        TwilioContract contract = TwilioContract.read();
        RecordedRequest sent = converseOverTwilio().stream()
                .filter(request -> "POST".equals(request.method()))
                .findFirst()
                .orElseThrow();
        RecordedRequest query = converseOverTwilio().stream()
                .filter(request -> "GET".equals(request.method()))
                .findFirst()
                .orElseThrow();
        List<RecordedRequest> invalid = List.of(
                with(sent, sent.path(), sent.body().replaceFirst("To=", "Too=")),
                with(sent, sent.path(), sent.body() + "&ValidityPeriod=soon"),
                with(sent, sent.path(), sent.body() + "&Campo=1"),
                with(sent, sent.path().replaceFirst("AC", "XX"), sent.body()),
                with(sent, sent.path().replace("Messages", "Mensagens"), sent.body()),
                with(query, query.path().replaceFirst("PageSize=\\d+", "PageSize=all"), ""));

        invalid.forEach(request -> assertFalse(contract.violations(request).isEmpty(), request.toString()));
    }

    @Test
    void requestsToMetaMatchItsDescription() throws IOException {
        MetaContract contract = MetaContract.read();

        assertEquals(List.of(), contract.violations(converseOverMeta()));
    }

    @Test
    void detectsRequestsThatMetaDoesNotDescribe() throws IOException {
        MetaContract contract = MetaContract.read();
        ObjectNode sent = converseOverMeta();
        Map<String, Consumer<ObjectNode>> mistakes = Map.of(
                "a number as text", body -> ((ObjectNode) body.get("text")).put("body", 7),
                "no text", body -> body.remove("text"),
                "no recipient", body -> body.remove("to"),
                "an unknown kind of recipient", body -> body.put("recipient_type", "everybody"),
                "an unknown type", body -> body.put("type", "texto"),
                "an unknown field", body -> body.put("campo", 1),
                "an unknown nested field", body -> ((ObjectNode) body.get("text")).put("campo", 1));

        mistakes.forEach((mistake, change) -> {
            ObjectNode invalid = sent.deepCopy();
            change.accept(invalid);
            assertFalse(contract.violations(invalid).isEmpty(), mistake);
        });
    }

    /** Sends a message whose response arrives, and one whose response is lost, so that Twilio's list is queried. */
    private static List<RecordedRequest> converseOverTwilio() {
        int before = providers.requestCount("twilio");
        String person = Comuta.newNumber();
        Line line = Conversation.twilio(comuta);
        line.say(person, "Oi");
        line.awaitAnswers(person, 1);
        providers.twilio().loseAnswers(1);
        line.say(person, "Oi");
        await().atMost(Comuta.TIMEOUT)
                .until(() -> since("twilio", before).stream().anyMatch(request -> "GET".equals(request.method())));
        comuta.awaitNoOpenTask();
        return since("twilio", before);
    }

    private static ObjectNode converseOverMeta() throws IOException {
        int before = providers.requestCount("meta");
        String person = Comuta.newNumber();
        Line line = Conversation.meta(comuta);
        line.say(person, "Oi");
        line.awaitAnswers(person, 1);
        RecordedRequest sent = since("meta", before).getLast();
        assertTrue(sent.path().matches("/v\\d+\\.\\d+/\\d+/messages"), sent.path());
        JsonNode body = new ObjectMapper().readTree(sent.body());
        return (ObjectNode) body;
    }

    private static List<RecordedRequest> since(String provider, int before) {
        List<RecordedRequest> all = providers.requests(provider);
        return all.subList(before, all.size());
    }

    private static RecordedRequest with(RecordedRequest request, String path, String body) {
        return new RecordedRequest(
                request.provider(), request.method(), path, request.headers(), body, request.at(), request.fault());
    }
}
