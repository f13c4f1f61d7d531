package dev.comuta.provider.gateway;

import dev.comuta.call.answer.Hook;
import dev.comuta.call.recording.RecordingReport;
import dev.comuta.call.recording.RecordingStatus;
import dev.comuta.call.state.AnsweredBy;
import dev.comuta.call.state.CallNews;
import dev.comuta.call.state.CallStatus;
import dev.comuta.call.state.EndReason;
import dev.comuta.call.state.SipStatus;
import dev.comuta.platform.http.StorableText;
import dev.comuta.platform.http.UntrustedJson;
import dev.comuta.platform.problem.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * The body of a delivery about a call. Names are accepted in camel case and, as jambonz writes them, with underscores.
 *
 * @param json null when the body is no JSON object
 */
record GatewayCallBody(JsonObject json) {

    private static final Map<String, CallStatus> WORDS = Map.ofEntries(
            Map.entry("queued", CallStatus.QUEUED),
            Map.entry("initiated", CallStatus.INITIATED),
            Map.entry("trying", CallStatus.INITIATED),
            Map.entry("ringing", CallStatus.RINGING),
            Map.entry("earlymedia", CallStatus.RINGING),
            Map.entry("answered", CallStatus.IN_PROGRESS),
            Map.entry("inprogress", CallStatus.IN_PROGRESS),
            Map.entry("completed", CallStatus.COMPLETED),
            Map.entry("busy", CallStatus.BUSY),
            Map.entry("noanswer", CallStatus.NO_ANSWER),
            Map.entry("failed", CallStatus.FAILED),
            Map.entry("canceled", CallStatus.CANCELED),
            Map.entry("cancelled", CallStatus.CANCELED));

    private static final Map<String, AnsweredBy> ANSWERED_BY = Map.of(
            "human", AnsweredBy.PERSON,
            "machine", AnsweredBy.VOICEMAIL,
            "menu", AnsweredBy.MENU,
            "unavailable", AnsweredBy.UNAVAILABLE,
            "fax", AnsweredBy.FAX,
            "unknown", AnsweredBy.UNCERTAIN);

    private static final int LONGEST_ID = 200;
    private static final int LONGEST_URL = 2000;
    private static final int MAX_SECONDS = 1_000_000;

    /** Reads a body. It may be forged. */
    static GatewayCallBody read(byte[] body) {
        try {
            return new GatewayCallBody(UntrustedJson.object(Buffer.buffer(body)));
        } catch (DecodeException | ClassCastException noObject) {
            return new GatewayCallBody(null);
        }
    }

    /** The number of the company: the called one, or the calling one of a call of the company. */
    String ownNumber() {
        return isOutbound() ? text("from") : text("to");
    }

    /** Whether the company calls. */
    boolean isOutbound() {
        return "outbound".equalsIgnoreCase(text("direction"));
    }

    /** The gateway's id of the call. Fails as invalid when it is missing or too long. */
    String callSid() {
        String sid = text("callSid");
        if (!isId(sid)) {
            throw Problem.invalid("callSid", "must be a text of 1 to " + LONGEST_ID + " characters");
        }
        return sid;
    }

    /** Whether a text can be the gateway's id of a call. */
    static boolean isId(String text) {
        return text != null && !text.isBlank() && text.length() <= LONGEST_ID;
    }

    /** Our id of the call, which the gateway got when it was asked to make the call; null when it sends none. */
    Long callId() {
        return switch (value("callId")) {
            case Number id -> id.longValue();
            case String id when id.matches("[0-9]{1,18}") -> Long.valueOf(id);
            case null, default -> null;
        };
    }

    /** The reported status. Fails as invalid for another word. */
    CallNews news() {
        String word = text("status") == null ? text("callStatus") : text("status");
        CallStatus status = statusOf(word);
        if (status == null) {
            throw Problem.invalid(
                    "status",
                    "must be queued, initiated, ringing, answered, in-progress, completed, busy, no-answer, failed or"
                            + " canceled");
        }
        return new CallNews(status, status.isFinal(), reason(status), answeredBy(), null, duration(), null);
    }

