package dev.comuta.message;

import dev.comuta.platform.db.Tx;
import dev.comuta.session.SessionListener;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Marks what arrived during a hand-off as answered by people, so that the assistant does not answer it after the release. */
@ApplicationScoped
class DealtWithByPeople implements SessionListener {

    private final MessageStore messages;

    DealtWithByPeople(MessageStore messages) {
        this.messages = messages;
    }

    @Override
    public Uni<Void> released(Tx tx, SessionRef session) {
        return messages.markAnsweredByPeople(tx, session);
    }
}
