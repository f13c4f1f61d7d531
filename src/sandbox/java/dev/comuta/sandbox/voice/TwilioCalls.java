package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Exchange;
import dev.comuta.sandbox.Secrets;
import dev.comuta.sandbox.TwilioAccounts;
import dev.comuta.sandbox.voice.PhoneScript.Pickup;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Twilio's Call resource. A repeated request dials again: nothing deduplicates it. */
final class TwilioCalls {

    private static final int RINGING = 60;
    private static final int LONGEST = 14_400;
    private static final int LONGEST_DOCUMENT = 4000;
    private static final String DIGITS = "\\+?[\\d()\\s-]+";
    private static final String VALID = "(whatsapp:)?\\+[1-9]\\d{6,14}";

    private final Switchboard switchboard;
    private final TwilioCarrier carrier;
    private final TwilioAccounts accounts;

    TwilioCalls(Switchboard switchboard, TwilioCarrier carrier, TwilioAccounts accounts) {
        this.switchboard = switchboard;
        this.carrier = carrier;
        this.accounts = accounts;
    }

    /** Creates, or lists. */
    void answerList(Exchange exchange, String account) {
        if (exchange.method().equals("POST")) {
            Forms form = Forms.read(exchange.body());
            Call call = create(account, form, firstDocument(form));
            exchange.answer(201, resource(call));
        } else {
            List<Call> found = switchboard.all().stream()
                    .filter(call -> call.facts().accountSid().equals(account))
                    .filter(call -> isWanted(exchange, call))
                    .toList();
            TwilioLists.answer(exchange, "calls", found, TwilioCalls::resource);
        }
    }

    void answerOne(Exchange exchange, String account, String sid) {
        Call call = switchboard.find(sid);
        if (call == null || !call.facts().accountSid().equals(account)) {
            throw TwilioError.notFound(exchange.path());
        }
        switch (exchange.method()) {
            case "GET" -> exchange.answer(200, resource(call));
            case "POST" -> {
                change(exchange, call, Forms.read(exchange.body()));
                exchange.answer(200, resource(call));
            }
            default -> throw new TwilioError(405, 20_004, "Method not allowed");
        }
    }

    private static Fetch firstDocument(Forms form) {
        if (form.text("Twiml").length() > LONGEST_DOCUMENT) {
            throw TwilioError.bad(20_001, "Twiml has more than " + LONGEST_DOCUMENT + " characters");
        } else if (form.has("Twiml")) {
            return Fetch.inline(form.text("Twiml"));
        } else if (!form.has("Url") && !form.has("ApplicationSid")) {
            throw TwilioError.bad(21_205, "Url parameter is required.");
        } else if (!form.text("Url").matches("https?://.+")) {
            throw TwilioError.bad(21_205, "Url is not a valid URL: " + form.text("Url"));
        }
        return Fetch.of(form.text("Url"), form.text("Method"));
    }

    /** Dials, and follows the document when the phone answers. */
    Call create(String account, Forms form, Fetch document) {
        check(account, form);
        CallFacts facts = new CallFacts(
                Secrets.sid("CA"), null, account, CallFacts.OUTBOUND_API, form.text("From"), form.text("To"));
        Call call = switchboard.add(facts, new HashMap<>(form.fields()), carrier);
        Duration timeout = Duration.ofSeconds(form.seconds("Timeout", RINGING));
        Thread.startVirtualThread(() -> run(call, document, timeout));
        return call;
    }

    private void check(String account, Forms form) {
        String to = form.text("To");
        String from = form.text("From");
        if (to.isEmpty()) {
            throw TwilioError.bad(21_201, "No 'To' number is specified");
        } else if (from.isEmpty()) {
            throw TwilioError.bad(21_213, "'From' phone number is required");
        } else if (to.matches(DIGITS) && !to.replaceAll("[\\s()-]", "").matches(VALID)) {
            throw TwilioError.bad(21_211, "Invalid 'To' Phone Number: " + to);
        } else if (!accounts.numbers(account).contains(from.replaceFirst("whatsapp:", ""))) {
            throw TwilioError.bad(
                    21_210, "The source phone number provided, " + from + ", is not yet verified for your account.");
        }
        PhoneScript script = switchboard.phones().upcoming(to);
        if (script.pickup() == Pickup.REFUSE) {
            throw TwilioError.bad(script.sipCode(), "The call to " + to + " is refused");
        }
    }

    private void run(Call call, Fetch document, Duration timeout) {
        try {
            if (!switchboard.ring(call, timeout)) {
                return;
            }
            switchboard.limit(call, Duration.ofSeconds(seconds(call)));
            record(call);
            switchboard.detect(call);
        } catch (Call.Ended over) {
            return;
        } catch (Call.Redirected redirected) {
            new CallFlow(switchboard, call, false).run(redirected.target());
            return;
        }
        new CallFlow(switchboard, call, false).run(document);
    }

