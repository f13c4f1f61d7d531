package dev.comuta.access;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.secret.Secrets;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/** Creates keys for users who signed in. Each request with such a key has the current role of the user. */
@ApplicationScoped
public class UserKeys {

    private static final Duration LIFETIME = Duration.ofHours(12);

    private static final String INSERT = """
            insert into ApiKeys (ClientID, UserID, Role, KeyName, KeyPrefix, KeyHash, CreatedAt, ExpiresAt)
            values ($1, $2, null, $3, $4, $5, $6, $7) returning ApiKeyID""";

    private final Secrets secrets;
    private final Clock clock;

    UserKeys(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Creates a key that expires after twelve hours.
     *
     * @param name name of the key, shown to the client's administrators
     */
    public Uni<NewApiKey> issue(Tx tx, long clientId, long userId, String name) {
        KeyText key = KeyText.random(secrets::fingerprint);
        Instant now = clock.instant();
        Instant expiry = now.plus(LIFETIME);
        return tx.find(
                        INSERT,
                        row -> row.getLong(0),
                        clientId,
                        userId,
                        name,
                        key.prefix(),
                        Buffer.buffer(secrets.fingerprint(key.text())),
                        now.atOffset(ZoneOffset.UTC),
                        expiry.atOffset(ZoneOffset.UTC))
                .map(id -> new NewApiKey(id, name, key.prefix(), key.text(), userId, null, null, now, expiry));
    }
}