    /** {@return the status of a word, or null when it is none} */
    static CallStatus statusOf(String word) {
        return word == null ? null : WORDS.get(word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", ""));
    }

    /** A telephone that we stop ringing answers 487, which says no more than the status. */
    private EndReason reason(CallStatus status) {
        if (!status.isFinal() || status == CallStatus.COMPLETED) {
            return null;
        }
        EndReason bySip = value("sipStatus") instanceof Number sip ? SipStatus.reason(sip.intValue()) : null;
        boolean endedByUs = bySip == EndReason.CALLER_HUNG_UP && isOutbound();
        return bySip != null && !endedByUs
                ? bySip
                : switch (status) {
                    case BUSY -> EndReason.BUSY;
                    case NO_ANSWER -> EndReason.NO_ANSWER;
                    case CANCELED -> isOutbound() ? EndReason.WITHDRAWN : EndReason.CALLER_HUNG_UP;
                    default -> EndReason.ERROR;
                };
    }

    private AnsweredBy answeredBy() {
        String by = text("answeredBy");
        return by == null ? null : ANSWERED_BY.getOrDefault(by.toLowerCase(Locale.ROOT), AnsweredBy.UNCERTAIN);
    }

    private Duration duration() {
        return seconds("duration");
    }

    private Duration seconds(String name) {
        return value(name) instanceof Number seconds
                        && seconds.doubleValue() >= 0
                        && seconds.doubleValue() < MAX_SECONDS
                ? Duration.ofSeconds(seconds.longValue())
                : null;
    }

    /** Digits that were pressed; empty for none. */
    String digits() {
        return text("digits") == null ? "" : text("digits");
    }

    /** What was said; null for nothing. */
    String speech() {
        return switch (value("speech")) {
            case String text when !text.isBlank() -> text;
            case JsonObject speech
            when speech.getValue("alternatives") instanceof JsonArray alternatives
                    && !alternatives.isEmpty()
                    && alternatives.getValue(0) instanceof JsonObject best
                    && best.getValue("transcript") instanceof String text -> text;
            case null, default -> null;
        };
    }

    /**
     * The recording that is reported; null when there is none.
     *
     * @param hook where it is reported
     */
    RecordingReport recording(Hook hook) {
        String url = text("recordingUrl");
        RecordingStatus status = recordingStatus();
        String sid = text("recordingSid");
        boolean isVoicemail = hook.kind() == Hook.Kind.RECORDED;
        boolean isReport = url != null || (!isVoicemail && status != RecordingStatus.RECORDED);
        if (!isReport || tooLong(url) || tooLong(sid)) {
            return null;
        }
        boolean dual = value("recordingChannels") instanceof Number channels && channels.intValue() == 2;
        return new RecordingReport(
                sid == null ? hook.kind() + "-" + hook.position() : StorableText.of(sid),
                isVoicemail ? RecordingReport.Source.VOICEMAIL : RecordingReport.Source.DIAL,
                status,
                url,
                dual ? 2 : 1,
                seconds("recordingDuration"),
                null);
    }

    private static boolean tooLong(String text) {
        return text != null && text.length() > LONGEST_URL;
    }

    private RecordingStatus recordingStatus() {
        String word = text("recordingStatus") == null ? "completed" : text("recordingStatus");
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "in-progress" -> RecordingStatus.IN_PROGRESS;
            case "paused" -> RecordingStatus.PAUSED;
            case "absent" -> RecordingStatus.EMPTY;
            case "failed" -> RecordingStatus.FAILED;
            default -> RecordingStatus.RECORDED;
        };
    }

    /** Status of the telephones that were dialled; null when none is reported. */
    CallStatus dialStatus() {
        return statusOf(text("dialCallStatus"));
    }

    /** {@return a text, or null when it is missing or no text} */
    String text(String name) {
        return value(name) instanceof String text ? text : null;
    }

    private Object value(String name) {
        if (json == null) {
            return null;
        }
        Object value = json.getValue(name);
        return value == null ? json.getValue(name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT)) : value;
    }
}
