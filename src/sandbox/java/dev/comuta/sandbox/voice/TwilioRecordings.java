package dev.comuta.sandbox.voice;

import dev.comuta.sandbox.Exchange;
import dev.comuta.sandbox.Secrets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Twilio's Recording resources and their sound. */
final class TwilioRecordings {

    private final Switchboard switchboard;
    private final TwilioCarrier carrier;
    private volatile int lateMedia = 1;

    TwilioRecordings(Switchboard switchboard, TwilioCarrier carrier) {
        this.switchboard = switchboard;
        this.carrier = carrier;
    }

    /** Sets how many first requests for the sound of a recording are a 404. */
    void lateMedia(int requests) {
        lateMedia = requests;
    }

    /** @param settings the fields of the request that records */
    static Recording.Facts facts(Call call, String source, int channels, Function<String, List<String>> settings) {
        List<String> callback = settings.apply("RecordingStatusCallback");
        return new Recording.Facts(
                Secrets.sid("RE"),
                call.facts().accountSid(),
                call.sid(),
                "",
                source,
                channels,
                call.carrier(),
                callback.isEmpty() ? "" : callback.getLast(),
                List.copyOf(settings.apply("RecordingStatusCallbackEvent")));
    }

    /** Starts a recording of a call, or lists them. */
    void answerOfCall(Exchange exchange, String account, String callSid) {
        Call call = switchboard.find(callSid);
        if (call == null || !call.facts().accountSid().equals(account)) {
            throw TwilioError.notFound(exchange.path());
        } else if (exchange.method().equals("GET")) {
            TwilioLists.answer(exchange, "recordings", switchboard.recordings().of(callSid), this::resource);
            return;
        } else if (call.status() != CallStatus.IN_PROGRESS) {
            throw TwilioError.bad(21_220, "Requested resource is not eligible for recording");
        }
        Forms form = Forms.read(exchange.body());
        int channels = form.text("RecordingChannels").equals("dual") ? 2 : 1;
        Recording recording = switchboard
                .recordings()
                .start(call, facts(call, "StartCallRecordingAPI", channels, name -> form.fields()
                        .getOrDefault(name, List.of())));
        exchange.answer(201, resource(recording));
    }

    /** Lists the recordings of an account. */
    void answerList(Exchange exchange, String account) {
        String call = exchange.parameter("CallSid");
        String conference = exchange.parameter("ConferenceSid");
        List<Recording> found = switchboard.recordings().all().stream()
                .filter(one -> one.facts().accountSid().equals(account))
                .filter(one -> call.isEmpty() || one.facts().callSid().equals(call))
                .filter(one ->
                        conference.isEmpty() || one.facts().conferenceSid().equals(conference))
                .toList();
        TwilioLists.answer(exchange, "recordings", found, this::resource);
    }

    /** @param callSid empty when the path names no call */
    void answerOne(Exchange exchange, String account, String callSid, String sid) {
        Recording recording = find(exchange, account, callSid, sid);
        switch (exchange.method()) {
            case "GET" -> exchange.answer(200, resource(recording));
            case "DELETE" -> {
                recording.delete();
                exchange.answerNothing();
            }
            case "POST" -> {
                change(recording, Forms.read(exchange.body()).text("Status"));
                exchange.answer(200, resource(recording));
            }
            default -> throw new TwilioError(405, 20_004, "Method not allowed");
        }
    }

    private Recording find(Exchange exchange, String account, String callSid, String sid) {
        Recording found = sid.equals("Twilio.CURRENT")
                ? switchboard.recordings().of(callSid).stream()
                        .filter(Recording::isRunning)
                        .findFirst()
                        .orElse(null)
                : switchboard.recordings().find(sid);
        if (found == null || !found.facts().accountSid().equals(account)) {
            throw TwilioError.notFound(exchange.path());
        }
        return found;
    }

    private void change(Recording recording, String status) {
        if (!recording.isRunning()) {
            throw TwilioError.bad(21_220, "Invalid recording status: it is " + recording.status());
        }
        switch (status) {
            case "paused" -> recording.pause();
            case "in-progress" -> recording.resume();
            case "stopped" -> switchboard.recordings().stop(recording, true);
            default -> throw TwilioError.bad(20_001, "Invalid status " + status);
        }
    }

    /** Sends the sound, after the first requests for it. */
    void answerMedia(Exchange exchange, String account, String sid, String type) {
        Recording recording = find(exchange, account, "", sid);
        int wanted = exchange.parameter("RequestedChannels").equals("2") ? 2 : 1;
        if (recording.isRunning() || recording.status().equals("absent") || recording.mediaRequest() < lateMedia) {
            throw TwilioError.notFound(exchange.path());
        } else if (wanted > recording.facts().channels()) {
            throw TwilioError.bad(20_001, "Requested channels are not available");
        }
        exchange.answerBytes(type.equals("mp3") ? "audio/mpeg" : "audio/x-wav", Wav.tones(recording.seconds(), wanted));
    }

    private Map<String, Object> resource(Recording recording) {
        Recording.Facts facts = recording.facts();
        String uri = "/2010-04-01/Accounts/" + facts.accountSid() + "/Recordings/" + facts.sid();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("sid", facts.sid());
        shown.put("account_sid", facts.accountSid());
        shown.put("api_version", "2010-04-01");
        shown.put("call_sid", facts.callSid().isEmpty() ? null : facts.callSid());
        shown.put("conference_sid", facts.conferenceSid().isEmpty() ? null : facts.conferenceSid());
        shown.put("date_created", TwilioForms.time(recording.started()));
        shown.put("date_updated", TwilioForms.time(recording.started()));
        shown.put("start_time", TwilioForms.time(recording.started()));
        shown.put("duration", recording.isRunning() ? null : Long.toString(recording.seconds()));
        shown.put("price", null);
        shown.put("price_unit", "USD");
        shown.put("status", recording.status());
        shown.put("channels", facts.channels());
        shown.put("source", facts.source());
        shown.put("error_code", null);
        shown.put("track", "both");
        shown.put("encryption_details", null);
        shown.put("uri", uri + ".json");
        shown.put("media_url", carrier.recordingUrl(facts.accountSid(), facts.sid()));
        shown.put("subresource_uris", Map.of());
        return shown;
    }
}
