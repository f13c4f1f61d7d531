package dev.comuta.provider.livekit;

import dev.comuta.call.CallRef;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The room of a call of the company. Its name begins with the client, because one API key sees the rooms of all its users.
 */
final class CallRoom {

    private static final Pattern NAME = Pattern.compile("comuta-c([0-9]{1,18})-call-([0-9]{1,18})");

    private CallRoom() {}

    /** The name of the room. */
    static String of(CallRef call) {
        return "comuta-c" + call.clientId() + "-call-" + call.callId();
    }

    /** The identity of the telephone that is dialled first. */
    static String identity(CallRef call) {
        return Long.toString(call.callId());
    }

    /** {@return the call whose first telephone has this identity in this room, or null when it is none of ours} */
    static CallRef callOf(String room, String identity) {
        Matcher name = NAME.matcher(room);
        return name.matches() && name.group(2).equals(identity)
                ? new CallRef(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)))
                : null;
    }
}
