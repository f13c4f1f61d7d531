package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Json;
import dev.comuta.sandbox.StandardWebhook;
import dev.comuta.sandbox.voice.relay.Relays;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The voice gateway's side of a call: signed JSON, JSON steps, and every status to one address. */
final class GatewayCarrier implements Carrier {

    static final String SECRET = "Secret";
    static final String HOOK = "callHook";
    static final String WEBHOOK = "Webhook";
    static final String RECORDINGS = VoiceGateway.PATH + "/recordings/";

    private static final int UNREACHABLE = 11_200;

    private final Webhooks webhooks;
    private final Supplier<URI> address;
    private final List<CarrierError> errors = new CopyOnWriteArrayList<>();

    GatewayCarrier(Webhooks webhooks, Supplier<URI> address) {
        this.webhooks = webhooks;
        this.address = address;
    }

    List<CarrierError> errors() {
        return errors;
    }

    @Override
    public Document fetch(Call call, Fetch fetch) {
        if (fetch.inline() != null) {
            return new Document("", GatewaySteps.read(fetch.inline()));
        }
        Map<String, Object> fields = GatewayFields.call(call, call.status());
        GatewayFields.addHook(fields, fetch.fields());
        if (fetch.fields().containsKey("RecordingSid")) {
            fields.put(
                    "recording_url", address.get() + RECORDINGS + fetch.fields().get("RecordingSid") + ".wav");
        }
        Webhook webhook = webhook(call, fetch.url(), fields);
        Webhooks.Answer answer = webhooks.ask(webhook);
        if (!answer.isOk()) {
            throw new Document.Failed(UNREACHABLE, "HTTP " + answer.status() + " from " + fetch.url());
        }
        return new Document(webhook.url(), GatewaySteps.read(answer.body()));
    }

    /**
     * The state that asks for the steps is reported by that request: ringing of an inbound call, the answer of an
     * outbound one without a hook of its own. Legs report nothing of their own.
     */
    @Override
    public void changed(Call call, CallStatus status) {
        CallStatus first = call.facts().isInbound() ? CallStatus.RINGING : CallStatus.IN_PROGRESS;
        boolean asks = status == first && call.setting(HOOK).isEmpty();
        if (!asks && call.facts().parentSid() == null) {
            Map<String, Object> fields = GatewayFields.call(call, status);
            if (status.isFinal()) {
                fields.put("duration", call.seconds());
                fields.put("sipStatus", call.sipCode());
            }
            webhooks.notify(webhook(call, call.setting(WEBHOOK), fields));
        }
    }

    @Override
    public void detected(Call call, String found) {
        Map<String, Object> fields = GatewayFields.call(call, call.status());
        fields.put("answeredBy", found.replaceFirst("_.*", ""));
        webhooks.notify(webhook(call, call.setting(WEBHOOK), fields));
    }

    /** The gateway reports recordings with the hook of the verb only. */
    @Override
    public void recorded(Recording recording) {
        // nothing beside the hook
    }

    @Override
    public void conference(Conference conference, String event, Conference.Member member) {
        throw new IllegalStateException("the gateway has no conferences");
    }

    @Override
    public Map<String, List<String>> settings(Call parent, Verb target, Document document) {
        return Map.of(SECRET, parent.settings(SECRET), WEBHOOK, parent.settings(WEBHOOK));
    }

    @Override
    public boolean mayShow(Call parent, String callerId) {
        return true;
    }

    @Override
    public boolean continuesAfterEmptyHook() {
        return true;
    }

    @Override
    public boolean answersFailures() {
        return false;
    }

    @Override
    public Relays relays() {
        return null;
    }

    @Override
    public void error(String callSid, int code, String message) {
        errors.add(new CarrierError(callSid, code, message));
    }

    /** A signed request of a call. */
    Webhook webhook(Call call, String address, Map<String, Object> fields) {
        String body = Json.write(fields);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("accept", "application/json");
        headers.putAll(StandardWebhook.headers(
                call.setting(SECRET), StandardWebhook.newId(), Instant.now().getEpochSecond(), body));
        String url = RetryRules.withoutFragment(address);
        RetryRules rules = address.contains("#") ? RetryRules.of(address) : RetryRules.NONE;
        return new Webhook(call.sid(), url, "POST", headers, body, rules);
    }
}
