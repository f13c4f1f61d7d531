package dev.comuta.message.spoken;

import dev.comuta.message.MessageTasks;
import dev.comuta.message.content.Content;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.SessionRef;
import dev.comuta.task.Tasks;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Messages that are spoken in calls. What a caller says is a message of the end user. A reply of the assistant waits until
 * it is spoken: it is marked before its first word, and is never spoken a second time.
 */
@ApplicationScoped
public class SpokenMessages {

    private static final String HEAR = "select comuta_hear($1, $2, $3, $4, $5)";

    private static final String SPEAK = "select count(*) from comuta_speak(array[$1::bigint], array[$2::text])";

    private static final String AT_PLACE = """
            select MessageID, Content from Messages
            where ClientID = $1 and SessionID = $2 and SpokenPlace = $3
            order by OrderedAt, MessageID""";

    private static final String HEARD = """
            update Messages set Heard = $4
            where ClientID = $1 and SessionID = $2 and MessageID = $3 and SpokenPlace is not null""";

    private static final String FAIL = """
            with failed as (
                update Messages set Status = 'Falhou',
                    Delivery = coalesce(Delivery, '{}') || jsonb_build_object('Falhou', jsonb_build_object('errorDetails', $3::text))
                where ClientID = $1 and SessionID = $2 and Status = 'Pendente' and SenderType <> 'Usuário-Cliente'
                returning MessageID
            )
            select comuta_record_event($1, $2, 'MensagemFalhou', jsonb_build_object('MessageID', MessageID::text))
            from failed""";

    private final Tasks tasks;

    SpokenMessages(Tasks tasks) {
        this.tasks = tasks;
    }

    /** A text that is spoken. */
    public record Line(long messageId, String text) {}

    /**
     * Stores words of a caller, and requests the turn of the assistant. Replies that wait to be spoken are canceled; the
     * new turn answers what they answered. Words with the same id are stored once, and those in a closed session not.
     *
     * @param id unique in the session
     */
    public Uni<Void> hear(Tx tx, SessionRef session, String id, String words) {
        Content content = new Content.Text(words);
        return tx.find(
                        HEAR,
                        row -> row.getLong(0),
                        session.clientId(),
                        session.sessionId(),
                        id,
                        content.readableText(),
                        content.data())
                .chain(stored -> Unis.when(
                        stored != null,
                        () -> tasks.request(tx, MessageTasks.turn(session.clientId(), session.sessionId()))
                                .replaceWithVoid()));
    }

    /**
     * Marks the texts as spoken that wait in a session.
     *
     * @param place in the call; the same place always has the same texts, and those that wait
     */
    public Uni<List<Line>> speak(Tx tx, SessionRef session, String place) {
        return tx.sql(SPEAK, session.sessionId(), place)
                .chain(() ->
                        tx.list(AT_PLACE, SpokenMessages::line, session.clientId(), session.sessionId(), place));
    }

    private static Line line(Row row) {
        return new Line(row.getLong("messageid"), row.getString("content"));
    }

    /**
     * The caller interrupted a text.
     *
     * @param heard the part that was heard; empty for nothing
     */
    public Uni<Void> heard(Tx tx, SessionRef session, long messageId, String heard) {
        return tx.execute(HEARD, session.clientId(), session.sessionId(), messageId, heard)
                .replaceWithVoid();
    }

    /** The texts of a session that wait are spoken no more. */
    public Uni<Void> fail(Tx tx, SessionRef session, String cause) {
        return tx.sql(FAIL, session.clientId(), session.sessionId(), cause).replaceWithVoid();
    }
}
