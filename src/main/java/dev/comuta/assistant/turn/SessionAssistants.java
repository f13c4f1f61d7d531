package dev.comuta.assistant.turn;

import dev.comuta.assistant.AssistantDirectory;
import dev.comuta.assistant.AssistantSetup;
import dev.comuta.platform.db.Tx;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds the assistants of sessions, for work that is no turn. */
@ApplicationScoped
public class SessionAssistants {

    private static final String ASSISTANT = "select * from comuta_session_assistant($1, $2, false)";

    private final AssistantDirectory assistants;

    SessionAssistants(AssistantDirectory assistants) {
        this.assistants = assistants;
    }

    /**
     * The assistant of a session.
     *
     * @param spent the use of models in the session
     */
    public record SessionAssistant(AssistantSetup setup, Spending spent) {}

    /** {@return the assistant of a session, else of its channel, or null when the client has none there} */
    public Uni<SessionAssistant> find(Tx tx, SessionRef session) {
        return tx.find(ASSISTANT, row -> row, session.sessionId(), session.clientId())
                .chain(row -> row == null || row.getLong("assistant_id") == null
                        ? Uni.createFrom().nullItem()
                        : find(tx, session, row));
    }

    private Uni<SessionAssistant> find(Tx tx, SessionRef session, Row row) {
        Spending spent =
                new Spending(row.getLong("spent_rounds"), row.getLong("spent_tokens"), row.getBigDecimal("spent_cost"));
        return assistants
                .find(tx, session.clientId(), row.getLong("assistant_id"), row.getString("stamp"))
                .map(setup -> setup == null ? null : new SessionAssistant(setup, spent));
    }
}
