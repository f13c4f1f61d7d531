package dev.comuta.sandbox.voice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.sandbox.Exchange;
import dev.comuta.sandbox.Json;
import dev.comuta.sandbox.Secrets;
import dev.comuta.sandbox.SimulatedProvider;
import dev.comuta.sandbox.StandardWebhook;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The voice gateway that a client operates: places the calls of phones to its numbers, and calls that the server asks
 * for with a signed POST to {@link #PATH}. {@code GET} of a call below that path returns its state, and {@code POST} a
 * command. Its name in recorded requests and faults is {@code voice-gateway}.
 */
public final class VoiceGateway implements SimulatedProvider, AutoCloseable {

    /** Path of the outboundUrl of its channels. */
    public static final String PATH = "/gateway/calls";

    private static final int RINGING = 60;

    private final Webhooks webhooks = new Webhooks();
    private final GatewayCarrier carrier;
    private final Switchboard switchboard;
    private final Map<String, Line> numbers = new ConcurrentHashMap<>();
    private final Map<String, String> sidsByWebhook = new ConcurrentHashMap<>();
    private final Map<String, String> sidsByCallId = new ConcurrentHashMap<>();

    /**
     * Without numbers at first.
     *
     * @param address where the server finds the sandbox
     */
    public VoiceGateway(Phones phones, Pace pace, Supplier<URI> address) {
        carrier = new GatewayCarrier(webhooks, address);
        switchboard = new Switchboard(phones, pace);
    }

    private record Line(String secret, String webhook) {}

    /**
     * Adds a number of a channel.
     *
     * @param secret the channel's webhookSecret, which signs both ways
     * @param webhook where its calls and statuses go
     */
    public void number(String number, String secret, String webhook) {
        numbers.put(number, new Line(secret, webhook));
    }

    /** Whether calls to this number reach the server. */
    public boolean serves(String number) {
        return numbers.containsKey(number);
    }

    /** A phone calls a number of the server. */
    public PhoneLeg call(String from, String to) {
        return call(from, from, to);
    }

    /** A phone calls a number of the server and hides its own. */
    public PhoneLeg callWithheld(String phone, String to) {
        return call(phone, "anonymous", to);
    }

    private PhoneLeg call(String phone, String from, String to) {
        if (!serves(to)) {
            throw new IllegalArgumentException("the gateway has no number " + to);
        }
        Call call = add(CallFacts.INBOUND, from, to, settings(to));
        switchboard.place(call, phone);
        Thread.startVirtualThread(() -> new CallFlow(switchboard, call, false)
                .run(Fetch.of(numbers.get(to).webhook(), "POST")));
        return call.phone();
    }

    /** Every call and leg, oldest first. */
    public List<CallRecord> calls() {
        return switchboard.all().stream().map(CallRecord::of).toList();
    }

    /** The legs that were dialled to a number, oldest first. */
    public List<CallRecord> dialled(String number) {
        return calls().stream()
                .filter(call ->
                        !call.direction().equals(CallFacts.INBOUND) && call.to().equals(number))
                .toList();
    }

    /** Every request to the server, oldest first. */
    public List<SentWebhook> webhooks() {
        return webhooks.sent();
    }

    /** What went wrong with the documents of the server. */
    public List<CarrierError> errors() {
        return List.copyOf(carrier.errors());
    }

    /** Sets what happens to statuses on their way. */
    public void callbacks(CallbackFaults faults) {
        webhooks.faults(faults);
    }

    @Override
    public String name() {
        return "voice-gateway";
    }

    @Override
    public boolean owns(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    @Override
    public void answer(Exchange exchange) {
        if (exchange.path().startsWith(GatewayCarrier.RECORDINGS)) {
            answerRecording(exchange);
            return;
        }
        String sid = exchange.path().substring(PATH.length()).replaceFirst("^/", "");
        Call call = sid.isEmpty() ? null : switchboard.find(sidsByCallId.getOrDefault(sid, sid));
        boolean creates = sid.isEmpty() && exchange.method().equals("POST");
        if (!creates && call == null) {
            exchange.answer(404, Map.of("error", "unknown call"));
            return;
        }
        JsonNode body = exchange.method().equals("POST") ? Json.read(exchange.body()) : null;
        String number = creates ? body.path("from").asText() : numberOf(call);
        if (!isSigned(exchange, number)) {
            exchange.answer(401, Map.of("error", "wrong signature"));
        } else if (creates) {
            create(exchange, body);
        } else if (body == null) {
            exchange.answer(200, state(call));
        } else {
            command(exchange, call, body);
        }
    }

    private void answerRecording(Exchange exchange) {
        String sid =
                exchange.path().substring(GatewayCarrier.RECORDINGS.length()).replaceFirst("\\.wav$", "");
        Recording found = switchboard.recordings().find(sid);
        if (found == null) {
            exchange.answer(404, Map.of("error", "unknown recording"));
        } else {
            exchange.answerBytes(
                    "audio/x-wav", Wav.tones(found.seconds(), found.facts().channels()));
        }
    }

    /** A GET need not be signed. */
    private boolean isSigned(Exchange exchange, String number) {
        Line known = numbers.get(number);
        return exchange.method().equals("GET")
                || (known != null
                        && StandardWebhook.verify(
                                known.secret(),
                                exchange.header("webhook-id"),
                                exchange.header("webhook-timestamp"),
                                exchange.header("webhook-signature"),
                                exchange.body()));
    }

    private static String numberOf(Call call) {
        return call.facts().isInbound() ? call.facts().to() : call.facts().from();
    }

    /** Dials; a repeated webhook-id returns the call that it made before. */
    private void create(Exchange exchange, JsonNode body) {
        String sid = sidsByWebhook.computeIfAbsent(exchange.header("webhook-id"), id -> dial(body));
        exchange.answer(202, Map.of("callSid", sid));
    }

    private String dial(JsonNode body) {
        String from = body.path("from").asText();
        Map<String, List<String>> settings = settings(from);
        for (String field : List.of("callId", "callHook")) {
            if (body.hasNonNull(field)) {
                settings.put(field, List.of(body.path(field).asText()));
            }
        }
        if (body.path("amd").asBoolean()) {
            settings.put("MachineDetection", List.of("DetectMessageEnd"));
            settings.put("AsyncAmd", List.of("true"));
        }
        Call call = add(CallFacts.OUTBOUND_API, from, body.path("to").asText(), settings);
        sidsByCallId.put(body.path("callId").asText(), call.sid());
        Duration timeout = Duration.ofSeconds(body.path("timeout").asInt(RINGING));
        Thread.startVirtualThread(() -> run(call, timeout));
        return call.sid();
    }

    private Map<String, List<String>> settings(String number) {
        Line own = numbers.get(number);
        Map<String, List<String>> settings = new HashMap<>();
        settings.put(GatewayCarrier.SECRET, List.of(own.secret()));
        settings.put(GatewayCarrier.WEBHOOK, List.of(own.webhook()));
        return settings;
    }

    private Call add(String direction, String from, String to, Map<String, List<String>> settings) {
        return switchboard.add(new CallFacts(Secrets.sid("GW"), null, "", direction, from, to), settings, carrier);
    }

    /** The answered call asks for its steps at its callHook, else with the status of the answer. */
    private void run(Call call, Duration timeout) {
        String hook = call.setting(GatewayCarrier.HOOK);
        Fetch first = Fetch.of(hook.isEmpty() ? call.setting(GatewayCarrier.WEBHOOK) : hook, "POST");
        try {
            if (switchboard.ring(call, timeout)) {
                switchboard.detect(call);
                new CallFlow(switchboard, call, false).run(first);
            }
        } catch (Call.Redirected redirected) {
            new CallFlow(switchboard, call, false).run(redirected.target());
        } catch (Call.Ended over) {
            // canceled while it rang
        }
    }

    private static Map<String, Object> state(Call call) {
        Map<String, Object> state = GatewayFields.call(call, call.status());
        state.put("duration", call.seconds());
        if (call.sipCode() != null) {
            state.put("sipStatus", call.sipCode());
        }
        return new LinkedHashMap<>(state);
    }

    /** hangup; hold, unhold, mute and unmute, which the phone notices; redirect with steps or an actionHook. */
    private void command(Exchange exchange, Call call, JsonNode body) {
        String command = body.path("command").asText();
        if (call.isOver()) {
            exchange.answer(404, Map.of("error", "the call has ended"));
            return;
        }
        switch (command) {
            case "hangup" -> call.cancelOrComplete();
            case "hold", "unhold", "mute", "unmute" -> call.phone().hear(command, "");
            case "digits" -> call.phone().hear("dtmf", body.path("digits").asText());
            case "record" -> call.phone().hear("record", body.path("change").asText());
            case "redirect" ->
                call.redirect(
                        body.has("steps")
                                ? Fetch.inline(body.path("steps").toString())
                                : Fetch.of(body.path("actionHook").asText(), "POST"));
            default -> {
                exchange.answer(422, Map.of("error", "unknown command " + command));
                return;
            }
        }
        exchange.answer(202, state(call));
    }

    @Override
    public void close() {
        switchboard.close();
        webhooks.close();
    }
}
