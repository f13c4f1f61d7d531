package dev.comuta.sandbox.voice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The attributes of a dialled noun in the names of the request that dials. */
final class NounSettings {

    private NounSettings() {}

    static Map<String, List<String>> of(Verb noun, Document document) {
        Map<String, List<String>> settings = new HashMap<>();
        String callback = noun.attribute("statusCallback");
        if (!callback.isEmpty()) {
            settings.put("StatusCallback", List.of(document.address(callback)));
            settings.put("StatusCallbackEvent", noun.words("statusCallbackEvent"));
        }
        String detection = noun.attribute("machineDetection");
        if (!detection.isEmpty()) {
            settings.put("MachineDetection", List.of(detection));
            settings.put("AsyncAmd", List.of("true"));
            settings.put("AsyncAmdStatusCallback", List.of(document.address(noun.attribute("amdStatusCallback"))));
        }
        return settings;
    }
}
