package dev.comuta.sandbox.voice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One recording of a call or a conference. */
final class Recording {

    private final Facts facts;
    private final Pace pace;
    private final Instant started = Instant.now();
    private Duration length = Duration.ZERO;
    private Instant since = started;
    private String status = "in-progress";
    private boolean deleted;
    private int mediaRequests;

    /**
     * What never changes of it.
     *
     * @param callSid empty for a recording of a conference
     * @param conferenceSid empty for a recording of a call
     * @param source OutboundAPI, DialVerb, RecordVerb, Conference or StartCallRecordingAPI
     * @param carrier who reports its states
     * @param callback where; empty for nowhere
     * @param events which states
     */
    record Facts(
            String sid,
            String accountSid,
            String callSid,
            String conferenceSid,
            String source,
            int channels,
            Carrier carrier,
            String callback,
            List<String> events) {

        boolean reports(String status) {
            List<String> wanted = events.isEmpty() ? List.of("completed") : events;
            return !callback.isEmpty() && wanted.contains(status);
        }
    }

    Recording(Facts facts, Pace pace) {
        this.facts = facts;
        this.pace = pace;
    }

    Facts facts() {
        return facts;
    }

    Instant started() {
        return started;
    }

    synchronized String status() {
        return status;
    }

    /** Seconds of sound, without pauses. */
    synchronized long seconds() {
        Duration all = since == null ? length : length.plus(Duration.between(since, Instant.now()));
        return pace.seconds(Instant.EPOCH, Instant.EPOCH.plus(all));
    }

    synchronized boolean isRunning() {
        return status.equals("in-progress") || status.equals("paused");
    }

    synchronized void pause() {
        if (since != null) {
            length = length.plus(Duration.between(since, Instant.now()));
            since = null;
            status = "paused";
        }
    }

    synchronized void resume() {
        if (since == null) {
            since = Instant.now();
            status = "in-progress";
        }
    }

    /** Ends it; without sound it is absent. False when it has ended before. */
    synchronized boolean stop(boolean hasSound) {
        if (!isRunning()) {
            return false;
        }
        pause();
        status = hasSound ? "completed" : "absent";
        return true;
    }

    synchronized void delete() {
        deleted = true;
    }

    synchronized boolean isDeleted() {
        return deleted;
    }

    /** How often its sound was asked for before this time. */
    synchronized int mediaRequest() {
        return mediaRequests++;
    }
}
