package dev.comuta.media;

import dev.comuta.platform.db.Tx;
import dev.comuta.platform.privacy.RetentionConfig;
import dev.comuta.platform.privacy.RetentionRule;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes files that were uploaded and that no message uses. The room {@code message} removes the files of messages. */
@ApplicationScoped
class ExpiredUploads implements RetentionRule {

    private static final int AT_ONCE = 1000;

    private static final String REMOVE = """
            delete from MediaObjects where MediaID = any (array(
                select m.MediaID from comuta_retention_days('media', $1) d
                join MediaObjects m on m.ClientID = d.client_id and m.SessionID is null
                    and m.CreatedAt < now() - d.days * interval '1 day'
                    and not exists (select from SentFiles s where s.MediaID = m.MediaID)
                limit $2))""";

    private final RetentionConfig config;

    ExpiredUploads(RetentionConfig config) {
        this.config = config;
    }

    @Override
    public Uni<Boolean> removeExpired(Tx tx) {
        return tx.execute(REMOVE, config.mediaDays(), AT_ONCE).map(removed -> removed == AT_ONCE);
    }
}
