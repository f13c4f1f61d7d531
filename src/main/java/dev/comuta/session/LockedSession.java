package dev.comuta.session;

import dev.comuta.platform.problem.Problem;
import dev.comuta.platform.problem.ProblemType;
import io.vertx.sqlclient.Row;

/**
 * A session whose row this transaction holds until its end.
 *
 * @param conversation whether an end user reads what is written there: a call has nobody to write to
 */
public record LockedSession(long channelId, boolean open, boolean handedOff, boolean conversation) {

    static LockedSession of(Row row) {
        return new LockedSession(
                row.getLong("channelid"),
                row.getBoolean("open"),
                row.getBoolean("handedoff"),
                row.getBoolean("conversation"));
    }

    /** Fails with a conflict when the session is closed. */
    public LockedSession requireOpen() {
        return require(open, "the session is closed");
    }

    /** Fails with a conflict when nobody would read a message of this session. */
    public LockedSession requireConversation() {
        return require(conversation, "the session is not a conversation with an end user");
    }

    LockedSession requireHandedOff(boolean wanted) {
        return require(
                handedOff == wanted, wanted ? "the session is not handed off" : "the session is already handed off");
    }

    private LockedSession require(boolean fits, String detail) {
        if (!fits) {
            throw Problem.of(ProblemType.CONFLICT, detail);
        }
        return this;
    }
}
