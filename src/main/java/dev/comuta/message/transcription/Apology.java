package dev.comuta.message.transcription;

import dev.comuta.media.MediaStore;
import dev.comuta.media.StoredMedia;
import dev.comuta.message.MessageStore;
import dev.comuta.message.OutboundMessages;
import dev.comuta.message.OutboundMessages.Draft;
import dev.comuta.message.SenderType;
import dev.comuta.message.content.Content;
import dev.comuta.platform.db.Tx;
import dev.comuta.platform.db.Unis;
import dev.comuta.session.SessionRef;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Answers a voice note that could not be transcribed with the sentence that the client configured. It answers no message
 * that was answered before, and none in a session that a person took over.
 */
@ApplicationScoped
class Apology {

    private final SettingsStore settings;
    private final MediaStore media;
    private final MessageStore messages;
    private final OutboundMessages outbound;

    Apology(SettingsStore settings, MediaStore media, MessageStore messages, OutboundMessages outbound) {
        this.settings = settings;
        this.media = media;
        this.messages = messages;
        this.outbound = outbound;
    }

    Uni<Void> write(Tx tx, SessionRef session, long mediaId, long taskId) {
        return settings.find(tx, session.clientId())
                .map(found -> found.enabled() ? found.fields().failureText() : null)
                .chain(text -> Unis.when(text != null, () -> media.find(tx, session.clientId(), mediaId)
                        .chain(file -> answer(tx, session, file, taskId, text))));
    }

    private Uni<Void> answer(Tx tx, SessionRef session, StoredMedia file, long taskId, String text) {
        boolean isOfSession = file != null
                && file.messageId() != null
                && Long.valueOf(session.sessionId()).equals(file.sessionId());
        return Unis.when(isOfSession, () -> messages.markAnswered(tx, session, List.of(file.messageId()), taskId)
                .chain(marked -> Unis.when(marked, () -> outbound.write(tx, draft(session, text, taskId))
                        .replaceWithVoid())));
    }

    private static Draft draft(SessionRef session, String text, long taskId) {
        return new Draft(session.clientId(), session.sessionId(), SenderType.ASSISTANT, new Content.Text(text), taskId);
    }
}
