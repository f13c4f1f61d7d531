package dev.comuta.session;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.vertx.sqlclient.Row;

/**
 * A session whose row this transaction has locked.
 *
 * @param endUserId null when the session has no end user
 * @param windowOpen whether WhatsApp accepts free texts to the end user
 * @param conversation whether it is a conversation with an end user, which can receive messages; false for a call
 */
public record LockedSession(
        long channelId, Long endUserId, boolean open, boolean handedOff, boolean windowOpen, boolean conversation) {

    static LockedSession of(Row row) {
        return new LockedSession(
                row.getLong("channelid"),
                row.getLong("enduserid"),
                row.getBoolean("open"),
                row.getBoolean("handedoff"),
                row.getBoolean("windowopen"),
                row.getBoolean("conversation"));
    }

    /** Fails with a conflict when the session is closed. */
    public LockedSession requireOpen() {
        return require(open, "the session is closed");
    }

    /** Fails with a conflict when the session is a call or has no end user. */
    public LockedSession requireConversation() {
        return require(conversation, "the session is not a conversation with an end user");
    }

    LockedSession requireHandedOff(boolean expected) {
        return require(
                handedOff == expected,
                expected ? "the session is not handed off" : "the session is already handed off");
    }

    private LockedSession require(boolean condition, String detail) {
        if (!condition) {
            throw Problem.of(ProblemType.CONFLICT, detail);
        }
        return this;
    }
}
