package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Conversation.Line;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class MetaSenderIT extends MessageSenderContract {

    @Override
    Line line() {
        return Conversation.meta(comuta);
    }

    @Override
    String provider() {
        return "meta";
    }

    @Override
    int attempts(String person) {
        return (int) comuta.sandbox().providers().requests(provider()).stream()
                .filter(request -> request.method().equals("POST"))
                .filter(request -> person.equals("+" + new JsonObject(request.body()).getString("to")))
                .count();
    }

    /** Meta has no idempotency key and no query for sent messages. */
    @Override
    String statusWithoutResponse() {
        return "Incerta";
    }

    @Test
    void raisesAnAlertForAMessageOfUnknownOutcome() {
        long before = timesRaised();
        String person = Comuta.newNumber();
        loseNextResponse(person);

        line().say(person, "Oi");

        awaitStatus(person, "Incerta");
        assertEquals(before + 1, timesRaised());
    }

    private static long timesRaised() {
        return (Long)
                comuta.value("select coalesce(sum(Occurrences), 0)::bigint from Alerts where Cause = 'envio-incerto'");
    }
}
