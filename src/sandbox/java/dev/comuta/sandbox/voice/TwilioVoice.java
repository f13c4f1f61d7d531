package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Exchange;
import dev.comuta.sandbox.Secrets;
import dev.comuta.sandbox.SimulatedProvider;
import dev.comuta.sandbox.TwilioAccounts;
import dev.comuta.sandbox.voice.relay.Relays;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Twilio's calls: the REST API for calls, conferences and recordings, calls to the numbers of an account, and the
 * documents and callbacks of both. Its name in recorded requests and faults is {@code twilio-voice}.
 */
public final class TwilioVoice implements SimulatedProvider, AutoCloseable {

    static final String NAME = "twilio-voice";

    /** The keys of ANONYMOUS. */
    private static final String WITHHELD = "+266696687";

    private static final Pattern PATH = Pattern.compile(
            "/2010-04-01/Accounts/(?<account>\\w+)/(?<kind>Calls|Conferences|Recordings)(?<rest>[/.].*)?");
    private static final Pattern REST = Pattern.compile(
            "(?:/(?<sid>[^/]+?))?(?:/(?<sub>Recordings|Participants)(?:/(?<subsid>[^/]+?))?)?(?:\\.(?<type>json|wav|mp3))?");

    private final TwilioAccounts accounts;
    private final Webhooks webhooks = new Webhooks();
    private final Relays relays;
    private final Switchboard switchboard;
    private final TwilioCarrier carrier;
    private final TwilioCalls calls;
    private final TwilioConferences conferences;
    private final TwilioRecordings recordings;
    private final Map<String, VoiceNumber> numbers = new ConcurrentHashMap<>();

    /**
     * Without numbers at first.
     *
     * @param address where the server finds the sandbox
     */
    public TwilioVoice(TwilioAccounts accounts, Phones phones, Pace pace, Supplier<URI> address, Vertx vertx) {
        this.accounts = accounts;
        this.relays = new Relays(accounts, vertx);
        this.switchboard = new Switchboard(phones, pace);
        this.carrier = new TwilioCarrier(accounts, webhooks, relays, address);
        this.calls = new TwilioCalls(switchboard, carrier, accounts);
        this.conferences = new TwilioConferences(switchboard, carrier, calls);
        this.recordings = new TwilioRecordings(switchboard, carrier);
    }

    /**
     * Where the calls to a number go.
     *
     * @param voiceUrl returns the first document
     * @param fallbackUrl asked when it fails; empty for none
     * @param statusCallback gets the end of the call; empty for none
     */
    public record VoiceNumber(String voiceUrl, String fallbackUrl, String statusCallback) {}

    /** Sets where the calls to a number of a registered account go. */
    public void number(String number, String voiceUrl, String fallbackUrl, String statusCallback) {
        numbers.put(number, new VoiceNumber(voiceUrl, fallbackUrl, statusCallback));
    }

    /** The addresses of a number, as the resource of the number shows them; none of a number without calls. */
    public Map<String, String> addresses(String number) {
        VoiceNumber found = numbers.get(number);
        return found == null
                ? Map.of()
                : Map.of(
                        "voice_url", found.voiceUrl(),
                        "voice_fallback_url", found.fallbackUrl(),
                        "status_callback", found.statusCallback());
    }

    /** Whether calls to this number reach the server. */
    public boolean serves(String number) {
        return numbers.containsKey(number) && accounts.owner(number).isPresent();
    }

    /** A phone calls a number of the server; over WhatsApp both are {@code whatsapp:} and a number. */
    public PhoneLeg call(String from, String to) {
        return call(from, to, Map.of());
    }

    /** A phone calls a number of the server and hides its own. */
    public PhoneLeg callWithheld(String phone, String to) {
        return call(phone, WITHHELD, to, Map.of());
    }

    /**
     * A phone calls a number of the server.
     *
     * @param extras further fields of Twilio's requests: CallerName, ForwardedFrom, CallToken, StirVerstat
     */
    public PhoneLeg call(String from, String to, Map<String, String> extras) {
        return call(from, from, to, extras);
    }

    private PhoneLeg call(String phone, String from, String to, Map<String, String> extras) {
        String called = to.replaceFirst("^whatsapp:", "");
        String account = accounts.owner(called).orElseThrow(() -> new IllegalArgumentException("no account has " + to));
        VoiceNumber number = Optional.ofNullable(numbers.get(called))
                .orElseThrow(() -> new IllegalArgumentException(to + " has no voice URL"));
        Map<String, List<String>> settings = new HashMap<>();
        put(settings, "FallbackUrl", number.fallbackUrl());
        put(settings, "StatusCallback", number.statusCallback());
        extras.forEach((name, value) -> put(settings, name, value));
        CallFacts facts = new CallFacts(Secrets.sid("CA"), null, account, CallFacts.INBOUND, from, to);
        Call call = switchboard.add(facts, settings, carrier);
        switchboard.place(call, phone);
        Thread.startVirtualThread(
                () -> new CallFlow(switchboard, call, false).run(Fetch.of(number.voiceUrl(), "POST")));
        return call.phone();
    }

