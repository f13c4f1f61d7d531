package dev.comuta.provider.twilio.voice;

import dev.comuta.call.Caller;
import dev.comuta.call.answer.WhatsAppAddress;
import dev.comuta.call.plan.CallInput;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.rest.PhoneNumber;
import dev.comuta.provider.twilio.TwilioForm;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of Twilio's requests about a call ("Twilio's request to your application"). Unknown words are no news. */
record CallForm(TwilioForm form) {

    static final String EXAMPLE = """
            {"CallSid": "CA0123456789abcdef0123456789abcdef", "AccountSid": "AC0123456789abcdef0123456789abcdef",
             "From": "+5511998765432", "To": "+5511999999999", "Direction": "inbound", "CallStatus": "ringing"}""";

    static final String STATUS_EXAMPLE = """
            {"CallSid": "CA0123456789abcdef0123456789abcdef", "AccountSid": "AC0123456789abcdef0123456789abcdef",
             "From": "+5511998765432", "To": "+5511999999999", "Direction": "inbound", "CallStatus": "completed",
             "CallDuration": "42", "SequenceNumber": "3", "Timestamp": "Tue, 01 Dec 2026 12:00:00 +0000"}""";

    static final String MACHINE_EXAMPLE = """
            {"CallSid": "CA0123456789abcdef0123456789abcdef", "AccountSid": "AC0123456789abcdef0123456789abcdef",
             "AnsweredBy": "machine_end_beep"}""";

    static final String RECORDING_EXAMPLE = """
            {"CallSid": "CA0123456789abcdef0123456789abcdef", "AccountSid": "AC0123456789abcdef0123456789abcdef",
             "RecordingSid": "RE0123456789abcdef0123456789abcdef", "RecordingStatus": "completed",
             "RecordingUrl": "https://api.twilio.com/2010-04-01/Accounts/AC0/Recordings/RE0", "RecordingChannels": "2",
             "RecordingDuration": "42"}""";

    private static final int LONGEST_ID = 200;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final Pattern CODE = Pattern.compile("[0-9]{1,6}");
    private static final Set<String> CONNECTED = Set.of("completed", "answered");

    /** Twilio's id of the call or leg. Fails as invalid when it is missing. */
    String callSid() {
        String sid = form.get("CallSid");
        if (sid == null || sid.length() > LONGEST_ID) {
            throw Problem.invalid("CallSid", "must be a text of 1 to " + LONGEST_ID + " characters");
        }
        return sid;
    }

    /** Twilio's id of the account. */
    String accountSid() {
        return form.get("AccountSid");
    }

    /** Whether the person calls the company. */
    boolean isInbound() {
        return "inbound".equals(form.get("Direction"));
    }

    /** Whether the form is about a telephone that was dialled for a call, and not about the call itself. */
    boolean isOfLeg() {
        return form.get("ParentCallSid") != null;
    }

    /** The number of the company: the called one, or the calling one of a call of the company; null when it is none. */
    PhoneNumber ownNumber() {
        return PhoneNumber.received(WhatsAppAddress.numberIn(form.get(isInbound() ? "To" : "From")));
    }

    /** The calling number. An address of SIP or of an application is no number. */
    Caller caller(PhoneNumber called) {
        return Caller.of(WhatsAppAddress.numberIn(form.get("From")), called);
    }

    /** The status that is reported, with its details. */
    CallNews news() {
        CallStatus status = CallWords.status(form.get("CallStatus"));
        boolean isFinal = status != null && status.isFinal();
        return new CallNews(
                status,
                isFinal,
                isFinal ? CallWords.reason(status, isInbound(), number("SipResponseCode"), number("ErrorCode")) : null,
                CallWords.answeredBy(form.get("AnsweredBy")),
                timestamp(),
                status == CallStatus.COMPLETED ? duration() : null,
                null);
    }

    /** What answered, as the answering machine detection reports it. */
    CallNews detection() {
        return CallNews.answeredBy(CallWords.answeredBy(form.get("AnsweredBy")));
    }

    private Instant timestamp() {
        return CallWords.time(form.get("Timestamp"));
    }

    /** {@code CallDuration} has seconds; {@code Duration} has begun minutes and is not read. */
    private Duration duration() {
        String seconds = form.get("CallDuration");
        return seconds == null || !SECONDS.matcher(seconds).matches()
                ? null
                : Duration.ofSeconds(Long.parseLong(seconds));
    }

    private int number(String field) {
        String text = form.get(field);
        return text == null || !CODE.matcher(text).matches() ? 0 : Integer.parseInt(text);
    }

    /**
     * Whether somebody was connected with the caller when dialling ended. A telephone whose person did not accept the call
     * was completed, and not connected.
     */
    boolean isBridged() {
        String bridged = form.get("DialBridged");
        String status = form.get("DialCallStatus");
        return bridged == null ? status != null && CONNECTED.contains(status) : bridged.equals("true");
    }

    /** Digits that were pressed; empty for none. */
    String digits() {
        String digits = form.get("Digits");
        return digits == null ? "" : digits;
    }

    /** Digits, or what was said. */
    CallInput input() {
        String speech = form.get("SpeechResult");
        return digits().isEmpty() && speech != null ? new CallInput.Speech(speech) : new CallInput.Digits(digits());
    }

    /** How a connection with the assistant ended ("ConversationRelay: action callback"). */
    CallInput talked() {
        return new CallInput.Talked(TalkEnds.of(
                form.get("SessionStatus"), form.get("HandoffData"), number("ErrorCode"), form.get("CallStatus")));
    }

    /** Whether a message was recorded. */
    CallInput recorded() {
        return new CallInput.Recorded(form.get("RecordingUrl") == null || "0".equals(form.get("RecordingDuration")));
    }

    @Override
    public String toString() {
        return "CallForm[" + form.fields().size() + " fields]";
    }
}
