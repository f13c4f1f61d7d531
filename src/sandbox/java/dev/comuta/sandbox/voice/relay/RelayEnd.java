package dev.comuta.sandbox.voice.relay;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a session ended.
 *
 * @param status ended by the server, completed by the caller, or failed
 * @param handoffData of the server; null for none
 * @param code Twilio's error; 0 for none
 * @param message of the error
 */
public record RelayEnd(String status, String handoffData, int code, String message) {

    /** The server refused the socket, or was not reached. */
    public static final int UNREACHABLE = 64_102;

    /** The socket closed before the server sent {@code end}. */
    public static final int DROPPED = 64_105;

    static final int WRONG_ATTRIBUTE = 64_101;
    static final int WRONG_COMBINATION = 64_106;
    static final int WRONG_FRAME = 64_107;

    /** The caller hung up. */
    public static RelayEnd completed() {
        return new RelayEnd("completed", null, 0, "");
    }

    static RelayEnd ended(String handoffData) {
        return new RelayEnd("ended", handoffData, 0, "");
    }

    /** The session failed with an error. */
    public static RelayEnd failed(int code, String message) {
        return new RelayEnd("failed", null, code, message);
    }

    /** The fields of the request to the action that are about the session. */
    public Map<String, String> fields(String sessionId, long seconds) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("SessionId", sessionId);
        fields.put("SessionStatus", status);
        fields.put("SessionDuration", Long.toString(seconds));
        if (handoffData != null) {
            fields.put("HandoffData", handoffData);
        }
        if (code != 0) {
            fields.put("ErrorCode", Integer.toString(code));
            fields.put("ErrorMessage", message);
        }
        return fields;
    }
}
