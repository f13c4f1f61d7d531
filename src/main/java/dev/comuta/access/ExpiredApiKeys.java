package dev.comuta.access;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes API keys some time after they expired, for example those of sign-ins. */
@ApplicationScoped
class ExpiredApiKeys implements RetentionRule {

    private static final int BATCH = 10_000;
    private static final String REMOVE = """
            delete from ApiKeys where ApiKeyID = any (array(
                select ApiKeyID from ApiKeys where ExpiresAt < now() - make_interval(days => $1) limit $2))""";

    private final RetentionConfig config;

    ExpiredApiKeys(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, config.expiredKeyDays(), BATCH).map(removed -> removed == BATCH);
    }
}
