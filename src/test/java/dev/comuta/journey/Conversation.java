package dev.comuta.journey;

import static org.awaitility.Awaitility.await;

import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.ModelScenario;
import dev.comuta.sandbox.StandardWebhook;
import dev.comuta.sandbox.TwilioMessage;
import dev.comuta.sandbox.TwilioSignature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Numbers of the registered client at each provider, to which tests write in the provider's own format. */
final class Conversation {

    private Conversation() {}

    /** A number of the client at one provider: delivers messages from people, and returns the replies to them. */
    interface Line {

        Comuta comuta();

        /** A new message from the person, as the provider would deliver it. */
        SignedDelivery message(String person, String text);

        /** Delivers a message from the person; the server must accept it. */
        default void say(String person, String text) {
            message(person, text).send(comuta()).expect(200);
        }

        /** The texts that the provider received for the person, in order. */
        List<String> answersTo(String person);

        default List<String> awaitAnswers(String person, int count) {
            await("answers to " + person)
                    .atMost(Comuta.TIMEOUT)
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

    /** The Gateway, with the bodies of the design document. */
    static GatewayLine gateway(Comuta comuta) {
        return new GatewayLine(
                comuta,
                comuta.registered().assistantId(),
                comuta.registered().whatsapp().identifier(),
                comuta.registered().whatsapp().webhookSecret());
    }

    /** WhatsApp over Twilio. */
    static TwilioLine twilio(Comuta comuta) {
        return new TwilioLine(comuta);
    }

    /** The WhatsApp Cloud API. */
    static MetaLine meta(Comuta comuta) {
        return new MetaLine(comuta);
    }

    /** A new assistant of the client, with the CRM as its tool and a separate number. */
    static GatewayLine assistant(Comuta comuta, String assistant, String identifier) {
        URI sandbox = comuta.sandbox().providers().url();
        Api platform = comuta.platform();
        Api client = comuta.client();
        String home = "/clients/" + comuta.registered().clientId();
        long assistantId = post(platform, "/assistants", assistant).getLong("assistantId");
        post(client, home + "/assistants", ModelScenario.association(assistantId, assistant));
        post(client, home + "/assistants/" + assistantId + "/tools", ModelScenario.tool(sandbox));
        String body = ModelScenario.channel(
                identifier, sandbox, assistantId, comuta.registered().userId());
        String secret = post(platform, home + "/channels", body).getString("webhookSecret");
        comuta.sandbox().providers().registerChannel("WhatsApp", identifier, secret);
        return new GatewayLine(comuta, assistantId, identifier, secret);
    }

    private static JsonObject post(Api caller, String path, String body) {
        return caller.send("POST", path, body).expect(201).json();
    }

    record GatewayLine(Comuta comuta, long assistantId, String identifier, String webhookSecret) implements Line {

        @Override
        public SignedDelivery message(String person, String text) {
            return signed(new JsonObject()
                    .put("from", person)
                    .put("to", identifier)
                    .put("message", text)
                    .encode());
        }

        /** The same number with another secret. */
        GatewayLine signing(String secret) {
            return new GatewayLine(comuta, assistantId, identifier, secret);
        }

        /** A delivery of this body with a new webhook-id. */
        SignedDelivery signed(String body) {
            Map<String, String> headers = StandardWebhook.headers(webhookSecret, StandardWebhook.newId(), body);
            return new SignedDelivery("/webhooks/whatsapp", body, headers).with("content-type", "application/json");
        }

        @Override
        public List<String> answersTo(String person) {
            return comuta.answersTo(person);
        }
    }

    record TwilioLine(Comuta comuta) implements Line {

        static final String MESSAGES = "/webhooks/twilio/messages";

        @Override
        public SignedDelivery message(String person, String text) {
            return signed(MESSAGES, form(person, text));
        }

        /** The form fields of a WhatsApp message from Twilio. */
        Map<String, String> form(String person, String text) {
            String sid = "SM" + UUID.randomUUID().toString().replace("-", "");
            Map<String, String> form = new LinkedHashMap<>();
            form.put("SmsMessageSid", sid);
            form.put("NumMedia", "0");
            form.put("ProfileName", "Maria Ção");
            form.put("MessageType", "text");
            form.put("SmsSid", sid);
            form.put("SmsStatus", "received");
            form.put("Body", text);
            form.put("To", "whatsapp:" + comuta.registered().twilio().number());
            form.put("NumSegments", "1");
            form.put("ReferralNumMedia", "0");
            form.put("MessageSid", sid);
            form.put("AccountSid", comuta.registered().twilio().accountSid());
            form.put("From", "whatsapp:" + person);
            form.put("ApiVersion", "2010-04-01");
            return form;
        }

        /** A delivery of this form, signed with the account's token. */
        SignedDelivery signed(String path, Map<String, String> form) {
            return signed(path, form, comuta.registered().twilio().authToken());
        }

        /** A delivery of this form, signed with this token. */
        SignedDelivery signed(String path, Map<String, String> form, String token) {
            String signature = TwilioSignature.of(token, comuta.server().baseUrl() + path, form);
            return new SignedDelivery(
                    path,
                    TwilioSignature.encoded(form),
                    Map.of(
                            "X-Twilio-Signature",
                            signature,
                            "content-type",
                            "application/x-www-form-urlencoded; charset=UTF-8"));
        }

        @Override
        public List<String> answersTo(String person) {
            return comuta.sandbox().providers().twilio().messagesTo(person).stream()
                    .map(TwilioMessage::body)
                    .toList();
        }
    }

    record MetaLine(Comuta comuta) implements Line {

        @Override
        public SignedDelivery message(String person, String text) {
            return signed(batch(person, item(person, text)));
        }

        /** A webhook with these messages, as Meta documents it. */
        String batch(String person, JsonObject... messages) {
            return new JsonObject(
                            """
                    {"object": "whatsapp_business_account", "entry": [{"id": "102290129340398", "changes": [{
                      "field": "messages", "value": {"messaging_product": "whatsapp",
                        "metadata": {"display_phone_number": "5511999990001", "phone_number_id": "%s"},
                        "contacts": [{"profile": {"name": "Maria"}, "wa_id": "%s"}],
                        "messages": %s}}]}]}""".formatted(MetaProvider.PHONE_NUMBER_ID, waId(person), new JsonArray(List.of(messages))))
                    .encode();
        }

        /** One text message of a webhook. */
        JsonObject item(String person, String text) {
            return new JsonObject()
                    .put("from", waId(person))
                    .put("id", "wamid." + UUID.randomUUID())
                    .put("timestamp", Comuta.now())
                    .put("type", "text")
                    .put("text", new JsonObject().put("body", text));
        }

        /** A delivery of this body, signed with the app's secret. */
        SignedDelivery signed(String body) {
            return new SignedDelivery(
                    "/webhooks/meta",
                    body,
                    Map.of("X-Hub-Signature-256", MetaProvider.sign(body), "content-type", "application/json"));
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
