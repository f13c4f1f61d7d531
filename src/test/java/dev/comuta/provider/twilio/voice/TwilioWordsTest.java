package dev.comuta.provider.twilio.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallState;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.Orders;
import dev.comuta.call.state.Orders.Run;
import dev.comuta.provider.twilio.TwilioForm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Twilio's nine words against the state of a call. */
class TwilioWordsTest {

    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private static final List<String> WORDS = List.of(
            "queued", "initiated", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled");

    private static CallNews news(String word, String direction) {
        String details =
                switch (word) {
                    case "completed" -> "&CallDuration=42";
                    case "busy" -> "&SipResponseCode=486";
                    case "failed" -> "&SipResponseCode=404";
                    default -> "";
                };
        String form = "CallSid=CA1&Direction=" + direction + "&CallStatus=" + word + details
                + "&Timestamp=Tue%2C%2001%20Dec%202026%2011%3A00%3A00%20%2B0000";
        return new CallForm(
                        TwilioForm.parse(form.getBytes(StandardCharsets.UTF_8)).orElseThrow())
                .news();
    }

    /** The place of a word in a call: a call goes to a later one, and out of no end. */
    private static int place(String word) {
        return Math.min(WORDS.indexOf(word), WORDS.indexOf("completed"));
    }

    @ParameterizedTest
    @EnumSource(CallStatus.class)
    void eachWordMovesEachStatusForwardOnly(CallStatus before) {
        String known = before.stored().toLowerCase(Locale.ROOT).replace(' ', '-');
        for (String word : WORDS) {
            CallState after = CallState.begun(before).after(news(word, "outbound-api"), NOW);

            // "initiated" is before "queued" here: a call is stored before Twilio has it
            boolean isBegin = word.equals("initiated") || (word.equals("queued") && !known.equals("initiated"));
            boolean moves = !before.isFinal() && !isBegin && (place(word) > place(known) || known.equals("initiated"));
            String expected = moves ? word : known;
            assertEquals(
                    expected, after.status().stored().toLowerCase(Locale.ROOT).replace(' ', '-'), before + " " + word);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "queued initiated ringing in-progress completed, outbound-api",
        "queued initiated ringing busy, outbound-api",
        "queued initiated ringing no-answer, outbound-api",
        "queued initiated failed, outbound-api",
        "queued initiated ringing canceled, outbound-api",
        "ringing in-progress completed, inbound",
        "ringing no-answer, inbound",
        "ringing canceled, inbound"
    })
    void everyOrderWithOneWordTwiceLeadsToOneEnd(String words, String direction) {
        List<CallNews> call = List.of(words.split(" ")).stream()
                .map(word -> news(word, direction))
                .toList();
        for (CallStatus begin : List.of(CallStatus.INITIATED, CallStatus.QUEUED, CallStatus.RINGING)) {
            CallState expected = Run.of(CallState.begun(begin), call, NOW).state();
            assertEquals(call.getLast().status(), expected.status());
            Orders.each(call, order -> {
                Run run = Run.of(CallState.begun(begin), order, NOW);
                assertEquals(expected, run.state(), order.toString());
                assertEquals(words.contains("in-progress") ? 1 : 0, run.connections(), order.toString());
                assertEquals(1, run.ends(), order.toString());
            });
        }
    }
}
