package dev.comuta.call.recording;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.comuta.call.CallDirection;
import dev.comuta.call.recording.RecordingReport.Source;
import dev.comuta.call.recording.RecordingStore.RecordedCall;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who speaks in a channel of a recording, with the stored value. */
@Schema(
        name = "RecordingChannelRole",
        description =
                "Who speaks in a channel: `chamador`, the end user who called; `chamado`, the end user whom the company called; `corretor`, the company; `primeiro`, the first participant of a conference; `demais`, all others; `todos`, everybody.")
public enum ChannelRole {
    CALLER("chamador"),
    CALLEE("chamado"),
    BROKER("corretor"),
    FIRST("primeiro"),
    OTHERS("demais"),
    ALL("todos");

    private final String stored;

    ChannelRole(String stored) {
        this.stored = stored;
    }

    /** The stored value. */
    @JsonValue
    public String stored() {
        return stored;
    }

    /**
     * The roles of the channels of a recording, in their order. The first channel of a dialled connection is that of the
     * call itself, which is the broker's when the broker is rung first; the second one is that of the dialled telephone.
     *
     * @param channels how many the file has
     */
    static List<ChannelRole> of(RecordedCall call, Source source, int channels) {
        ChannelRole endUser = call.direction() == CallDirection.INBOUND ? CALLER : CALLEE;
        return switch (source) {
            case VOICEMAIL -> List.of(endUser);
            case DIAL ->
                channels < 2
                        ? List.of(ALL)
                        : call.ringsBrokerFirst() ? List.of(BROKER, endUser) : List.of(endUser, BROKER);
            case CONFERENCE -> channels < 2 ? List.of(ALL) : List.of(FIRST, OTHERS);
        };
    }
}
