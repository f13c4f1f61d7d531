package dev.comuta.provider.twilio.voice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.comuta.Contracts;
import dev.comuta.call.CallRef;
import dev.comuta.call.RecordingNews;
import dev.comuta.call.plan.CallInput;
import dev.comuta.call.state.AnsweredBy;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.provider.twilio.TwilioForm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Twilio's requests about calls, with bodies that Twilio sent where they are present. */
class CallFormTest {

    private static final PhoneNumber CALLED = new PhoneNumber("+551130000000");

    private static CallForm form(String body) {
        return new CallForm(
                TwilioForm.parse(body.getBytes(StandardCharsets.UTF_8)).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "queued,QUEUED",
        "initiated,INITIATED",
        "ringing,RINGING",
        "in-progress,IN_PROGRESS",
        "completed,COMPLETED",
        "busy,BUSY",
        "no-answer,NO_ANSWER",
        "failed,FAILED",
        "canceled,CANCELED"
    })
    void readsEachOfTheNineStatuses(String word, CallStatus status) {
        CallNews news =
                form("CallSid=CA1&Direction=outbound-api&CallStatus=" + word).news();

        assertEquals(status, news.status());
        assertEquals(status.isFinal(), news.hasEnded());
        assertEquals(
                status.isFinal() && status != CallStatus.COMPLETED,
                news.reason() != null,
                "an end without a conversation has a reason");
    }

    @Test
    void everyDocumentedStatusIsKnown() {
        JsonNode words = Contracts.json("twilio/parameters.json").at("/documented/incoming_call/values_CallStatus");
        assertFalse(words.isEmpty());
        words.forEach(word -> assertNotNull(CallWords.status(word.asText()), word.asText()));
    }

    @Test
    void anUnknownWordIsNoNews() {
        assertEquals(CallNews.nothing(), form("CallSid=CA1&CallStatus=parked").news());
        assertEquals(CallNews.nothing(), form("CallSid=CA1").news());
    }

    @ParameterizedTest
    @CsvSource({
        "human,PERSON",
        "machine_start,VOICEMAIL",
        "machine_end_beep,VOICEMAIL",
        "machine_end_silence,VOICEMAIL",
        "machine_end_other,VOICEMAIL",
        "fax,FAX",
        "unknown,UNCERTAIN",
        "robot,UNCERTAIN"
    })
    void readsWhatAnswered(String word, AnsweredBy by) {
        assertEquals(by, form("CallSid=CA1&AnsweredBy=" + word).detection().answeredBy());
        assertEquals(by == AnsweredBy.PERSON || by == AnsweredBy.UNCERTAIN, by.isTreatedAsPerson());
    }

    @ParameterizedTest
    @CsvSource({
        "outbound-api,busy,486,0,BUSY",
        "outbound-api,busy,603,0,DECLINED",
        "outbound-api,no-answer,487,0,NO_ANSWER",
        "outbound-api,no-answer,603,0,DECLINED",
        "outbound-api,canceled,487,0,WITHDRAWN",
        "outbound-api,failed,404,0,INVALID_NUMBER",
        "outbound-api,failed,403,0,BLOCKED",
        "outbound-api,failed,503,0,RATE_LIMITED",
        "outbound-api,failed,407,0,TRUNK_CREDENTIALS",
        "outbound-api,failed,0,13224,INVALID_NUMBER",
        "outbound-api,failed,0,13227,BLOCKED",
        "outbound-api,failed,0,0,ERROR",
        "inbound,no-answer,487,0,CALLER_HUNG_UP",
        "inbound,canceled,487,0,CALLER_HUNG_UP",
        "inbound,no-answer,603,0,DECLINED",
        "inbound,completed,200,0,"
    })
    void saysWhyACallEnded(String direction, String status, String sip, String error, EndReason reason) {
        CallNews news = form("CallSid=CA1&Direction=" + direction + "&CallStatus=" + status + "&SipResponseCode=" + sip
                        + "&ErrorCode=" + error)
                .news();
        assertEquals(reason, news.reason());
    }

    @Test
    void readsSecondsAndNotMinutes() {
        assertEquals(
                Duration.ofSeconds(61),
                form("CallSid=CA1&CallStatus=completed&CallDuration=61&Duration=2")
                        .news()
                        .duration());
        assertNull(form("CallSid=CA1&CallStatus=completed&Duration=2").news().duration());
        assertNull(
                form("CallSid=CA1&CallStatus=completed&CallDuration=x").news().duration());
    }

    @Test
    void readsTimesOfRfc2822() {
        assertEquals(
                Instant.parse("2022-05-07T14:30:14Z"),
                form("CallSid=CA1&CallStatus=busy&Timestamp=Sat%2C%2007%20May%202022%2014%3A30%3A14%20%2B0000")
                        .news()
                        .at());
        assertNull(form("CallSid=CA1&CallStatus=busy&Timestamp=ontem").news().at());
    }

