package dev.comuta.journey;

import dev.comuta.journey.Conversation.Line;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;

class TwilioSenderIT extends MessageSenderContract {

    @AfterEach
    void answerAgain() {
        comuta.sandbox().providers().twilio().loseAnswers(0);
    }

    @Override
    Line line() {
        return Conversation.twilio(comuta);
    }

    @Override
    String provider() {
        return "twilio";
    }

    @Override
    int attempts(String person) {
        String to = "To=" + URLEncoder.encode("whatsapp:" + person, StandardCharsets.UTF_8);
        return (int) comuta.sandbox().providers().requests(provider()).stream()
                .filter(request -> request.method().equals("POST"))
                .filter(request -> request.body().contains(to))
                .count();
    }

    /** No number: Twilio's code 21211. */
    @Override
    String rejectPerson() {
        return "+1" + ThreadLocalRandom.current().nextInt(1000, 10_000);
    }

    /** Twilio has the message, and is asked before it is sent again. */
    @Override
    void loseNextResponse() {
        comuta.sandbox().providers().twilio().loseAnswers(1);
    }

    @Override
    String statusWithoutResponse() {
        return "Enviada";
    }
}