    private static void put(Map<String, List<String>> settings, String name, String value) {
        if (value != null && !value.isEmpty()) {
            settings.put(name, List.of(value));
        }
    }

    /**
     * Posts the first request of an inbound call again, as Twilio does after a lost answer; the answer has no effect.
     *
     * @return the document
     */
    public String repeatFirstRequest(String callSid) {
        Call call = switchboard.find(callSid);
        Map<String, String> form = TwilioForms.call(call);
        form.put("CallStatus", CallStatus.RINGING.word());
        String url = numbers.get(call.facts().to()).voiceUrl();
        return webhooks.ask(carrier.webhook(call.facts().accountSid(), callSid, url, "POST", form))
                .body();
    }

    /** Every call and leg, oldest first. */
    public List<CallRecord> calls() {
        return switchboard.all().stream().map(CallRecord::of).toList();
    }

    /** The legs that were dialled to a number, by a request or by a document, oldest first. */
    public List<CallRecord> dialled(String number) {
        return calls().stream()
                .filter(call ->
                        !call.direction().equals(CallFacts.INBOUND) && call.to().equals(number))
                .toList();
    }

    /** Every request to the server: documents and callbacks, oldest first. */
    public List<SentWebhook> webhooks() {
        return webhooks.sent();
    }

    /** What Twilio's debugger would show. */
    public List<CarrierError> errors() {
        return List.copyOf(carrier.errors());
    }

    /** The sockets of ConversationRelay. */
    public Relays relays() {
        return relays;
    }

    /** Sets what happens to callbacks on their way. */
    public void callbacks(CallbackFaults faults) {
        webhooks.faults(faults);
    }

    /** Sets how many first requests for the sound of a recording are a 404; at first one. */
    public void lateMedia(int requests) {
        recordings.lateMedia(requests);
    }

    /** Deletes the recorded requests and errors. Calls go on. */
    public void clear() {
        webhooks.clear();
        relays.clear();
        carrier.errors().clear();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean owns(String path) {
        return PATH.matcher(path).matches();
    }

    @Override
    public void answer(Exchange exchange) {
        Matcher path = PATH.matcher(exchange.path());
        try {
            if (!path.matches() || !accounts.admits(exchange, path.group("account"))) {
                throw new TwilioError(401, 20_003, "Authenticate");
            }
            Matcher rest = REST.matcher(Optional.ofNullable(path.group("rest")).orElse(""));
            if (!rest.matches()) {
                throw TwilioError.notFound(exchange.path());
            }
            route(exchange, path.group("account"), path.group("kind"), rest);
        } catch (TwilioError refused) {
            refused.answer(exchange);
        }
    }

    private void route(Exchange exchange, String account, String kind, Matcher rest) {
        String sid = rest.group("sid");
        String sub = rest.group("sub") == null ? "" : "/" + rest.group("sub");
        String subsid = rest.group("subsid");
        String type = Optional.ofNullable(rest.group("type")).orElse("");
        switch (kind + (sid == null ? "" : "/*") + sub + (subsid == null ? "" : "/*")) {
            case "Calls" -> calls.answerList(exchange, account);
            case "Calls/*" -> calls.answerOne(exchange, account, sid);
            case "Calls/*/Recordings" -> recordings.answerOfCall(exchange, account, sid);
            case "Calls/*/Recordings/*" -> recordings.answerOne(exchange, account, sid, subsid);
            case "Recordings" -> recordings.answerList(exchange, account);
            case "Recordings/*" -> answerRecording(exchange, account, sid, type);
            case "Conferences" -> conferences.answerList(exchange, account);
            case "Conferences/*" -> conferences.answerOne(exchange, account, sid);
            case "Conferences/*/Participants" -> conferences.answerParticipants(exchange, account, sid);
            case "Conferences/*/Participants/*" -> conferences.answerParticipant(exchange, account, sid, subsid);
            default -> throw TwilioError.notFound(exchange.path());
        }
    }

    private void answerRecording(Exchange exchange, String account, String sid, String type) {
        if (type.equals("json") || exchange.method().equals("DELETE")) {
            recordings.answerOne(exchange, account, "", sid);
        } else {
            recordings.answerMedia(exchange, account, sid, type);
        }
    }

    @Override
    public void close() {
        switchboard.close();
        relays.close();
        webhooks.close();
    }
}
