package dev.comuta.assistant;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** What an assistant makes of a turn. */
public sealed interface Answer {

    /**
     * The end user is told this; all messages of the turn are answered.
     *
     * @param text never blank
     */
    record Reply(String text) implements Answer {}

    /**
     * Look-ups are needed first; nothing is answered yet.
     *
     * @param calls at least one, to tools of the assistant
     */
    record ToolCalls(List<ToolCall> calls) implements Answer {}

    /**
     * A person takes over: the assistant is silent from here on.
     *
     * @param text what the end user is told; may be null
     */
    record HandOff(String text) implements Answer {}

    /**
     * One look-up.
     *
     * @param arguments as the tool's JSON Schema has them
     */
    record ToolCall(String toolName, JsonObject arguments) {}
}
