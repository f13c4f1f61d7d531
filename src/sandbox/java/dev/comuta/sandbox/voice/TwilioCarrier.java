package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.TwilioAccounts;
import dev.comuta.sandbox.TwilioSignature;
import dev.comuta.sandbox.voice.relay.Relays;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Twilio's side of a call: signed forms, TwiML, callbacks for each event that is wanted. */
final class TwilioCarrier implements Carrier {

    private static final int UNREACHABLE = 11_200;
    private static final int NO_TWIML = 12_300;

    private final TwilioAccounts accounts;
    private final Webhooks webhooks;
    private final Relays relays;
    private final Supplier<URI> address;
    private final List<CarrierError> errors = new CopyOnWriteArrayList<>();

    TwilioCarrier(TwilioAccounts accounts, Webhooks webhooks, Relays relays, Supplier<URI> address) {
        this.accounts = accounts;
        this.webhooks = webhooks;
        this.relays = relays;
        this.address = address;
    }

    List<CarrierError> errors() {
        return errors;
    }

    @Override
    public Document fetch(Call call, Fetch fetch) {
        if (fetch.inline() != null) {
            return new Document("", Twiml.read(fetch.inline()));
        }
        try {
            return fetchOnce(call, fetch, fetch.fields());
        } catch (Document.Failed failed) {
            String fallback = call.setting("FallbackUrl");
            if (fallback.isEmpty()) {
                throw failed;
            }
            error(call.sid(), failed.code(), failed.getMessage());
            Map<String, String> fields = new LinkedHashMap<>(fetch.fields());
            fields.put("ErrorCode", Integer.toString(failed.code()));
            fields.put("ErrorUrl", fetch.url());
            return fetchOnce(call, Fetch.of(fallback, call.setting("FallbackMethod")), fields);
        }
    }

    private Document fetchOnce(Call call, Fetch fetch, Map<String, String> fields) {
        Map<String, String> form = TwilioForms.call(call);
        form.putAll(fields);
        if (fields.containsKey("RecordingSid")) {
            form.put("RecordingUrl", recordingUrl(call.facts().accountSid(), fields.get("RecordingSid")));
        }
        Webhook webhook = webhook(call.facts().accountSid(), call.sid(), fetch.url(), fetch.method(), form);
        Webhooks.Answer answer = webhooks.ask(webhook);
        if (!answer.isOk()) {
            throw new Document.Failed(UNREACHABLE, "HTTP " + answer.status() + " from " + fetch.url());
        }
        boolean isXml = answer.contentType().matches("(?i)(text|application)/(xml|html).*");
        if (!isXml && !answer.body().isBlank()) {
            throw new Document.Failed(NO_TWIML, "Invalid Content-Type " + answer.contentType());
        }
        return new Document(webhook.url(), Twiml.read(answer.body()));
    }

    @Override
    public void changed(Call call, CallStatus status) {
        String url = call.setting("StatusCallback");
        List<String> wanted = call.settings("StatusCallbackEvent");
        boolean isWanted = wanted.isEmpty() ? status.isFinal() : wanted.contains(status.event());
        if (!url.isEmpty() && isWanted) {
            notify(call.facts().accountSid(), call.sid(), url, TwilioForms.status(call, status));
        }
    }

    @Override
    public void detected(Call call, String found) {
        String url = call.setting("AsyncAmdStatusCallback");
        if (!url.isEmpty()) {
            Map<String, String> form = new LinkedHashMap<>();
            form.put("CallSid", call.sid());
            form.put("AccountSid", call.facts().accountSid());
            form.put("AnsweredBy", found);
            form.put(
                    "MachineDetectionDuration",
                    Long.toString(Duration.ofSeconds(3).toMillis()));
            notify(call.facts().accountSid(), call.sid(), url, form);
        }
    }

    @Override
    public void recorded(Recording recording) {
        Recording.Facts facts = recording.facts();
        if (facts.reports(recording.status())) {
            String url = recordingUrl(facts.accountSid(), facts.sid());
            notify(facts.accountSid(), facts.callSid(), facts.callback(), TwilioForms.recording(recording, url));
        }
    }

    @Override
    public void conference(Conference conference, String event, Conference.Member member) {
        Conference.Facts facts = conference.facts();
        String subject = event.substring(event.indexOf('-') + 1).replaceFirst("^un", "");
        if (!facts.callback().isEmpty() && facts.events().contains(subject)) {
            String sid = member == null ? "" : member.call().sid();
            notify(facts.accountSid(), sid, facts.callback(), TwilioForms.conference(conference, event, member));
        }
    }

    @Override
    public Map<String, List<String>> settings(Call parent, Verb target, Document document) {
        return NounSettings.of(target, document);
    }

    @Override
    public boolean mayShow(Call parent, String callerId) {
        String number = callerId.replaceFirst("^whatsapp:", "");
        return !number.startsWith("+")
                || accounts.numbers(parent.facts().accountSid()).contains(number)
                || callerId.equals(parent.facts().from())
                || callerId.equals(parent.facts().to());
    }

    @Override
    public boolean continuesAfterEmptyHook() {
        return false;
    }

    @Override
    public boolean answersFailures() {
        return true;
    }

    @Override
    public Relays relays() {
        return relays;
    }

    @Override
    public void error(String callSid, int code, String message) {
        errors.add(new CarrierError(callSid, code, message));
    }

    String recordingUrl(String accountSid, String sid) {
        return address.get() + "/2010-04-01/Accounts/" + accountSid + "/Recordings/" + sid;
    }

    /** A signed request; a GET carries the form in its query. */
    Webhook webhook(String accountSid, String callSid, String address, String method, Map<String, String> form) {
        boolean isGet = method.equals("GET");
        String plain = RetryRules.withoutFragment(address);
        String url = isGet ? plain + (plain.contains("?") ? "&" : "?") + TwilioSignature.encoded(form) : plain;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(
                "x-twilio-signature", TwilioSignature.of(accounts.authToken(accountSid), url, isGet ? Map.of() : form));
        headers.put("i-twilio-idempotency-token", UUID.randomUUID().toString());
        headers.put("user-agent", "TwilioProxy/1.1");
        headers.put("accept", "*/*");
        if (!isGet) {
            headers.put("content-type", "application/x-www-form-urlencoded; charset=UTF-8");
        }
        return new Webhook(
                callSid, url, method, headers, isGet ? "" : TwilioSignature.encoded(form), RetryRules.of(address));
    }

    private void notify(String accountSid, String callSid, String url, Map<String, String> form) {
        webhooks.notify(webhook(accountSid, callSid, url, "POST", form));
    }
}
