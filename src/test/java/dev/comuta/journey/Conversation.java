package dev.comuta.journey;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.journey.Comuta.Delivery;
import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.ModelScenario;
import dev.comuta.sandbox.Registration.Twilio;
import dev.comuta.sandbox.StandardWebhook;
import dev.comuta.sandbox.TwilioMessage;
import dev.comuta.sandbox.TwilioSignature;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Ways on which somebody can talk to the registered client: each provider's body in, each provider's API out. */
final class Conversation {

    private Conversation() {}

    /** A number of the client, as the people see it who write to it. */
    interface Line {

        Comuta comuta();

        /** Somebody writes; the server must have taken it. */
        void say(String person, String text);

        /** What the provider was told to say to somebody, in order. */
        List<String> answersTo(String person);

        default List<String> awaitAnswers(String person, int count) {
            await("answers to " + person)
                    .atMost(Comuta.PATIENCE)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> answersTo(person).size() >= count);
            return answersTo(person);
        }
    }

    /** The body that sends a text as an internal user. */
    static JsonObject text(String text) {
        return new JsonObject()
                .put("content", new JsonObject().put("contentType", "Texto").put("text", text));
    }

    /** The document's own bodies. */
    static Line gateway(Comuta comuta) {
        return new GatewayLine(
                comuta,
                comuta.registered().assistantId(),
                comuta.registered().whatsapp().identifier(),
                comuta.registered().whatsapp().webhookSecret());
    }

    /** WhatsApp over Twilio. */
    static Line twilio(Comuta comuta) {
        return new TwilioLine(comuta);
    }

    /** The WhatsApp Cloud API. */
    static Line meta(Comuta comuta) {
        return new MetaLine(comuta);
    }

    /** A new assistant of the client, with the CRM as its tool, on a number of its own. */
    static GatewayLine assistant(Comuta comuta, String assistant, String identifier) {
        URI sandbox = comuta.sandbox().providers().url();
        String platform = comuta.sandbox().platformKey();
        String client = "/clients/" + comuta.registered().clientId();
        long assistantId = post(comuta, platform, "/assistants", assistant).getLong("assistantId");
        String key = comuta.registered().clientKey();
        post(comuta, key, client + "/assistants", ModelScenario.association(assistantId));
        post(comuta, key, client + "/assistants/" + assistantId + "/tools", ModelScenario.tool(sandbox));
        String body = ModelScenario.channel(
                identifier, sandbox, assistantId, comuta.registered().userId());
        String secret = post(comuta, platform, client + "/channels", body).getString("webhookSecret");
        comuta.sandbox().providers().registerChannel("WhatsApp", identifier, secret);
        return new GatewayLine(comuta, assistantId, identifier, secret);
    }

    private static JsonObject post(Comuta comuta, String key, String path, String body) {
        HttpResponse<String> answer = comuta.call("POST", path, key, body);
        assertEquals(201, answer.statusCode(), answer.body());
        return new JsonObject(answer.body());
    }

    record GatewayLine(Comuta comuta, long assistantId, String identifier, String webhookSecret) implements Line {

        @Override
        public void say(String person, String text) {
            String body = new JsonObject()
                    .put("from", person)
                    .put("to", identifier)
                    .put("message", text)
                    .encode();
            HttpResponse<String> answer = comuta.send(new Delivery(body, StandardWebhook.newId()), webhookSecret);
            assertEquals(200, answer.statusCode(), answer.body());
        }

        @Override
        public List<String> answersTo(String person) {
            return comuta.answersTo(person);
        }
    }

    private record TwilioLine(Comuta comuta) implements Line {

        private static final String PATH = "/webhooks/twilio/messages";

        @Override
        public void say(String person, String text) {
            Twilio account = comuta.registered().twilio();
            Map<String, String> form = new LinkedHashMap<>();
            form.put("MessageSid", "SM" + UUID.randomUUID().toString().replace("-", ""));
            form.put("AccountSid", account.accountSid());
            form.put("From", "whatsapp:" + person);
            form.put("To", "whatsapp:" + account.number());
            form.put("NumMedia", "0");
            form.put("Body", text);
            Api.Answer answer = new Api(comuta.server().baseUrl(), null)
                    .send(
                            "POST",
                            PATH,
                            TwilioSignature.encoded(form),
                            "content-type",
                            "application/x-www-form-urlencoded",
                            "X-Twilio-Signature",
                            TwilioSignature.of(
                                    account.authToken(), comuta.server().baseUrl() + PATH, form));
            answer.expect(200);
        }

        @Override
        public List<String> answersTo(String person) {
            return comuta.sandbox().providers().twilio().messagesTo(person).stream()
                    .map(TwilioMessage::body)
                    .toList();
        }
    }

    private record MetaLine(Comuta comuta) implements Line {

        @Override
        public void say(String person, String text) {
            Map<String, Object> message = Map.of(
                    "from",
                    waId(person),
                    "id",
                    "wamid." + UUID.randomUUID(),
                    "timestamp",
                    "1730231903",
                    "type",
                    "text",
                    "text",
                    Map.of("body", text));
            String body = MetaProvider.webhook(MetaProvider.PHONE_NUMBER_ID, Map.of("messages", List.of(message)));
            assertEquals(200, comuta.sandbox().providers().meta().post(body).join());
        }

        @Override
        public List<String> answersTo(String person) {
            return comuta.sandbox().providers().requests("meta").stream()
                    .filter(request ->
                            request.fault() == null && request.method().equals("POST"))
                    .map(request -> new JsonObject(request.body()))
                    .filter(body -> waId(person).equals(body.getString("to")))
                    .map(body -> body.getJsonObject("text").getString("body"))
                    .toList();
        }

        private static String waId(String person) {
            return person.substring(1);
        }
    }
}
