package dev.comuta.call.summary;

import dev.comuta.call.CallRef;
import dev.comuta.message.SenderType;
import dev.comuta.platform.db.Tx;
import io.smallrye.mutiny.Uni;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;

/** The messages of a call's session: what an assistant and the caller said, and messages on the voicemail. */
@ApplicationScoped
class SessionWords implements SpokenText {

    private static final String WORDS = "select sender_type, words, said_at from comuta_words($1, $2, $3)";

    /** Most messages of a call, which are the latest ones. */
    private static final int LATEST = 300;

    @Override
    public Uni<List<Said>> of(Tx tx, CallRef call, long sessionId) {
        return tx.list(WORDS, SessionWords::said, call.clientId(), sessionId, LATEST);
    }

    private static Said said(Row row) {
        return new Said(
                row.getOffsetDateTime("said_at").toInstant(), by(row.getString("sender_type")), row.getString("words"));
    }

    /** A sender that another system wrote is the company's. */
    private static SenderType by(String stored) {
        return Arrays.stream(SenderType.values())
                .filter(type -> type.stored().equals(stored))
                .findFirst()
                .orElse(SenderType.USER);
    }
}
