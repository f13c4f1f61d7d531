package dev.comuta.journey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.journey.Api.Answer;
import dev.comuta.journey.ApiDescription.Operation;
import dev.comuta.sandbox.LiveKitJwt;
import dev.comuta.sandbox.MetaProvider;
import dev.comuta.sandbox.Registration.Channel;
import dev.comuta.sandbox.Registration.Twilio;
import dev.comuta.sandbox.StandardWebhook;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A signed request of a provider. Sending it twice repeats the same delivery.
 *
 * @param path path and query
 * @param body null for a GET
 */
record SignedDelivery(String path, String body, Map<String, String> headers) {

    Answer send(Comuta comuta) {
        return sendAsync(comuta).join();
    }

    CompletableFuture<Answer> sendAsync(Comuta comuta) {
        return sendAsync(comuta.anonymous());
    }

    /** Sends a request that violates the description. */
    Answer sendInvalid(Comuta comuta) {
        return sendAsync(comuta.anonymous().withInvalidRequest()).join();
    }

    private CompletableFuture<Answer> sendAsync(Api sender) {
        String[] flat = headers.entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                .toArray(String[]::new);
        return sender.sendAsync(body == null ? "GET" : "POST", path, body, flat);
    }

    /** The same body with the headers of another delivery: a valid signature of another body. */
    SignedDelivery withHeadersOf(SignedDelivery other) {
        return new SignedDelivery(path, body, other.headers());
    }

    SignedDelivery with(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(header, value);
        return new SignedDelivery(path, body, changed);
    }

    SignedDelivery without(String header) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(header);
        return new SignedDelivery(path, body, changed);
    }

    /**
     * The documented example of a webhook, addressed to the registered channel and signed by the operation's scheme.
     */
    static SignedDelivery of(Operation operation, Comuta comuta) {
        return switch (operation.securityScheme()) {
            case "standardWebhooks" -> standard(operation, comuta);
            case "metaSignature" ->
                Conversation.meta(comuta).signed(operation.bodyExample().toString());
            case "metaVerifyToken" ->
                new SignedDelivery(
                        operation.path() + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token="
                                + MetaProvider.VERIFY_TOKEN,
                        null,
                        Map.of());
            case "twilioSignature" ->
                operation.path().startsWith("/webhooks/twilio/messages")
                                || operation.path().startsWith("/webhooks/twilio/status")
                        ? twilio(operation, comuta)
                        : twilioVoice(operation, comuta);
            case "liveKitSignature" -> liveKit(operation, comuta);
            default ->
                throw new AssertionError(
                        "SignedDelivery cannot sign by " + operation.securityScheme() + " for " + operation);
        };
    }

    private static SignedDelivery standard(Operation operation, Comuta comuta) {
        boolean isCall = "/webhooks/voice".equals(operation.path());
        Channel channel =
                isCall ? comuta.registered().voice() : comuta.registered().whatsapp();
        String body = operation
                .bodyExample()
                .put("from", Comuta.newNumber())
                .put("to", channel.identifier())
                .toString();
        return new SignedDelivery(
                operation.path(),
                body,
                StandardWebhook.headers(channel.webhookSecret(), "msg_" + UUID.randomUUID(), body));
    }

    private static SignedDelivery twilio(Operation operation, Comuta comuta) {
        Twilio account = comuta.registered().twilio();
        ObjectNode example = operation.bodyExample().put("AccountSid", account.accountSid());
        String fieldOfOurNumber = example.has("MessageStatus") ? "From" : "To";
        example.put(fieldOfOurNumber, "whatsapp:" + account.number());
        return Conversation.twilio(comuta).signed(operation.path(), form(example));
    }

    /** To a new voice channel of the registered company. */
    private static SignedDelivery twilioVoice(Operation operation, Comuta comuta) {
        VoiceChannels.Twilio channel = voiceChannels(comuta).twilio();
        ObjectNode example = operation.bodyExample().put("AccountSid", channel.accountSid());
        if (example.has("To")) {
            example.put("To", channel.number());
        }
        return Conversation.twilio(comuta)
                .signed(operation.path() + "?channel=" + channel.channelId(), form(example), channel.authToken());
    }

    /** From the project of a new voice channel of the registered company. */
    private static SignedDelivery liveKit(Operation operation, Comuta comuta) {
        VoiceChannels.LiveKit channel = voiceChannels(comuta).liveKit();
        String body = operation.bodyExample().toString();
        String signature = LiveKitJwt.ofWebhook(
                channel.apiKey(), channel.apiSecret(), body.getBytes(StandardCharsets.UTF_8), Instant.now());
        return new SignedDelivery(
                operation.path(), body, Map.of("Authorization", signature, "content-type", operation.bodyType()));
    }

    private static VoiceChannels voiceChannels(Comuta comuta) {
        return new VoiceChannels(comuta, "/clients/" + comuta.registered().clientId());
    }

    private static Map<String, String> form(ObjectNode example) {
        Map<String, String> form = new LinkedHashMap<>();
        example.properties()
                .forEach(field -> form.put(field.getKey(), field.getValue().asText()));
        return form;
    }
}