    @Test
    void onlyABridgedTelephoneWasConnected() {
        assertTrue(form("CallSid=CA1&DialCallStatus=completed&DialBridged=true").isBridged());
        assertFalse(
                form("CallSid=CA1&DialCallStatus=completed&DialBridged=false").isBridged(), "a mobile's voicemail");
        assertFalse(form("CallSid=CA1&DialCallStatus=no-answer").isBridged());
        assertTrue(form("CallSid=CA1&DialCallStatus=answered").isBridged());
    }

    @Test
    void readsInput() {
        assertEquals(
                new CallInput.Digits("1"),
                form("CallSid=CA1&Digits=1&SpeechResult=um").input());
        assertEquals(
                new CallInput.Speech("quero comprar"),
                form("CallSid=CA1&SpeechResult=quero+comprar").input());
        assertEquals(new CallInput.Digits(""), form("CallSid=CA1&Digits=").input());
        assertEquals(new CallInput.Recorded(true), form("CallSid=CA1").recorded());
        assertEquals(
                new CallInput.Recorded(true),
                form("CallSid=CA1&RecordingUrl=x&RecordingDuration=0").recorded());
        assertEquals(
                new CallInput.Recorded(false),
                form("CallSid=CA1&RecordingUrl=x&RecordingDuration=3").recorded());
    }

    @Test
    void readsCallersOfEveryKind() {
        assertEquals(
                "+5511987654321",
                form("From=whatsapp%3A%2B5511987654321").caller(CALLED).text());
        assertNotNull(form("From=whatsapp%3A%2B5511987654321").caller(CALLED).number());
        assertNull(form("From=%2B266696687").caller(CALLED).text());
        assertNull(form("From=client%3Amaria").caller(CALLED).number());
        assertEquals(
                "sip:maria@example.com",
                form("From=sip%3Amaria%40example.com").caller(CALLED).text());
        assertEquals(
                CALLED,
                form("Direction=inbound&To=whatsapp%3A%2B551130000000&From=x").ownNumber());
        assertEquals(
                CALLED, form("Direction=outbound-api&From=%2B551130000000&To=x").ownNumber());
    }

    @Test
    void requiresAnId() {
        assertThrows(Problem.class, () -> form("CallStatus=ringing").callSid());
    }

    @Test
    void readsTheBodiesThatTwilioSent() {
        Map<String, String> bodies = StreamSupport.stream(
                        Contracts.json("twilio/webhook_bodies.json")
                                .path("webhooks")
                                .spliterator(),
                        false)
                .collect(Collectors.toMap(
                        body -> body.path("name").asText(),
                        body -> body.path("raw").asText(),
                        (one, other) -> one));

        CallForm ringing = form(bodies.get("voice_incoming_ringing"));
        assertEquals("CAd7fe2ad60939a04e564c0e4e3302ff5b", ringing.callSid());
        assertEquals(
                "+256700000000", ringing.caller(new PhoneNumber("+13163336936")).text());
        assertEquals(new PhoneNumber("+13163336936"), ringing.ownNumber());
        CallNews busy = form(bodies.get("voice_status_busy")).news();
        assertEquals(CallStatus.BUSY, busy.status());
        assertEquals(EndReason.BUSY, busy.reason());
        assertEquals(Instant.parse("2022-05-07T14:30:14Z"), busy.at());
        assertNull(busy.duration());
        assertFalse(form(bodies.get("dial_action")).isBridged());
        RecordingNews recording = new RecordingForm(
                        form(bodies.get("recording_status_completed")).form())
                .news(new CallRef(1, 2), "p-0-0");
        assertEquals("RE00000000000000000000000000000001", recording.providerId());
        assertEquals(RecordingNews.Status.COMPLETED, recording.status());
        assertEquals(2, recording.channels());
        assertEquals(Duration.ofSeconds(15), recording.duration());
        assertEquals(Instant.parse("2025-04-12T18:42:40Z"), recording.startedAt());
        assertNull(recording.error());
    }

    /** Twilio reports no pause; the server knows of the one that it asked for. */
    @Test
    void everyDocumentedRecordingStatusIsKnown() {
        JsonNode words = Contracts.json("twilio/parameters.json").at("/documented/recording_status/values");
        Set<RecordingNews.Status> read = StreamSupport.stream(words.spliterator(), false)
                .map(word -> new RecordingForm(form("RecordingSid=RE1&RecordingStatus=" + word.asText())
                                .form())
                        .news(new CallRef(1, 2), ""))
                .map(RecordingNews::status)
                .collect(Collectors.toSet());
        assertEquals(EnumSet.complementOf(EnumSet.of(RecordingNews.Status.PAUSED)), read);
    }
}
