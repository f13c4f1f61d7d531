package dev.comuta.provider.livekit.api;

/** Sound or image that a participant publishes. */
public record LiveKitTrack(String sid, boolean audio, boolean muted) {

    private static final int AUDIO = 0;

    static LiveKitTrack of(ProtoJson track) {
        Object type = track.json().getValue("type");
        return new LiveKitTrack(
                track.text("sid"), type == null || type.equals("AUDIO") || type.equals(AUDIO), track.isTrue("muted"));
    }
}
