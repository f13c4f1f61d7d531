package dev.comuta.message;

import dev.comuta.media.MediaStore;
import dev.comuta.message.content.ContentType;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.platform.privacy.PersonalData;
import dev.comuta.session.SessionStore;
import dev.comuta.task.TasksOfSessions;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

/** The messages of an end user's sessions with their files, and parked messages that contain one of the end user's names. */
@ApplicationScoped
class MessagePersonalData implements PersonalData {

    private static final String EXPORT = """
            with mine as (select * from Messages m where m.ClientID = $1 and m.SessionID = any ($2))
            select jsonb_build_object(
                'messages', (
                    select coalesce(jsonb_agg(jsonb_build_object('messageId', m.MessageID, 'sessionId', m.SessionID,
                        'senderType', m.SenderType, 'contentType', m.ContentType, 'content', m.Content,
                        'contentData', m.ContentData,
                        'payload', m.Payload, 'context', m.Context, 'delivery', m.Delivery, 'timestamp', m.Timestamp, 'status', m.Status) order by m.MessageID), '[]')
                    from mine m),
                'media', (
                    select coalesce(jsonb_agg(jsonb_build_object('messageId', m.MessageID, 'contentType', m.ContentType,
                        'reference', coalesce(m.ContentData -> 'file', m.Payload)) order by m.MessageID), '[]')
                    from mine m
                    where m.ContentType = any ($3::text[]) and (m.ContentData is not null or m.Payload is not null)),
                'transcripts', (
                    select coalesce(jsonb_agg(jsonb_build_object('messageId', t.MessageID, 'text', t.Text,
                        'segments', t.Segments, 'language', t.Language, 'createdAt', t.CreatedAt)
                        order by t.TranscriptID), '[]')
                    from Transcripts t where t.ClientID = $1 and t.SessionID = any ($2)))""";

    /**
     * With the id 'apagado', a later status report neither finds the message nor restores the provider's id, which
     * contains the phone number. $3 contains the ids of the messages that an attempt may have sent.
     */
    private static final String ERASE = """
            with parts as (
                update MessageParts
                set ProviderMessageID = 'apagado', FailedProviderIDs = null, Delivery = null
                where ClientID = $1 and SessionID = any ($2)
            ), transcripts as (
                delete from Transcripts where ClientID = $1 and SessionID = any ($2)
            )
            update Messages m
            set Content = null, ContentData = null, Payload = null, Context = null, Delivery = null,
                FailedProviderIDs = null, Heard = null,
                ProviderMessageID = case when m.SenderType <> 'Usuário-Cliente' then 'apagado' end,
                Status = case when m.Status <> 'Pendente' then m.Status
                    when m.MessageID = any ($3) then 'Incerta'
                    when m.Status = 'Pendente' then 'Falhou' end
            where m.ClientID = $1 and m.SessionID = any ($2)""";

    private static final String ERASE_PARKED = "select comuta_forget_parked($1)";

    private final SessionStore sessions;
    private final TasksOfSessions tasks;
    private final MediaStore media;

    MessagePersonalData(SessionStore sessions, TasksOfSessions tasks, MediaStore media) {
        this.sessions = sessions;
        this.tasks = tasks;
        this.media = media;
    }

    @Override
    public Uni<JsonObject> export(Tx tx, Person person) {
        return sessions.ofEndUser(tx, person.clientId(), person.endUserId())
                .chain(ids -> tx.find(
                        EXPORT, row -> row.getJsonObject(0), person.clientId(), ids, ContentType.storedMedia()));
    }

    @Override
    public Uni<Long> erase(Tx tx, Person person, long after) {
        return sessions.lockOfEndUser(tx, person.clientId(), person.endUserId(), after)
                .call(portion -> erase(tx, person.clientId(), portion))
                .map(SessionStore::lastOf)
                .call(last -> Unis.when(last == null, () -> eraseParked(tx, person)));
    }

    private static Uni<Void> eraseParked(Tx tx, Person person) {
        return tx.execute(ERASE_PARKED, (Object) person.namesAsArray()).replaceWithVoid();
    }

    private Uni<Integer> erase(Tx tx, long clientId, Long[] ids) {
        return tasks.attemptedMessages(tx, clientId, ids, MessageTasks.SEND_MESSAGE)
                .chain(attempted -> tx.execute(ERASE, clientId, ids, attempted.toArray(Long[]::new)))
                .call(() -> media.removeOfSessions(tx, ids));
    }
}
