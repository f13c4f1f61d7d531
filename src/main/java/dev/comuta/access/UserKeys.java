package dev.comuta.access;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.secret.Secrets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Creates keys for users who signed in. Each request with such a key has the current role of the user. */
@ApplicationScoped
public class UserKeys {

    private static final Duration LIFETIME = Duration.ofHours(12);

    private static final String INSERT = """
            insert into ApiKeys (ClientID, UserID, Role, KeyName, KeyPrefix, KeyHash, CreatedAt, ExpiresAt)
            select $1, $2, null, $3, $4, $5, t.now, t.now + $6::double precision * interval '1 second'
            from clock_timestamp() t(now)
            returning ApiKeyID, CreatedAt, ExpiresAt""";

    private final Secrets secrets;

    UserKeys(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Creates a key that expires after twelve hours.
     *
     * @param name name of the key, shown to the client's administrators
     */
    public Uni<NewApiKey> issue(Tx tx, long clientId, long userId, String name) {
        KeyText key = KeyText.random(secrets::fingerprint);
        return tx.find(
                INSERT,
                row -> new NewApiKey(
                        row.getLong(0),
                        name,
                        key.prefix(),
                        key.text(),
                        userId,
                        null,
                        null,
                        row.getOffsetDateTime(1).toInstant(),
                        row.getOffsetDateTime(2).toInstant()),
                clientId,
                userId,
                name,
                key.prefix(),
                Buffer.buffer(secrets.fingerprint(key.text())),
                (double) LIFETIME.toSeconds());
    }
}
