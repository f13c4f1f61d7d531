package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Conversation.Line;
import dev.comuta.sandbox.Fault;
import dev.comuta.sandbox.Fault.Mode;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class GatewaySenderIT extends MessageSenderContract {

    @Override
    Line line() {
        return Conversation.gateway(comuta);
    }

    @Override
    String provider() {
        return "gateway";
    }

    @Override
    int attempts(String person) {
        return (int) comuta.sandbox().providers().requests(provider()).stream()
                .filter(request -> !request.body().isEmpty())
                .filter(request -> person.equals(new JsonObject(request.body()).getString("to")))
                .count();
    }

    /** The gateway recognizes a repeated message by its webhook-id, so the message is retried. */
    @Override
    String statusWithoutResponse() {
        return "Enviada";
    }

    @Test
    void retriesAfterServerErrors() {
        String person = Comuta.newNumber();
        comuta.sandbox()
                .providers()
                .fault(Fault.of(provider(), Mode.FAIL).status(502).times(2).containing(digits(person)));

        line().say(person, "Oi");

        line().awaitAnswers(person, 1);
        assertEquals(3, attempts(person));
    }
}
