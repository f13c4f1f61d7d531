package dev.comuta.sandbox.voice;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** All recordings of one carrier. They end with their call or conference. */
final class Recordings {

    private final Map<String, Recording> all = new ConcurrentHashMap<>();
    private final Pace pace;

    Recordings(Pace pace) {
        this.pace = pace;
    }

    Recording start(Recording.Facts facts) {
        Recording recording = new Recording(facts, pace);
        all.put(facts.sid(), recording);
        facts.carrier().recorded(recording);
        return recording;
    }

    /** Starts a recording that ends with the call. */
    Recording start(Call call, Recording.Facts facts) {
        Recording recording = start(facts);
        call.watch(() -> {
            if (call.isOver()) {
                stop(recording, true);
            }
        });
        return recording;
    }

    void stop(Recording recording, boolean hasSound) {
        if (recording.stop(hasSound)) {
            recording.facts().carrier().recorded(recording);
        }
    }

    /** The recording with this id; null for none, and for a deleted one. */
    Recording find(String sid) {
        Recording found = all.get(sid);
        return found == null || found.isDeleted() ? null : found;
    }

    /** The recordings that are not deleted, oldest first. */
    List<Recording> all() {
        return all.values().stream()
                .filter(one -> !one.isDeleted())
                .sorted((a, b) -> a.started().compareTo(b.started()))
                .toList();
    }

    List<Recording> of(String callSid) {
        return all().stream()
                .filter(one -> one.facts().callSid().equals(callSid))
                .toList();
    }
}