    private static int seconds(Call call) {
        String limit = call.setting("TimeLimit");
        return limit.matches("\\d{1,6}") ? Integer.parseInt(limit) : LONGEST;
    }

    private void record(Call call) {
        if (call.setting("Record").equals("true")) {
            boolean isDual = call.setting("RecordingChannels").equals("dual");
            switchboard
                    .recordings()
                    .start(call, TwilioRecordings.facts(call, "OutboundAPI", isDual ? 2 : 1, call::settings));
        }
    }

    private void change(Exchange exchange, Call call, Forms form) {
        if (form.has("Status")) {
            end(exchange, call, form.text("Status"));
        } else if (form.has("Url") || form.has("Twiml")) {
            if (call.isOver()
                    || (call.status() != CallStatus.IN_PROGRESS && !call.facts().isInbound())) {
                throw TwilioError.bad(21_220, "Call is not in-progress. Cannot redirect.");
            }
            call.redirect(firstDocument(form));
        }
    }

    private static void end(Exchange exchange, Call call, String status) {
        if (!status.equals("completed") && !status.equals("canceled")) {
            throw TwilioError.bad(21_218, "Invalid status " + status);
        } else if (call.isOver()) {
            throw TwilioError.notFound(exchange.path());
        } else if (status.equals("completed") || call.status() != CallStatus.IN_PROGRESS) {
            call.cancelOrComplete();
        }
    }

    private static boolean isWanted(Exchange exchange, Call call) {
        String status = exchange.parameter("Status");
        String parent = exchange.parameter("ParentCallSid");
        return matches(exchange.parameter("To"), call.facts().to())
                && matches(exchange.parameter("From"), call.facts().from())
                && (status.isEmpty() || status.equals(word(call)))
                && (parent.isEmpty() || parent.equals(call.facts().parentSid()))
                && isSince(exchange.parameter("StartTime>"), call)
                && isUntil(exchange.parameter("StartTime<"), call)
                && isOn(exchange.parameter("StartTime"), call);
    }

    private static boolean matches(String wanted, String value) {
        return wanted.isEmpty() || wanted.equals(value);
    }

    private static boolean isSince(String time, Call call) {
        return time.isEmpty() || !call.created().isBefore(instant(time));
    }

    private static boolean isUntil(String time, Call call) {
        return time.isEmpty() || !call.created().isAfter(instant(time));
    }

    private static boolean isOn(String time, Call call) {
        return time.isEmpty()
                || LocalDate.ofInstant(call.created(), ZoneOffset.UTC)
                        .equals(LocalDate.ofInstant(instant(time), ZoneOffset.UTC));
    }

    /** A day, or a time of UTC with or without its zone. */
    private static Instant instant(String text) {
        return text.length() <= "2026-01-01".length()
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : LocalDateTime.parse(text.replaceFirst("(Z|\\+00:00)$", "")).toInstant(ZoneOffset.UTC);
    }

    /** The resource knows no initiated call. */
    private static String word(Call call) {
        return call.status() == CallStatus.INITIATED
                ? CallStatus.QUEUED.word()
                : call.status().word();
    }

    static Map<String, Object> resource(Call call) {
        CallFacts facts = call.facts();
        String uri = "/2010-04-01/Accounts/" + facts.accountSid() + "/Calls/" + facts.sid();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("sid", facts.sid());
        shown.put("date_created", TwilioForms.time(call.created()));
        shown.put("date_updated", TwilioForms.time(call.ended() == null ? call.created() : call.ended()));
        shown.put("parent_call_sid", facts.parentSid());
        shown.put("account_sid", facts.accountSid());
        shown.put("to", facts.to());
        shown.put("to_formatted", facts.to());
        shown.put("from", facts.from());
        shown.put("from_formatted", facts.from());
        shown.put("phone_number_sid", null);
        shown.put("status", word(call));
        shown.put("start_time", call.status() == CallStatus.QUEUED ? null : TwilioForms.time(call.created()));
        shown.put("end_time", call.ended() == null ? null : TwilioForms.time(call.ended()));
        shown.put("duration", call.isOver() ? Long.toString(call.seconds()) : null);
        shown.put("price", price(call));
        shown.put("price_unit", "USD");
        shown.put("direction", facts.direction());
        shown.put("answered_by", call.answeredBy());
        shown.put("api_version", "2010-04-01");
        shown.put("forwarded_from", null);
        shown.put("group_sid", null);
        shown.put("caller_name", null);
        shown.put("queue_time", "0");
        shown.put("trunk_sid", null);
        shown.put("uri", uri + ".json");
        shown.put("subresource_uris", Map.of("recordings", uri + "/Recordings.json"));
        return shown;
    }

    /** A tenth of a dollar for each begun minute of a completed call. */
    private static String price(Call call) {
        long minutes = (call.seconds() + 59) / 60;
        return call.status() == CallStatus.COMPLETED ? "-%d.%d0000".formatted(minutes / 10, minutes % 10) : null;
    }
}
