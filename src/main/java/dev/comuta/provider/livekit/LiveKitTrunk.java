package dev.comuta.provider.livekit;

import java.util.List;

/** An outbound SIP trunk, without its login at the carrier. */
record LiveKitTrunk(String id, String name, List<String> numbers) {

    LiveKitTrunk {
        numbers = List.copyOf(numbers);
    }

    static LiveKitTrunk of(ProtoJson trunk) {
        return new LiveKitTrunk(trunk.text("sip_trunk_id"), trunk.text("name"), trunk.texts("numbers"));
    }

    @Override
    public String toString() {
        return "LiveKitTrunk[" + id + "]";
    }
}
