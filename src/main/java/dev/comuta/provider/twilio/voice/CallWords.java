package dev.comuta.provider.twilio.voice;

import dev.comuta.call.state.AnsweredBy;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.call.state.SipStatus;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/** Twilio's words about calls in the common terms ("Call resource", "Answering Machine Detection", "Error codes"). */
final class CallWords {

    private CallWords() {}

    /** {@return the status of one of Twilio's nine words, or null for another word and for none} */
    static CallStatus status(String word) {
        return switch (word) {
            case "queued" -> CallStatus.QUEUED;
            case "initiated" -> CallStatus.INITIATED;
            case "ringing" -> CallStatus.RINGING;
            case "in-progress" -> CallStatus.IN_PROGRESS;
            case "completed" -> CallStatus.COMPLETED;
            case "busy" -> CallStatus.BUSY;
            case "no-answer" -> CallStatus.NO_ANSWER;
            case "failed" -> CallStatus.FAILED;
            case "canceled" -> CallStatus.CANCELED;
            case null, default -> null;
        };
    }

    /** {@return what answered, or null when that is not reported} */
    static AnsweredBy answeredBy(String word) {
        return switch (word) {
            case null -> null;
            case "human" -> AnsweredBy.PERSON;
            case "machine_start", "machine_end_beep", "machine_end_silence", "machine_end_other" ->
                AnsweredBy.VOICEMAIL;
            case "fax" -> AnsweredBy.FAX;
            default -> AnsweredBy.UNCERTAIN;
        };
    }

    /**
     * Why a call ended.
     *
     * @param status a final one
     * @param inbound whether the person called
     * @param sip the SIP response; 0 for none
     * @param error Twilio's error code; 0 for none
     * @return null for a call that was answered
     */
    static EndReason reason(CallStatus status, boolean inbound, int sip, int error) {
        EndReason bySip = SipStatus.reason(sip);
        boolean declined = bySip == EndReason.DECLINED;
        return switch (status) {
            case BUSY -> declined ? bySip : EndReason.BUSY;
            case NO_ANSWER -> declined ? bySip : inbound ? EndReason.CALLER_HUNG_UP : EndReason.NO_ANSWER;
            case CANCELED -> inbound ? EndReason.CALLER_HUNG_UP : EndReason.WITHDRAWN;
            case FAILED -> failure(error, bySip);
            default -> null;
        };
    }

    private static EndReason failure(int error, EndReason bySip) {
        EndReason byCode = reason(error);
        return byCode != null ? byCode : bySip != null ? bySip : EndReason.ERROR;
    }

    /** {@return why Twilio refuses to call with this error code, or null when the code says nothing about the number} */
    static EndReason reason(int error) {
        return switch (error) {
            case 13_223, 13_224, 13_225, 21_201, 21_211, 21_214, 21_217, 21_401, 21_421 -> EndReason.INVALID_NUMBER;
            case 13_227, 21_215, 21_216, 21_219, 32_205 -> EndReason.BLOCKED;
            case 20_429, 32_203 -> EndReason.RATE_LIMITED;
            case 32_202 -> EndReason.TRUNK_CREDENTIALS;
            default -> null;
        };
    }

    /** {@return a time in the form of RFC 2822, or null when it is missing or has another form} */
    static Instant time(String text) {
        try {
            return text == null
                    ? null
                    : ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeParseException otherForm) {
            return null;
        }
    }
}
