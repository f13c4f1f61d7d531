package dev.comuta.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Conversation.TwilioLine;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    String unreadable() {
        return "Body=%zz";
    }

    @Override
    int unreadableStatus() {
        return 400;
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

    /** A client signs the deliveries of its own account, so it can choose their ids. */
    @Test
    void storesAMessageWhoseIdAnotherAccountHasUsed() {
        String otherNumber = Comuta.newNumber();
        String otherAccount = "AC" + UUID.randomUUID().toString().replace("-", "");
        registerForAnotherClient(otherNumber, otherAccount);
        Map<String, String> form = line.form(person, "Oi");
        Map<String, String> forged = new LinkedHashMap<>(form);
        forged.put("To", "whatsapp:" + otherNumber);
        forged.put("AccountSid", otherAccount);
        forged.put("From", "whatsapp:" + Comuta.newNumber());

        line.signed(TwilioLine.MESSAGES, forged, "segredo").send(comuta).expect(200);
        line.signed(TwilioLine.MESSAGES, form).send(comuta).expect(200);

        assertEquals(List.of("Oi"), stored());
    }

    @Test
    void storesTextThatTheDatabaseCannotHold() {
        changed("Body", "a\u0000b").send(comuta).expect(200);

        changed("ProfileName", "\u0000").send(comuta).expect(200);
        changed("OriginalRepliedMessageSid", "\u0000").send(comuta).expect(200);
        changed("a\u0000b", "\u0000").send(comuta).expect(200);

        assertEquals(List.of("a\uFFFDb", "Oi", "Oi", "Oi"), stored());
    }

    private static void registerForAnotherClient(String number, String accountSid) {
        Api platform = comuta.platform();
        String home = platform.post("/clients", new JsonObject().put("clientName", "Outra"))
                .expect(201)
                .location();
        platform.post(
                        home + "/channels",
                        new JsonObject()
                                .put("channelType", "WhatsApp")
                                .put("channelIdentifier", number)
                                .put("provider", "Twilio")
                                .put(
                                        "credentials",
                                        new JsonObject()
                                                .put("accountSid", accountSid)
                                                .put("authToken", "segredo")))
                .expect(201);
    }

    private SignedDelivery changed(String field, String value) {
        Map<String, String> form = line.form(person, "Oi");
        form.put(field, value);
        return line.signed(TwilioLine.MESSAGES, form);
    }
}
