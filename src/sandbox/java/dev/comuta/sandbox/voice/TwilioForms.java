package dev.comuta.sandbox.voice;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The fields of Twilio's requests about calls. */
final class TwilioForms {

    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT);
    private static final int MINUTE = 60;

    private TwilioForms() {}

    static String time(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).format(RFC_2822);
    }

    /** The fields of every request about a call. */
    static Map<String, String> call(Call call) {
        CallFacts facts = call.facts();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallSid", facts.sid());
        form.put("AccountSid", facts.accountSid());
        form.put("From", facts.from());
        form.put("To", facts.to());
        form.put("Caller", facts.from());
        form.put("Called", facts.to());
        form.put("CallStatus", call.status().word());
        form.put("ApiVersion", "2010-04-01");
        form.put("Direction", facts.direction());
        if (facts.parentSid() != null) {
            form.put("ParentCallSid", facts.parentSid());
        }
        if (call.answeredBy() != null) {
            form.put("AnsweredBy", call.answeredBy());
        }
        for (String party : List.of("From", "To", "Caller", "Called")) {
            form.put(party + "City", "");
            form.put(party + "State", "");
            form.put(party + "Zip", "");
            form.put(party + "Country", country(form.get(party)));
        }
        for (String extra : List.of("CallerName", "ForwardedFrom", "CallToken", "StirVerstat")) {
            if (!call.setting(extra).isEmpty()) {
                form.put(extra, call.setting(extra));
            }
        }
        return form;
    }

    private static String country(String number) {
        return number.startsWith("+55") ? "BR" : "";
    }

    /** The fields of a status callback. */
    static Map<String, String> status(Call call, CallStatus status) {
        Map<String, String> form = call(call);
        form.put("CallStatus", status.word());
        form.put("CallbackSource", "call-progress-events");
        form.put("SequenceNumber", Integer.toString(call.nextSequence()));
        form.put("Timestamp", time(Instant.now()));
        if (status.isFinal()) {
            form.put("CallDuration", Long.toString(call.seconds()));
            form.put("Duration", Long.toString((call.seconds() + MINUTE - 1) / MINUTE));
            form.put("SipResponseCode", Integer.toString(call.sipCode()));
        }
        return form;
    }

    /** The fields of a recording's callback. */
    static Map<String, String> recording(Recording recording, String url) {
        Recording.Facts facts = recording.facts();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", facts.accountSid());
        if (!facts.callSid().isEmpty()) {
            form.put("CallSid", facts.callSid());
        }
        if (!facts.conferenceSid().isEmpty()) {
            form.put("ConferenceSid", facts.conferenceSid());
        }
        form.put("RecordingSid", facts.sid());
        form.put("RecordingUrl", url);
        form.put("RecordingStatus", recording.status());
        if (recording.status().equals("completed")) {
            form.put("RecordingDuration", Long.toString(recording.seconds()));
        }
        form.put("RecordingChannels", Integer.toString(facts.channels()));
        form.put("RecordingStartTime", time(recording.started()));
        form.put("RecordingSource", facts.source());
        form.put("RecordingTrack", "both");
        return form;
    }

    /** The fields of a conference's event. */
    static Map<String, String> conference(Conference conference, String event, Conference.Member member) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", conference.facts().accountSid());
        form.put("ConferenceSid", conference.facts().sid());
        form.put("FriendlyName", conference.facts().name());
        form.put("StatusCallbackEvent", event);
        form.put("SequenceNumber", Integer.toString(conference.nextSequence()));
        form.put("Timestamp", time(Instant.now()));
        if (member != null) {
            form.put("CallSid", member.call().sid());
            form.put("Muted", Boolean.toString(member.muted()));
            form.put("Hold", Boolean.toString(member.onHold()));
            form.put("Coaching", "false");
            form.put("EndConferenceOnExit", Boolean.toString(member.ends()));
            form.put("StartConferenceOnEnter", Boolean.toString(member.starts()));
            if (!member.label().isEmpty()) {
                form.put("ParticipantLabel", member.label());
            }
        }
        if (event.equals("conference-end")) {
            form.put("ReasonConferenceEnded", conference.reason());
            form.put("CallSidEndingConference", conference.endedBy());
        }
        return form;
    }
}
