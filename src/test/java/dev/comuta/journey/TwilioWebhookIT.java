package dev.comuta.journey;

import dev.comuta.journey.Conversation.TwilioLine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TwilioWebhookIT extends WebhookContract {

    private final TwilioLine line = Conversation.twilio(comuta);

    @Override
    TwilioLine line() {
        return line;
    }

    @Override
    SignedDelivery toUnknownOwner() {
        return changed("To", "whatsapp:+5511900000001");
    }

    @Override
    SignedDelivery malformed() {
        Map<String, String> form = line.form(person, "Oi");
        form.remove("MessageSid");
        return line.signed(TwilioLine.MESSAGES, form);
    }

    @Override
    String signatureHeader() {
        return "X-Twilio-Signature";
    }

    @Test
    void rejectsAnotherAccountAndTheNumberOfAnotherProvider() {
        String gatewayNumber = comuta.registered().whatsapp().identifier();

        changed("AccountSid", "AC" + "0".repeat(32)).send(comuta).expectProblem(401, "unauthenticated");
        changed("To", "whatsapp:" + gatewayNumber).send(comuta).expectProblem(401, "unauthenticated");
    }

    private SignedDelivery changed(String field, String value) {
        Map<String, String> form = line.form(person, "Oi");
        form.put(field, value);
        return line.signed(TwilioLine.MESSAGES, form);
    }
}
