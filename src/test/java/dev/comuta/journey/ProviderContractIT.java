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

/** What we really send to providers is what their own descriptions say. */
class ProviderContractIT {

    private static Comuta comuta;
    private static SimulatedProviders providers;

    @BeforeAll
    static void start() {
        comuta = Comuta.shared();
        providers = comuta.sandbox().providers();
    }

    @AfterEach
    void answerAgain() {
        providers.twilio().loseAnswers(0);
    }

    @Test
    void sendsToTwilioWhatTwilioDescribes() {
        TwilioContract contract = TwilioContract.read();

        List<RecordedRequest> requests = talkOverTwilio();

        assertEquals(
                Set.of("GET", "POST"),
                requests.stream().map(RecordedRequest::method).collect(Collectors.toSet()));
        requests.forEach(request -> assertEquals(List.of(), contract.objections(request), request.toString()));
    }

    @Test
    void wouldNoticeAFieldThatTwilioDoesNotTake() {
        TwilioContract contract = TwilioContract.read();
        RecordedRequest sent = talkOverTwilio().stream()
                .filter(request -> "POST".equals(request.method()))
                .findFirst()
                .orElseThrow();
        RecordedRequest asked = talkOverTwilio().stream()
                .filter(request -> "GET".equals(request.method()))
                .findFirst()
                .orElseThrow();
        List<RecordedRequest> wrong = List.of(
                with(sent, sent.path(), sent.body().replaceFirst("To=", "Too=")),
                with(sent, sent.path(), sent.body() + "&ValidityPeriod=soon"),
                with(sent, sent.path(), sent.body() + "&Campo=1"),
                with(sent, sent.path().replaceFirst("AC", "XX"), sent.body()),
                with(sent, sent.path().replace("Messages", "Mensagens"), sent.body()),
                with(asked, asked.path().replaceFirst("PageSize=\\d+", "PageSize=all"), ""));

        wrong.forEach(request -> assertFalse(contract.objections(request).isEmpty(), request.toString()));
    }

    @Test
    void sendsToMetaWhatMetaDescribes() throws IOException {
        MetaContract contract = MetaContract.read();

        assertEquals(List.of(), contract.objections(talkOverMeta()));
    }

    @Test
    void wouldNoticeAFieldThatMetaDoesNotTake() throws IOException {
        MetaContract contract = MetaContract.read();
        ObjectNode sent = talkOverMeta();
        Map<String, Consumer<ObjectNode>> mistakes = Map.of(
                "a text that is a number", body -> ((ObjectNode) body.get("text")).put("body", 7),
                "no text", body -> body.remove("text"),
                "nobody to send it to", body -> body.remove("to"),
                "another kind of recipient", body -> body.put("recipient_type", "everybody"),
                "a type of its own", body -> body.put("type", "texto"),
                "a field of its own", body -> body.put("campo", 1),
                "a field of its own inside", body -> ((ObjectNode) body.get("text")).put("campo", 1));

        mistakes.forEach((mistake, making) -> {
            ObjectNode wrong = sent.deepCopy();
            making.accept(wrong);
            assertFalse(contract.objections(wrong).isEmpty(), mistake);
        });
    }

    /** One message whose answer arrives, and one whose answer is lost, so that Twilio is asked about it. */
    private static List<RecordedRequest> talkOverTwilio() {
        int before = providers.requestCount("twilio");
        String person = Comuta.newNumber();
        Line line = Conversation.twilio(comuta);
        line.say(person, "Oi");
        line.awaitAnswers(person, 1);
        providers.twilio().loseAnswers(1);
        line.say(person, "Oi");
        await().atMost(Comuta.PATIENCE)
                .until(() -> since("twilio", before).stream().anyMatch(request -> "GET".equals(request.method())));
        comuta.awaitQuiet();
        return since("twilio", before);
    }

    private static ObjectNode talkOverMeta() throws IOException {
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
