package dev.comuta.message.transcription;

import dev.comuta.media.speech.Speech;
import dev.comuta.media.speech.Speech.Segment;
import dev.comuta.message.content.AudioTranscript;
import dev.comuta.platform.db.Tx;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;

/** Statements of the table Transcripts. */
@ApplicationScoped
class TranscriptStore {

    private static final int MOST = 100;

    /** A message whose file was erased or removed meanwhile gets no transcript. */
    private static final String ADD = """
            insert into Transcripts (ClientID, SessionID, MessageID, TaskID, Text, RedactedText, Segments, Language,
                                     Seconds, Model, Cost, CreatedAt)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp()
            where exists (select from Messages m
                          where m.MessageID = $3 and m.ClientID = $1 and m.ContentData is not null)""";

    private static final String OF_MESSAGE = """
            select to_jsonb(t) from Transcripts t
            where t.MessageID = $1 and t.SessionID = $2 and t.ClientID = $3 order by t.TranscriptID desc limit $4""";

    private static final String NEWEST_WITHOUT = """
            select m.MessageID from Messages m
            where m.SessionID = $1 and m.ClientID = $2 and m.SenderType = 'Usuário-Cliente' and m.ContentType = 'Áudio'
              and not exists (select from Transcripts t where t.MessageID = m.MessageID and t.ClientID = m.ClientID)
            order by m.OrderedAt desc, m.MessageID desc limit 1""";

    private static final String CONTENT_TYPE =
            "select ContentType from Messages where MessageID = $1 and SessionID = $2 and ClientID = $3";

    /**
     * A transcript that is not stored yet.
     *
     * @param redacted null when the client wants no redaction
     * @param model null when no model was asked
     * @param cost null when not known, or nothing was paid
     */
    record Made(
            SessionRef session,
            long messageId,
            long taskId,
            Speech speech,
            String redacted,
            String model,
            BigDecimal cost) {}

    Uni<Void> add(Tx tx, Made made) {
        Speech speech = made.speech();
        return tx.execute(
                        ADD,
                        made.session().clientId(),
                        made.session().sessionId(),
                        made.messageId(),
                        made.taskId(),
                        speech.text(),
                        made.redacted(),
                        segments(speech),
                        speech.language(),
                        speech.seconds(),
                        made.model(),
                        made.cost())
                .replaceWithVoid();
    }

    private static JsonArray segments(Speech speech) {
        JsonArray segments = new JsonArray();
        for (Segment part : speech.segments()) {
            segments.add(new JsonObject()
                    .put("start", part.start())
                    .put("end", part.end())
                    .put("text", part.text())
                    .put("speaker", part.speaker()));
        }
        return segments;
    }

    /** The newest transcripts of a message, newest first. */
    Uni<List<AudioTranscript>> ofMessage(Tx tx, SessionRef session, long messageId) {
        return tx.list(
                OF_MESSAGE,
                row -> AudioTranscript.of(row.getJsonObject(0)),
                messageId,
                session.sessionId(),
                session.clientId(),
                MOST);
    }

    /** {@return the newest message of the end user with an audio file and no transcript, or null} */
    Uni<Long> newestWithout(Tx tx, SessionRef session) {
        return tx.find(NEWEST_WITHOUT, row -> row.getLong(0), session.sessionId(), session.clientId());
    }

    /** The content type of a message. Fails with a problem when the session has no such message. */
    Uni<String> contentType(Tx tx, SessionRef session, long messageId) {
        return tx.get(
                CONTENT_TYPE, row -> row.getString(0), "message", messageId, session.sessionId(), session.clientId());
    }
}
