package dev.comuta.assistant.turn;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** The result of a turn. */
public sealed interface Answer {

    /** Tokens that the model used; 0 when none were counted. */
    long tokens();

    /**
     * A text for the end user, which answers all messages of the turn.
     *
     * @param text never blank
     */
    record Reply(String text, long tokens) implements Answer {

        /** A reply without counted tokens. */
        public Reply(String text) {
            this(text, 0);
        }
    }

    /**
     * Look-ups that are needed first; the messages of the turn remain unanswered.
     *
     * @param calls at least one, to tools of the assistant
     */
    record ToolCalls(List<ToolCall> calls, long tokens) implements Answer {

        /** Look-ups without counted tokens. */
        public ToolCalls(List<ToolCall> calls) {
            this(calls, 0);
        }
    }

    /**
     * A hand-off to a person: the assistant answers nothing until the session is released.
     *
     * @param text a text for the end user; may be null
     */
    record HandOff(String text, long tokens) implements Answer {

        /** A hand-off without counted tokens. */
        public HandOff(String text) {
            this(text, 0);
        }
    }

    /** No usable answer: the tool calls are invalid after a correction too. The end user gets the limit answer. */
    record Unusable(long tokens) implements Answer {}

    /**
     * One call of a tool.
     *
     * @param arguments values of the tool's parameters
     * @param callId the engine's id of the call, which its result repeats; may be null
     */
    record ToolCall(String toolName, JsonObject arguments, String callId) {

        /** A call without an id: its engine recognizes the result by tool and arguments. */
        public ToolCall(String toolName, JsonObject arguments) {
            this(toolName, arguments, null);
        }
    }
}
