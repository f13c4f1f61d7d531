package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.session.SessionListener;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** When a session is released, marks its unanswered messages, so that the assistant does not answer them. */
@ApplicationScoped
class AnsweredByPeople implements SessionListener {

    private final MessageStore messages;

    AnsweredByPeople(MessageStore messages) {
        this.messages = messages;
    }

    @Override
    public Uni<Void> released(Tx tx, SessionRef session) {
        return messages.markAnsweredByPeople(tx, session);
    }
}
