package dev.comuta.journey;

import dev.comuta.journey.Conversation.Line;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;

class TwilioSenderIT extends MessageSenderContract {

    @AfterEach
    void resetLostResponses() {
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

    /** Not a telephone number: Twilio rejects it with code 21211. */
    @Override
    String rejectPerson() {
        return "+1" + ThreadLocalRandom.current().nextInt(1000, 10_000);
    }

    /** Twilio receives the message, but its response is lost. The retry finds the message in Twilio's list. */
    @Override
    void loseNextResponse(String person) {
        comuta.sandbox().providers().twilio().loseAnswers(1);
    }

    @Override
    String statusWithoutResponse() {
        return "Enviada";
    }
}
