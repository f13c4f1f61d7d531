package dev.comuta.message.transcription;

import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import jakarta.enterprise.context.ApplicationScoped;

/** Statements of the table TranscriptionSettings. */
@ApplicationScoped
class SettingsStore {

    private static final String FIND = "select * from TranscriptionSettings where ClientID = $1";
    private static final String LOCK = FIND + " for update";
    private static final String CREATE =
            "insert into TranscriptionSettings (ClientID) values ($1) on conflict do nothing";

    private static final String CHANGE = """
            update TranscriptionSettings
            set Enabled = $2, BaseUrl = $3, Model = $4, Language = $5, Hints = $6, FailureText = $7, Redaction = $8,
                MaxSeconds = $9, PricePerMinute = $10, Credentials = $11, Version = Version + 1,
                UpdatedAt = clock_timestamp()
            where ClientID = $1
            returning *""";

    private static final String IS_WANTED = """
            select 1 from TranscriptionSettings s
            join Messages m on m.ClientID = s.ClientID
            where s.ClientID = $1 and s.Enabled and m.MessageID = $2 and m.SenderType = 'Usuário-Cliente'""";

    /** The settings of a client; never null. */
    Uni<SpeechSettings> find(Tx tx, long clientId) {
        return tx.find(FIND, SpeechSettings::of, clientId).onItem().ifNull().continueWith(SpeechSettings.NONE);
    }

    /** The same, locked until the end of the transaction; the first change of a client creates them. */
    Uni<SpeechSettings> lock(Tx tx, long clientId) {
        return tx.execute(CREATE, clientId).chain(() -> tx.get(LOCK, SpeechSettings::of, "client", clientId));
    }

    Uni<SpeechSettings> change(Tx tx, long clientId, TranscriptionFields fields, String credentials) {
        return tx.get(
                CHANGE,
                SpeechSettings::of,
                "client",
                clientId,
                fields.enabled(),
                fields.baseUrl(),
                fields.model(),
                fields.language(),
                new JsonArray(fields.hints()),
                fields.failureText(),
                fields.redaction(),
                fields.maxSeconds(),
                fields.pricePerMinute(),
                credentials);
    }

    /** Whether the client wants a transcript of the audio of this message, which an end user sent. */
    Uni<Boolean> isWanted(Tx tx, long clientId, long messageId) {
        return tx.find(IS_WANTED, row -> true, clientId, messageId).map(Boolean.TRUE::equals);
    }
}
