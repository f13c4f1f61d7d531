package dev.comuta.journey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.journey.ApiDescription.Operation;
import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.Registration.Channel;
import dev.comuta.sandbox.Registration.Twilio;
import dev.comuta.sandbox.StandardWebhook;
import dev.comuta.sandbox.TwilioSignature;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The documented example of a webhook, as its provider would send it to the registered channel.
 *
 * @param query with its question mark, or empty
 */
record SignedDelivery(String query, String body, Map<String, String> headers) {

    /** Signed by the operation's security scheme. */
    static SignedDelivery of(Operation operation, Comuta comuta) {
        return switch (operation.securityScheme()) {
            case "standardWebhooks" -> standard(operation, comuta.registered().whatsapp());
            case "metaSignature" -> meta(operation.bodyExample().toString());
            case "metaVerifyToken" ->
                new SignedDelivery(
                        "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=" + MetaProvider.VERIFY_TOKEN,
                        null,
                        Map.of());
            case "twilioSignature" -> twilio(operation, comuta);
            default ->
                throw new AssertionError("say in SignedDelivery how a provider proves itself by "
                        + operation.securityScheme() + " for " + operation);
        };
    }

    private static SignedDelivery standard(Operation operation, Channel channel) {
        String body = operation
                .bodyExample()
                .put("from", Comuta.newNumber())
                .put("to", channel.identifier())
                .toString();
        return new SignedDelivery(
                "", body, StandardWebhook.headers(channel.webhookSecret(), StandardWebhook.newId(), body));
    }

    private static SignedDelivery meta(String body) {
        return new SignedDelivery("", body, Map.of("X-Hub-Signature-256", MetaProvider.sign(body)));
    }

    private static SignedDelivery twilio(Operation operation, Comuta comuta) {
        Twilio account = comuta.registered().twilio();
        ObjectNode example = operation.bodyExample().put("AccountSid", account.accountSid());
        String ours = example.has("MessageStatus") ? "From" : "To";
        example.put(ours, "whatsapp:" + account.number());
        Map<String, String> form = new LinkedHashMap<>();
        example.properties()
                .forEach(field -> form.put(field.getKey(), field.getValue().asText()));
        String url = comuta.server().baseUrl() + operation.path();
        return new SignedDelivery(
                "",
                TwilioSignature.encoded(form),
                Map.of(
                        "X-Twilio-Signature",
                        TwilioSignature.of(account.authToken(), url, form),
                        "content-type",
                        "application/x-www-form-urlencoded; charset=UTF-8"));
    }
}
