package dev.comuta.sandbox.voice.relay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.comuta.sandbox.Json;
import java.time.Instant;

/**
 * One frame of a socket.
 *
 * @param fromServer whether the server sent it; else the carrier did
 * @param text as it was on the line
 */
public record RelayFrame(Instant at, boolean fromServer, String text) {

    /** Its JSON; a missing node for rubbish. */
    @JsonIgnore
    public JsonNode json() {
        try {
            return Json.read(text);
        } catch (Json.Malformed rubbish) {
            return MissingNode.getInstance();
        }
    }

    /** Its type; empty for rubbish. */
    @JsonIgnore
    public String type() {
        return json().path("type").asText();
    }
}
