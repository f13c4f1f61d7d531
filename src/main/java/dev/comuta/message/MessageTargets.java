package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.problem.Problem;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;

/** Finds the message of a session that a new message replies or reacts to. */
final class MessageTargets {

    private static final int MAX_DIGITS = 18;

    private static final String FIND = """
            select ProviderMessageID, 0 as No from Messages
            where SessionID = $1 and ClientID = $2 and (ProviderMessageID = $3 or MessageID = $4)
              and ProviderMessageID is not null
            union all
            select ProviderMessageID, No from MessageParts
            where SessionID = $1 and ClientID = $2 and (ProviderMessageID = $3 or MessageID = $4)
              and ProviderMessageID is not null
            order by No limit 1""";

    /**
     * The provider's id of a message.
     *
     * @param field the field of the request, for the problem
     * @param id our id of the message or the provider's; null for none
     * @return null for null; fails as invalid when the session has no such message, or the provider has no id for it yet
     */
    Uni<String> find(Tx tx, SessionRef session, String field, String id) {
        return id == null
                ? Uni.createFrom().nullItem()
                : tx.<String>find(FIND, row -> row.getString(0), session.sessionId(), session.clientId(), id, ours(id))
                        .onItem()
                        .ifNull()
                        .failWith(
                                () -> Problem.invalid(
                                        field,
                                        "names no message of the session that the provider knows; it is a messageId or a providerMessageId"));
    }

    private static Long ours(String id) {
        return id.length() <= MAX_DIGITS && id.matches("[0-9]+") ? Long.valueOf(id) : null;
    }
}
