package dev.comuta.assistant.turn;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** What an assistant makes of a turn. */
public sealed interface Answer {

    /** Tokens of a model that it took; 0 where nobody counts. */
    long tokens();

    /**
     * The end user is told this; all messages of the turn are answered.
     *
     * @param text never blank
     */
    record Reply(String text, long tokens) implements Answer {

        /** A reply that took no model. */
        public Reply(String text) {
            this(text, 0);
        }
    }

    /**
     * Look-ups are needed first; nothing is answered yet.
     *
     * @param calls at least one, to tools of the assistant
     */
    record ToolCalls(List<ToolCall> calls, long tokens) implements Answer {

        /** Look-ups that took no model. */
        public ToolCalls(List<ToolCall> calls) {
            this(calls, 0);
        }
    }

    /**
     * A person takes over: the assistant is silent from here on.
     *
     * @param text what the end user is told; may be null
     */
    record HandOff(String text, long tokens) implements Answer {

        /** A hand-off that took no model. */
        public HandOff(String text) {
            this(text, 0);
        }
    }

    /** The engine tried what the turn allows and has nothing that may be used: the turn ends as at a limit. */
    record GaveUp(long tokens) implements Answer {}

    /**
     * One look-up.
     *
     * @param arguments as the tool's JSON Schema has them
     * @param callId the engine's own name for the call, told back with its result; may be null
     */
    record ToolCall(String toolName, JsonObject arguments, String callId) {

        /** A call that its engine knows by tool and arguments. */
        public ToolCall(String toolName, JsonObject arguments) {
            this(toolName, arguments, null);
        }
    }
}
