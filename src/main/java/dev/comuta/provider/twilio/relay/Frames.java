package dev.comuta.provider.twilio.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.comuta.provider.twilio.relay.Command.End;
import dev.comuta.provider.twilio.relay.Command.Say;

/** The JSON of the frames, in and out. */
final class Frames {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Frames() {}

    /** A text that is not a frame. It does not hold the text. */
    static final class NotAFrame extends Exception {

        private static final long serialVersionUID = 1;

        NotAFrame() {
            super("not a frame");
        }
    }

    /** {@return a frame; {@link Frame.Unknown} for one of an unknown type} */
    static Frame read(String text) throws NotAFrame {
        try {
            return JSON.readTree(text) instanceof ObjectNode object
                            && object.path("type").isTextual()
                    ? read(object.path("type").textValue(), object)
                    : rubbish();
        } catch (JsonProcessingException notJson) {
            return rubbish();
        }
    }

    private static Frame rubbish() throws NotAFrame {
        throw new NotAFrame();
    }

    private static Frame read(String type, JsonNode object) throws JsonProcessingException {
        return switch (type) {
            case "setup" -> JSON.treeToValue(object, Frame.Setup.class);
            case "prompt" -> JSON.treeToValue(object, Frame.Prompt.class);
            case "dtmf" -> new Frame.Dtmf();
            case "interrupt" -> JSON.treeToValue(object, Frame.Interrupt.class);
            case "error" -> JSON.treeToValue(object, Frame.Refusal.class);
            case "info" -> new Frame.News();
            default -> new Frame.Unknown();
        };
    }

    static String write(Say say) {
        ObjectNode frame = JSON.createObjectNode()
                .put("type", "text")
                .put("token", say.token())
                .put("last", say.last());
        return (say.preemptible() ? frame.put("preemptible", true) : frame).toString();
    }

    /** The reason is JSON in a text, as Twilio passes it on. */
    static String write(End end) {
        String data = JSON.createObjectNode().put("reason", end.reason().word()).toString();
        return JSON.createObjectNode()
                .put("type", "end")
                .put("handoffData", data)
                .toString();
    }
}
