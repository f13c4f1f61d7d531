package dev.comuta.provider.livekit.api;

import java.util.List;

/** An outbound SIP trunk, without its login at the carrier. */
public record LiveKitTrunk(String id, String name, List<String> numbers) {

    public LiveKitTrunk {
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
